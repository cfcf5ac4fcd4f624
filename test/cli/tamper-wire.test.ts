/** What `tamper` does to bytes and to their way, at a server that looks at every byte; and what replay makes of it. */
import type { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { merchant, merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startRawServer, SUCCESS } from '../support/server.ts';
import { elements, expectedSign } from '../support/verifier.ts';

/** A request, and when each part of it came. */
interface Seen {
  readonly head: string;
  readonly body: Buffer;
  readonly parts: readonly number[];
}

const ANSWER = `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: ${Buffer.byteLength(SUCCESS)}\r\nConnection: close\r\n\r\n${SUCCESS}`;

/** Answers once a request is complete, by its length or by its last chunk; what came is kept as it came. */
async function startWire(): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const url = await startRawServer((socket: Socket) => {
    let bytes = Buffer.alloc(0);
    const parts: number[] = [];
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      parts.push(performance.now());
      const at = bytes.indexOf('\r\n\r\n');
      const head = bytes.subarray(0, Math.max(at, 0)).toString('latin1');
      const body = bytes.subarray(at + 4);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      const isWhole = Number.isNaN(length)
        ? body.toString('latin1').endsWith('0\r\n\r\n')
        : body.length >= length;
      if (at < 0 || !isWhole) return;
      seen.push({ head, body, parts });
      socket.end(ANSWER);
    });
  });
  return { url, seen };
}

/** What chunks say, put together (RFC 9112, 7.1). */
function dechunked(body: Buffer): { readonly text: string; readonly chunks: number } {
  const texts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = body.indexOf('\r\n', at);
    const size = parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (size === 0) return { text: Buffer.concat(texts).toString('utf8'), chunks: texts.length };
    texts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

/** Sends a scenario, and again what was journaled of it. */
async function sendAndReplay(tamper: string, expectations: readonly string[] = []) {
  const cwd = temporaryFolder({
    'x.yaml': `notify: v2/payment\nfields: { attach: 余额 }\ntamper: ${tamper}\n`,
  });
  const { url, seen } = await startWire();
  const { report } = await reported(['send', './x.yaml', '--target', url, ...expectations], { cwd });
  const again = await wxnotify(['replay', '--target', url], { cwd, env: merchantEnv });
  const [sent, replayed] = seen;
  if (!sent || !replayed) throw new Error(`${seen.length} came: ${again.stderr}`);
  return { report, sent, replayed };
}

const isAuthentic = (xml: string): void => {
  const pairs = elements(xml);
  expect(new Map(pairs).get('sign')).toBe(expectedSign(pairs, merchant.api_key));
};

test('chunked: in chunks and without a length, and must be accepted', async () => {
  const { report, sent, replayed } = await sendAndReplay('{ transfer: chunked }');
  expect(report.exit).toBe(0);
  for (const { head, body } of [sent, replayed]) {
    expect(head).toMatch(/^transfer-encoding: chunked$/im);
    expect(head).not.toMatch(/content-length/i);
    const { text, chunks } = dechunked(body);
    expect(chunks).toBe(10);
    isAuthentic(text);
  }
});

test('slow: in drips, with a length, and no time of it is the merchant’s', async () => {
  const { report, sent, replayed } = await sendAndReplay('{ transfer: slow }');
  expect(report.exit).toBe(0);
  for (const { head, body, parts } of [sent, replayed]) {
    expect(head).not.toMatch(/transfer-encoding/i);
    isAuthentic(body.toString('utf8'));
    expect(parts.length).toBeGreaterThan(5);
    expect((parts.at(-1) ?? 0) - (parts[0] ?? 0)).toBeGreaterThan(1500);
  }
  expect(report.deliveries[0]?.duration_ms).toBeLessThan(1500);
});

test('gzip: compressed, and says so', async () => {
  const { sent, replayed } = await sendAndReplay('{ transfer: gzip }', ['--expect', 'SUCCESS']);
  for (const { head, body } of [sent, replayed]) {
    expect(head).toMatch(/^content-encoding: gzip$/im);
    isAuthentic(gunzipSync(body).toString('utf8'));
  }
});

test.each([
  { encoding: 'gbk', decoder: 'gbk' },
  { encoding: 'utf-16', decoder: 'utf-16le' },
])('$encoding: the bytes come as they were made, twice', async ({ encoding, decoder }) => {
  const { sent, replayed } = await sendAndReplay(`{ encoding: ${encoding} }`, ['--expect', 'SUCCESS']);
  expect(replayed.body.equals(sent.body)).toBe(true);
  const xml = new TextDecoder(decoder).decode(sent.body);
  expect(xml).toContain('余额');
  isAuthentic(xml);
});

test('a large text needs no large file', async () => {
  const { sent } = await sendAndReplay(`{ last: { repeat: '<x$n>1</x$n>', times: 20000 } }`, [
    '--expect',
    'SUCCESS',
  ]);
  const xml = sent.body.toString('utf8');
  expect(xml.endsWith('<x19999>1</x19999></xml>')).toBe(true);
  expect(xml.match(/<x\d+>/g)?.length).toBe(20_000);
});

test.each([
  { tamper: '{ inner: { root: xml } }', says: /v2\/payment is not encrypted/ },
  { tamper: '{ body: x, first: y }', says: /`first` means nothing beside `body`/ },
  { tamper: '{ markup: { nope: x } }', says: /nope is not in the message.*`markup`/ },
  {
    tamper: '{ encoding: latin-1, key: "${merchant.nope}" }',
    says: /\$\{merchant\.nope\} is not known here/,
  },
  { tamper: '{ transfer: slow }\nrace: true', says: /`transfer: slow` means nothing beside `race`/ },
  { tamper: '{ encoding: gbk }', says: /changes nothing/ },
])('what would prove nothing is not sent: $tamper', async ({ tamper, says }) => {
  const cwd = temporaryFolder({ 'x.yaml': `notify: v2/payment\ntamper: ${tamper}\n` });
  const { url, seen } = await startWire();
  const { status, stderr } = await wxnotify(['send', './x.yaml', '--target', url], { cwd, env: merchantEnv });
  expect(stderr).toMatch(says);
  expect({ status, sent: seen.length }).toEqual({ status: 2, sent: 0 });
});

test('the merchant’s appid can be the key', async () => {
  const cwd = temporaryFolder({ 'x.yaml': "notify: v2/payment\ntamper: { key: '${merchant.appid}' }\n" });
  const { stdout } = await wxnotify(['build', './x.yaml'], { cwd, env: merchantEnv });
  const pairs = elements(stdout);
  expect(new Map(pairs).get('sign')).toBe(expectedSign(pairs, merchant.appid));
});
