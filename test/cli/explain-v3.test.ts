/** `wxnotify explain` for API v3, as a user runs it: what was done on the way is named, with the public key alone. */
import { describe, expect, test } from 'vitest';
import { temporaryFolder, wxnotify } from '../support/cli.ts';
import { BODY, headersOf, messageOf, platform, signed, V3_KEY } from '../support/mis-sign-v3.ts';

const request = (body: string): string =>
  ['POST /notify HTTP/1.1', ...headersOf(signed(messageOf())).map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n'); // prettier-ignore
const publicPem = platform.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const env = { WXNOTIFY_API_V3_KEY: V3_KEY };

async function explained(
  body: string,
  args: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
) {
  const cwd = temporaryFolder({ 'c.http': request(body), 'pub_key.pem': publicPem, ...files });
  return wxnotify(['explain', 'c.http', '--platform-key', 'pub_key.pem', ...args], { cwd, env });
}

describe('with the public key alone', () => {
  test.each<[string, string, readonly string[], number]>([
    ['It verifies.', BODY, [], 0],
    ['with blanks behind , and :', BODY.replaceAll('":', '": '), [], 1],
    ['It came later than five minutes after it was signed', BODY, ['--at', '2026-01-01T12:10:00+08:00'], 1],
    ['A header is there more than once', BODY, ['--header', 'Wechatpay-Nonce: a', '--header', 'wechatpay-nonce: b'], 1],
    ['Your code puts the right message together.', BODY, ['--message', 'right.txt'], 0],
    ['The line feed at the end of the message was missing', BODY, ['--message', 'short.txt'], 1],
  ])('%s', async (says, body, args, status) => {
    const files = { 'right.txt': messageOf().toString(), 'short.txt': messageOf().toString().slice(0, -1) };
    const result = await explained(body, args, files);
    expect(result.stdout).toContain(says);
    expect(result.status).toBe(status);
    expect(result.stdout + result.stderr).not.toContain(V3_KEY);
  }); // prettier-ignore
});

test('without the platform’s key: that the signature was not checked', async () => {
  const cwd = temporaryFolder({ 'c.http': request(BODY) });
  const { status, stdout } = await wxnotify(['explain', 'c.http'], { cwd, env });
  expect(status).toBe(1);
  expect(stdout).toContain('Not everything was checked.');
  expect(stdout).toContain('--platform-key FILE');
});

test('the platform’s key is no key: status 2, and what it should be', async () => {
  const cwd = temporaryFolder({ 'c.http': request(BODY), 'no.pem': 'no' });
  const { status, stderr } = await wxnotify(['explain', 'c.http', '--platform-key', 'no.pem'], { cwd, env });
  expect(status).toBe(2);
  expect(stderr).toContain('BEGIN PUBLIC KEY');
});
