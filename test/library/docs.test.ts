/** The examples of docs/library.md, run as they stand there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../support/cli.ts';
import { createProject, installFrameworks, runNode, runTests } from './project.ts';

const text = readFileSync(path.join(root, 'docs/library.md'), 'utf8');
const blocks = Array.from(text.matchAll(/^```(?:js|ts|yaml)\n([\s\S]*?)^```$/gm), ([, block = '']) => block);
/** A block whose first line is a file's name is that file. */
const files = Object.fromEntries(
  blocks.flatMap((block) => {
    const name = /^(?:\/\/|#) (\S+\.\w+)\n/.exec(block)?.[1];
    return name === undefined ? [] : [[name, block]];
  }),
);
const tests = Object.keys(files).filter((name) => name.includes('.test.'));

const tsc = path.join(root, 'node_modules/typescript/bin/tsc');

beforeAll(() => installFrameworks(), 300_000);

/** The handlers, as they would be if they verified nothing. */
const gullible = Object.fromEntries(
  ['notify.cjs', 'notify-v3.cjs'].map((name) => {
    const handler = files[name] ?? '';
    const believing = handler.replace(/const ok = isAuthentic\(.*\);/, 'const ok = true;');
    if (believing === handler) throw new Error(`${name} verifies nothing`);
    return [name, believing];
  }),
);

/** The rows of the table of applications, as one typed program. */
const TYPED = `
import type { FastifyInstance } from 'fastify';
import type { Hono } from 'hono';
import type { RequestListener } from 'node:http';
import inject from 'light-my-request';
import { buildNotification, run, type Deliver, type MerchantOptions } from 'wxnotify';

export async function all(merchant: MerchantOptions, app: {
  fastify: FastifyInstance; hono: Hono; listener: RequestListener;
}) {
  const delivers: Deliver[] = [
    (request) => app.fastify.inject(request),
    (request) => inject(app.listener, request),
    (request) => app.hono.request(request.url, request),
    async ({ method, url, headers, body }) => ({ status: 200, headers, body: [method, url, body].join() }),
    (request) => fetch(request.url, request),
  ];
  const notification = buildNotification('v2/payment', { merchant });
  await app.fastify.inject({ url: '/notify', ...notification });
  await inject(app.listener, { url: '/notify', ...notification });
  await app.hono.request('/notify', notification);
  await fetch('http://127.0.0.1/notify', notification);
  const { method, headers, body } = buildNotification('v3/refund', {
    merchant: { ...merchant, platform: 'demo' },
    tamper: { signature: 'probe' },
  });
  await fetch('http://127.0.0.1/notify', { method, headers, body });
  for (const deliver of delivers) await run({ scenarios: 'payment/paid', merchant, deliver });
}
`;

describe('docs/library.md', () => {
  test('has every framework and every runner that it is to have', () => {
    const frameworks = tests.map((name) => name.split('.')[0]);
    const wanted = ['fastify', 'express', 'koa', 'hono', 'nest', 'fastify-v3', 'express-v3'];
    expect(frameworks).toEqual(expect.arrayContaining(wanted));
    for (const runner of [`from 'vitest'`, `from 'node:test'`, `require('wxnotify')`]) {
      expect(tests.some((name) => files[name]?.includes(runner))).toBe(true);
    }
  });

  test.each(tests)('%s passes', async (name) => {
    const { status, output } = await runTests(createProject(files), name);
    expect(status, output).toBe(0);
  });

  test.each(tests)('%s fails with a handler that believes everything', async (name) => {
    const { status, output } = await runTests(createProject({ ...files, ...gullible }), name);
    expect(status).not.toBe(0);
    expect(output).toContain('a forgery is refused');
  });

  test('what it calls fits the types of the frameworks', async () => {
    const strict = [
      '--strict',
      '--exactOptionalPropertyTypes',
      '--module',
      'nodenext',
      '--types',
      'node',
      '--skipLibCheck',
    ];
    const args = [tsc, '--noEmit', '--ignoreConfig', '--target', 'es2023', ...strict, 'typed.mts'];
    const project = createProject({ 'typed.mts': TYPED });
    expect(await runNode(project, args)).toEqual({ status: 0, output: '' });
  });

  test.each(blocks.filter((block) => !/^(\/\/|#) /.test(block)))(
    'what is no file runs: %#',
    async (block) => {
      expect(await runNode(createProject({ 'block.mjs': block }), ['block.mjs'])).toEqual({
        status: 0,
        output: '',
      });
    },
  );
});
