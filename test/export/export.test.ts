/** A request as the input of other tools: the same bytes come out of it. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { Script } from 'node:vm';
import { expect, test } from 'vitest';
import { exportRequest } from '../../src/export/index.ts';
import { temporaryFolder } from '../support/cli.ts';
import { startServer } from '../support/server.ts';

const body = `<xml><attach><![CDATA[it's "50%" $HOME \\n 支付 \`x\` !]]></attach></xml>`;
const request = (url: string) => ({
  method: 'POST',
  url,
  headers: [['Content-Type', 'text/xml'] as const, ['User-Agent', 'Mozilla/4.0'] as const],
  body: Buffer.from(body),
  version: 'v2' as const,
  expects: 'acknowledged' as const,
});
const text = (format: string, url = 'http://127.0.0.1:1/n'): string => {
  const exported = exportRequest(format, request(url));
  if (!exported.ok) throw new Error(exported.message);
  return exported.text;
};

test('curl, run by a shell', async (context) => {
  const run = promisify(execFile);
  const there = await run('curl', ['--version']).then(
    () => true,
    () => false,
  );
  if (!there) context.skip();
  const { url, received } = await startServer();
  await run('sh', ['-c', text('curl', url)]);
  expect(received).toMatchObject([{ method: 'POST', headers: { 'content-type': 'text/xml' } }]);
  expect(received[0]?.body.toString()).toBe(body);
});

test('Hurl', () => {
  const lines = text('hurl').split('\n');
  expect(lines.slice(0, 3)).toEqual([
    'POST http://127.0.0.1:1/n',
    'Content-Type: text/xml',
    'User-Agent: Mozilla/4.0',
  ]);
  const [, base64 = ''] = /^base64,(.*);$/.exec(lines[3] ?? '') ?? [];
  expect(Buffer.from(base64, 'base64').toString()).toBe(body);
  expect(lines.slice(5, 7)).toEqual(['HTTP 200', '[Asserts]']);
});

test('HTTP file', () => {
  expect(text('http')).toBe(
    `### WeChat Pay notification\nPOST http://127.0.0.1:1/n\nContent-Type: text/xml\nUser-Agent: Mozilla/4.0\n\n${body}\n`,
  );
});

test('Postman', () => {
  const collection = JSON.parse(text('postman')) as { item: { request: { body: { raw: string } } }[] };
  expect(collection.item[0]?.request.body.raw).toBe(body);
});

test('k6', () => {
  const script = text('k6');
  expect(
    () => new Script(script.replace(/^import .*$/gm, '').replace('export default function', 'function run')),
  ).not.toThrow();
  expect(script).toContain(JSON.stringify(body));
});

test.each(['culr', 'constructor', ''])('%s is no format', (format) => {
  expect(exportRequest(format, request('http://127.0.0.1:1/'))).toMatchObject({
    ok: false,
    fix: 'Known: curl, hurl, http, postman, k6.',
  });
});

const binary = Buffer.concat([Buffer.from([0xff, 0xfe, 0x00, 0x27]), Buffer.from('余额', 'utf16le')]);

test.each([
  { what: 'no text', body: binary },
  { what: 'longer than a word of a command', body: Buffer.from(`'${'a'.repeat(200_000)}'`) },
  { what: 'a byte order mark at the front', body: Buffer.from('\uFEFF<xml/>') },
])('curl and Hurl carry what is $what', async ({ body: bytes }) => {
  const { url, received } = await startServer();
  const exported = ['curl', 'hurl'].map((format) => exportRequest(format, { ...request(url), body: bytes }));
  const [curl = '', hurl = ''] = exported.map((one) => (one.ok ? one.text : one.message));
  const folder = temporaryFolder({ 'send.sh': curl });
  await promisify(execFile)('sh', [path.join(folder, 'send.sh')]);
  expect(received[0]?.body.equals(bytes)).toBe(true);
  expect(hurl).toContain(`base64,${bytes.toString('base64')};`);
});

test.each(['http', 'postman', 'k6'])('%s says that it cannot carry what is no text', (format) => {
  const exported = exportRequest(format, { ...request('http://127.0.0.1:1/n'), body: binary });
  expect(exported).toMatchObject({ ok: false, message: expect.stringContaining('no text') as string });
});

test.each(['curl', 'hurl', 'http', 'postman', 'k6'])('%s says that it cannot send in drips', (format) => {
  const exported = exportRequest(format, { ...request('http://127.0.0.1:1/n'), transfer: 'slow' });
  expect(exported).toMatchObject({ ok: false, message: expect.stringContaining('transfer: slow') as string });
});
