/** Golden cases of what is built: the bytes of a seed, or everything that is said against building. */
import { createPublicKey } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { trustOf } from '../../src/index.ts';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { root, wxnotify } from '../support/cli.ts';
import { openResource, refusal } from '../support/v3-verifier.ts';

const cwd = path.join(root, 'test/cases/built');
const names = readdirSync(cwd)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => path.parse(name).name);

const TARGET = 'http://127.0.0.1:8080/notify';

const build = async (name: string, ...more: readonly string[]) =>
  wxnotify(['build', `./${name}.yaml`, '--profile', 'demo', '--seed', '42', '--target', TARGET, ...more], {
    cwd,
  });

test.each(names)('%s', async (name) => {
  const { status, stdout, stderr } = await build(name, '--format', 'http');
  const said = stderr === '' ? '' : `${stdout === '' ? '' : '\n\n'}${stderr}`;
  await expect(`exit ${status}\n\n${stdout}${said}`).toMatchFileSnapshot(path.join(cwd, `${name}.out`));
});

test('no expectation is left without its case', () => {
  const outs = readdirSync(cwd).filter((name) => name.endsWith('.out'));
  expect(outs.map((name) => path.parse(name).name).sort()).toEqual([...names].sort());
});

/** What the golden bytes are worth: another implementation takes them, and refuses the damaged ones. */
describe('the bytes', () => {
  const { serial, public_key } = trustOf('demo');
  const apiV3Key = demoCredentials.api_v3_key.reveal();
  const trust = { serial, publicKey: createPublicKey(public_key), apiV3Key };

  test.each([
    ['v3-transaction', undefined],
    ['v3-combined', undefined],
    ['v3-refund-abnormal', undefined],
    ['v3-event-without-a-state', undefined],
    ['v3-changed-after-signing', 'signature'],
    ['v3-written-again', 'signature'],
    ['v3-headers-twice', 'serial'],
    ['v3-signed-damage', 'timestamp'],
  ])('of %s: %s', async (name, expected) => {
    const { request } = JSON.parse((await build(name, '--json')).stdout) as {
      request: { headers: Record<string, string | string[]>; body: string };
    };
    const lower = Object.entries(request.headers).map(([key, value]) => [key.toLowerCase(), value] as const);
    const received = { headers: Object.fromEntries(lower), body: Buffer.from(request.body) };
    const reason = refusal(received as Parameters<typeof refusal>[0], trust, Date.UTC(2026, 0, 1, 4));
    expect(reason?.split(' ')[0]).toBe(expected);
    if (expected === undefined) expect(openResource(received.body, apiV3Key)).toBeTypeOf('object');
  });
});
