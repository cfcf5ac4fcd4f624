/** `wxnotify explain`, as a user runs it: captures of every form, exit statuses, and no key in any output. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, start, temporaryFolder, wxnotify, type CliResult } from '../support/cli.ts';
import { encrypted, hmac, md5, messageOf, MIXED_KEY as KEY, partsOf, PAYMENT, PAYMENT_TEXT, refundOf } from '../support/mis-sign.ts'; // prettier-ignore
import { startServer } from '../support/server.ts';

const V3_KEY = 'V3keyV3keyV3keyV3keyV3keyV3keyV3';
const STAGING_KEY = 'StagingKeyStagingKeyStagingKey01';
const onlyKey = { WXNOTIFY_API_KEY: KEY };
const SIGN = md5(`${PAYMENT_TEXT}&key=${KEY}`);
const GOOD = messageOf(PAYMENT, SIGN);
const BAD = messageOf(PAYMENT, md5(`${PAYMENT_TEXT}&key=${KEY.toUpperCase()}`));

interface Document {
  readonly schema: string;
  readonly command: string;
  readonly exit: number;
  readonly ok: boolean;
  readonly form: string;
  readonly notes: readonly string[];
  readonly kind: string;
  readonly own: boolean;
  readonly received: string | null;
  readonly string_to_sign: string | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly diagnoses: readonly (readonly { readonly code: string; readonly detail: string }[])[];
}

interface Run {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

/** Explains a capture from a file, with nothing but the key. */
async function explained(capture: string | Uint8Array, { env = onlyKey, args = [] }: Run = {}) {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, 'captured.txt'), capture);
  const result = await wxnotify(['explain', 'captured.txt', '--json', ...args], { env, cwd });
  if (result.stdout === '') throw new Error(`status ${result.status}: ${result.stderr}`);
  return { ...result, document: JSON.parse(result.stdout) as Document };
}

const codesOf = ({ diagnoses }: Document): readonly string[] => (diagnoses[0] ?? []).map(({ code }) => code);

describe('a capture', () => {
  const request = (body: string, ...headers: string[]): string =>
    ['POST /notify HTTP/1.1', 'Host: shop.example', 'Content-Type: text/xml', ...headers, '', body].join(
      '\r\n',
    );
  const chunked = (body: string): string =>
    `${body.slice(0, 64).length.toString(16)}\r\n${body.slice(0, 64)}\r\n${body.slice(64).length.toString(16)}\r\n${body.slice(64)}\r\n0\r\n\r\n`;
  const har = (body: string): string =>
    JSON.stringify({ log: { entries: [{ request: { method: 'POST', url: 'https://x/', headers: [], postData: { text: body } } }] } }); // prettier-ignore
  const html = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  const forms: readonly [title: string, form: string, write: (body: string) => string][] = [
    ['XML', 'xml', (body) => body],
    ['a request with CRLF', 'http', request],
    ['a request with LF', 'http', (body) => request(body).replaceAll('\r\n', '\n')],
    ['a request in chunks', 'http', (body) => request(chunked(body), 'Transfer-Encoding: chunked')],
    ['a HAR file', 'har', har],
    ['a log line', 'text', (body) => `03:04:05 INFO body=${body}`],
    ['a log line, escaped as in JSON', 'text', (body) => `INFO {"body":${JSON.stringify(body)}}`],
    ['a log line, escaped as in HTML', 'text', (body) => `INFO ${html(body)}`],
    ['a log line, URL-encoded', 'text', (body) => `INFO ${encodeURIComponent(body)}`],
    ['a curl command', 'text', (body) => `curl http://x/ -d '${body}'`],
  ];

  test.each(forms)('%s: it verifies', async (_, form, write) => {
    const { status, document, stderr } = await explained(write(GOOD));
    expect(stderr).toBe('');
    expect(document).toMatchObject({ ok: true, exit: 0, form, kind: 'v2/payment', diagnoses: [] });
    expect(status).toBe(0);
  });

  test.each(forms)('%s: the mistake is found', async (_, form, write) => {
    const { status, document } = await explained(write(BAD));
    expect(document).toMatchObject({ ok: false, exit: 1, form });
    expect(codesOf(document)).toEqual(['key-case']);
    expect(status).toBe(1);
  });

  test('from standard input', async () => {
    const good = await wxnotify(['explain', '-'], { env: onlyKey, stdin: GOOD });
    expect(good).toMatchObject({ status: 0, stderr: '' });
    expect(good.stdout).toContain('It verifies.');
    const bad = await wxnotify(['explain', '-'], { env: onlyKey, stdin: `${BAD}\n` });
    expect(bad.status).toBe(1);
    expect(bad.stdout).toContain('The key was in another case: upper case');
  });

  test('GBK', async () => {
    const fields = { ...PAYMENT, attach: '余额' };
    const inGbk = (text: string): Buffer => {
      const [before = '', after = ''] = text.split('余额');
      return Buffer.concat([Buffer.from(before), Buffer.from('d3e0b6ee', 'hex'), Buffer.from(after)]);
    };
    const text = `${partsOf(fields).join('&')}&key=${KEY}`;
    const { document, status } = await explained(inGbk(messageOf(fields, md5(inGbk(text)))));
    expect(status).toBe(1);
    expect(document.fields).toMatchObject({ attach: '余额' });
    expect(document.notes.join('')).toContain('read as gbk');
    expect(document.diagnoses[0]).toMatchObject([{ code: 'charset', detail: 'GBK' }]);
  });

  test.each(['curl', 'http', 'hurl', 'postman', 'k6'])('what build --format %s printed', async (format) => {
    const args = ['build', 'paid', '--format', format, '--set', `attach=it's "a" & 余额`];
    const built = await wxnotify(args, { env: { ...merchantEnv, ...onlyKey } });
    expect(built.status).toBe(0);
    const { document } = await explained(built.stdout, { env: { ...merchantEnv, ...onlyKey } });
    expect(document).toMatchObject({ ok: true, fields: { attach: `it's "a" & 余额` } });
  });

  test('what build --json printed: for every kind of scenario', async () => {
    const env = { ...merchantEnv, ...onlyKey };
    const listed = await wxnotify(['list', '--json'], { env });
    const { scenarios } = JSON.parse(listed.stdout) as { scenarios: readonly { name: string }[] };
    const names = ['paid', 'refund/success', 'forged-signature', 'tampered-amount'];
    expect(scenarios.length).toBeGreaterThan(names.length);
    const found = await Promise.all(
      names.map(async (name) => {
        const built = await wxnotify(['build', name, '--json'], { env });
        const { document } = await explained(built.stdout, { env });
        return [name, document.ok, document.form, ...codesOf(document)];
      }),
    );
    expect(found.map(([name, ok, form]) => [name, ok, form])).toEqual([
      ['paid', true, 'json'],
      ['refund/success', true, 'json'],
      ['forged-signature', false, 'json'],
      ['tampered-amount', false, 'json'],
    ]);
    expect(found.at(-1)?.[3]).toBe('field-changed');
  });

  test('what send --json printed', async () => {
    const { url } = await startServer();
    const env = { ...merchantEnv, ...onlyKey };
    const sent = await wxnotify(['send', 'paid', '--target', url, '--json'], { env });
    const { document, status } = await explained(sent.stdout, { env });
    expect(status).toBe(0);
    expect(document).toMatchObject({ ok: true, form: 'json', kind: 'v2/payment' });
  });

  test('a refund', async () => {
    const key = Buffer.from(md5(KEY));
    const { document, status } = await explained(refundOf(encrypted({ key }).toString('base64')));
    expect(status).toBe(1);
    expect(document).toMatchObject({ kind: 'v2/refund', string_to_sign: null, received: null });
    expect(codesOf(document)).toEqual(['hash-upper-case']);
    expect(document.fields).toMatchObject({ refund_fee: '3960' });
  });
});

describe('exit status 2', () => {
  const failed = async (
    args: readonly string[],
    files: Readonly<Record<string, string>>,
    env: object = onlyKey,
  ) => wxnotify(['explain', ...args], { cwd: temporaryFolder(files), env: { ...env } });

  test.each<{ title: string; capture: string; says: string }>([
    { title: 'an empty file', capture: '', says: 'the capture is empty' },
    { title: 'a page', capture: '<!DOCTYPE html><html><body>502</body></html>', says: 'no notification' },
    {
      title: 'v3',
      capture: '{"id":"1","resource":{"ciphertext":"AA=="}}',
      says: 'neither the platform’s nor',
    },
    { title: 'half a message', capture: GOOD.slice(0, 300), says: 'cannot be read' },
    { title: 'a document type', capture: `<!DOCTYPE xml [<!ENTITY a "b">]>${GOOD}`, says: 'DOCTYPE' },
  ])('$title', async ({ capture, says }) => {
    const { status, stdout, stderr } = await failed(['f'], { f: capture });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(says);
    const piped = await wxnotify(['explain', '-'], { env: onlyKey, stdin: capture });
    expect(piped.status).toBe(2);
  });

  test.each([
    { title: 'no such file', args: ['nowhere.xml'] },
    { title: 'a folder', args: ['.'] },
    { title: 'no file named', args: [] },
  ])('$title', async ({ args }) => {
    const { status, stdout, stderr } = await failed(args, {});
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).not.toContain('    at ');
  });

  test('no key', async () => {
    const { status, stderr } = await failed(['f'], { f: GOOD }, {});
    expect(status).toBe(2);
    expect(stderr).toContain('without the API key');
    expect(stderr).toContain('WXNOTIFY_API_KEY');
  });

  test('with --json, the problem is a document', async () => {
    const { status, stdout } = await failed(['nowhere.xml', '--json'], {});
    expect(status).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'wxnotify/1', exit: 2 });
  });
});

describe('whose message it is', () => {
  test('only the key is needed', async () => {
    const { document } = await explained(GOOD);
    expect(document.ok).toBe(true);
  });

  test('another merchant’s is refused, although the signature is right', async () => {
    const env = { ...onlyKey, WXNOTIFY_MCH_ID: '1900000000', WXNOTIFY_APPID: merchant.appid };
    const { document, status } = await explained(GOOD, { env });
    expect(status).toBe(1);
    expect(document).toMatchObject({ ok: false, diagnoses: [] });
    const { stdout } = await wxnotify(['explain', '-'], { env, stdin: GOOD });
    expect(stdout).toContain('mch_id=10000100, and ours is 1900000000');
    expect(stdout).not.toContain('another key');
  });
});

describe('--computed', () => {
  test('the right one', async () => {
    const { stdout, status } = await wxnotify(['explain', '-', '--computed', SIGN], {
      env: onlyKey,
      stdin: BAD,
    });
    expect(status).toBe(0);
    expect(stdout).toContain('Your code computes the right signature.');
    expect(stdout).toContain('your code');
  });

  test('a wrong one, for an authentic message', async () => {
    const { document, status } = await explained(GOOD, { args: ['--computed', md5(PAYMENT_TEXT)] });
    expect(status).toBe(1);
    expect(document).toMatchObject({ ok: false, own: true, received: md5(PAYMENT_TEXT) });
    expect(codesOf(document)).toEqual(['key-missing']);
  });

  test('the right one of the other algorithm is a wrong one', async () => {
    const strong = messageOf(PAYMENT, hmac(`${PAYMENT_TEXT}&key=${KEY}`));
    const { document, status } = await explained(strong, { args: ['--computed', SIGN] });
    expect(status).toBe(1);
    expect(codesOf(document)).toEqual(['other-algorithm']);
  });

  test('one that nothing explains', async () => {
    const { stdout, status } = await wxnotify(['explain', '-', '--computed', 'F'.repeat(32)], { env: onlyKey, stdin: GOOD }); // prettier-ignore
    expect(status).toBe(1);
    expect(stdout).toContain('None of the known mistakes explains it.');
  });
});

test('the document', async () => {
  const { document } = await explained(BAD);
  expect(Object.keys(document).sort()).toEqual([
    'checks',
    'command',
    'diagnoses',
    'exit',
    'fields',
    'form',
    'kind',
    'notes',
    'ok',
    'own',
    'received',
    'schema',
    'signatures',
    'string_to_sign',
  ]);
  expect(document).toMatchObject({
    schema: 'wxnotify/1',
    command: 'explain',
    string_to_sign: `${PAYMENT_TEXT}&key=********`,
    signatures: [
      { type: 'MD5', computed: SIGN, matches: false },
      { type: 'HMAC-SHA256', computed: hmac(`${PAYMENT_TEXT}&key=${KEY}`), matches: false },
    ],
    diagnoses: [[{ code: 'key-case', title: expect.any(String) as string, fix: expect.any(String) as string, detail: 'upper case' }]], // prettier-ignore
  });
});

describe('no key is ever shown', () => {
  const config = `profiles:
  one: { api_key: '\${env.ONE_KEY}', api_v3_key: '\${env.V3_KEY}' }
  staging: { api_key: '\${env.STAGING_KEY}' }
`;
  const keys = { ONE_KEY: KEY, STAGING_KEY, V3_KEY };
  const signed = (key: string): string => messageOf(PAYMENT, md5(`${PAYMENT_TEXT}&key=${key}`));
  const aesKey = (key: string): Buffer => Buffer.from(md5(key).toLowerCase());

  const shown = ({ stdout, stderr }: CliResult): string => (stdout + stderr).toLowerCase();

  test.each<{ title: string; capture: string; codes: readonly string[] }>([
    { title: 'the right one', capture: signed(KEY), codes: [] },
    { title: 'upper case', capture: signed(KEY.toUpperCase()), codes: ['key-case'] },
    { title: 'lower case', capture: signed(KEY.toLowerCase()), codes: ['key-case'] },
    { title: 'a line feed', capture: signed(`${KEY}\n`), codes: ['key-space'] },
    { title: 'quotes', capture: signed(`"${KEY}"`), codes: ['key-quoted'] },
    { title: 'hashed', capture: signed(md5(KEY)), codes: ['key-hashed'] },
    { title: 'v3', capture: signed(V3_KEY), codes: ['v3-key'] },
    { title: 'another profile’s', capture: signed(STAGING_KEY), codes: ['other-key'] },
    {
      title: 'in the message itself',
      capture: messageOf({ ...PAYMENT, attach: `key=${KEY}&${STAGING_KEY}` }, 'X'),
      codes: [],
    },
    { title: 'as the signature', capture: messageOf(PAYMENT, KEY), codes: [] },
    { title: 'an unreadable capture', capture: `<xml><${KEY}>1</xml>`, codes: [] },
    { title: 'a refund, another profile’s', capture: refundOf(encrypted({ key: aesKey(STAGING_KEY) }).toString('base64')), codes: ['other-key'] }, // prettier-ignore
    { title: 'a refund, not hashed', capture: refundOf(encrypted({ key: KEY }).toString('base64')), codes: ['key-not-hashed'] }, // prettier-ignore
    {
      title: 'a refund with the key in it',
      capture: refundOf(
        encrypted({ plaintext: `<root><a>${KEY}</a><b>${V3_KEY}</b></root>` }).toString('base64'),
      ),
      codes: [],
    },
  ])('$title', async ({ capture, codes }) => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': config, 'c.xml': capture });
    for (const form of [[], ['--json'], ['--verbose'], ['--computed', KEY]]) {
      const result = await wxnotify(['explain', 'c.xml', '--profile', 'one', ...form], { cwd, env: keys });
      for (const key of Object.values(keys)) expect(shown(result)).not.toContain(key.toLowerCase());
      expect(shown(result)).not.toContain(md5(KEY).toLowerCase());
      expect(result.stderr).not.toContain('    at ');
      if (form[0] === '--json' && result.status !== 2)
        expect(codesOf(JSON.parse(result.stdout) as Document)).toEqual(codes);
    }
  });

  test('a key with white space: in the environment, and in a file', async () => {
    for (const key of [`${KEY} `, `"${KEY}"`, ` ${KEY}`]) {
      const result = await wxnotify(['explain', '-'], { env: { WXNOTIFY_API_KEY: key }, stdin: signed(KEY) });
      expect(shown(result)).not.toContain(KEY.toLowerCase());
    }
    const cwd = temporaryFolder({ 'key.txt': `${KEY}\n`, 'c.xml': signed(KEY) });
    const result = await wxnotify(['explain', 'c.xml'], { cwd, env: { WXNOTIFY_API_KEY_FILE: 'key.txt' } });
    expect(result.status).toBe(0);
    expect(shown(result)).not.toContain(KEY.toLowerCase());
  });

  test('the demo merchant’s', async () => {
    const built = await wxnotify(['build', 'paid', '--profile', 'demo']);
    const { document, stdout } = await explained(built.stdout);
    expect(codesOf(document)).toEqual(['other-key']);
    expect(document.diagnoses[0]?.[0]?.detail).toContain('demo');
    const again = await wxnotify(['explain', '-', '--profile', 'demo'], { stdin: built.stdout });
    expect(again.status).toBe(0);
    expect(stdout).not.toContain(KEY);
  });
});

describe('nothing hangs', () => {
  test('a message that nothing explains', async () => {
    const { document, status } = await explained(messageOf(PAYMENT, hmac('x', 'y')));
    expect(status).toBe(1);
    expect(document.diagnoses).toEqual([]);
    const { stdout } = await wxnotify(['explain', '-'], {
      env: onlyKey,
      stdin: messageOf(PAYMENT, 'F'.repeat(32)),
    });
    expect(stdout).toContain('None of the known mistakes explains it.');
  });

  test('Ctrl-C while it waits for standard input', async () => {
    const child = start(['explain', '-'], { env: onlyKey });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    child.stdin?.write('<xml>');
    const timer = setInterval(() => child.kill('SIGINT'), 200);
    await ended;
    clearInterval(timer);
  });

  test('odd files', async () => {
    const cwd = temporaryFolder();
    mkdirSync(path.join(cwd, 'folder.xml'));
    writeFileSync(path.join(cwd, 'zeros'), Buffer.alloc(100_000));
    writeFileSync(path.join(cwd, 'long'), `<xml>${'<a>1</a>'.repeat(2000)}<sign>X</sign></xml>`);
    for (const file of ['folder.xml', 'zeros'])
      expect((await wxnotify(['explain', file], { cwd, env: onlyKey })).status).toBe(2);
    expect((await wxnotify(['explain', 'long'], { cwd, env: onlyKey })).status).toBe(1);
  });
});
