/** What people capture, in the forms they capture it in: the message is found, character for character. */
import { describe, expect, test } from 'vitest';
import { readCapture } from '../../src/capture/read-capture.ts';
import type { Capture } from '../../src/capture/capture.ts';
import { messageOf, PAYMENT } from '../support/mis-sign.ts';
import { BODY, headersOf } from '../support/mis-sign-v3.ts';

const ATTACH = '余额 "a" \\b/ it\'s a&b +1 100% 😀';
const XML = messageOf({ ...PAYMENT, attach: ATTACH }, 'ABC');
const LINES = XML.replaceAll('><', '>\n<');

function read(text: string | Uint8Array): Capture {
  const result = readCapture(typeof text === 'string' ? Buffer.from(text) : text);
  if (!result.ok) throw new Error(`${result.message}. ${result.fix}`);
  return result.capture;
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'); // prettier-ignore
const shell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

describe('the form', () => {
  const request = (body: string, ...headers: string[]): string =>
    ['POST /pay/notify HTTP/1.1', 'Host: shop.example', ...headers, '', body].join('\r\n');
  const chunks = (eol: string): string =>
    [XML.slice(0, 60), XML.slice(60, 333), XML.slice(333)]
      .map((piece) => `${Buffer.byteLength(piece).toString(16)}${eol}${piece}${eol}`)
      .concat(`0${eol}${eol}`)
      .join('');
  const entry = (text: string, method = 'POST'): object => ({
    request: {
      method,
      url: 'https://shop.example/pay/notify',
      headers: [{ name: 'Content-Type', value: 'text/xml' }],
      postData: { mimeType: 'text/xml', text },
    },
    response: { status: 200, content: { text: '<xml><return_code>SUCCESS</return_code></xml>' } },
  });
  const get = { request: { method: 'GET', url: 'https://shop.example/', headers: [] }, response: {} };

  test.each<{ title: string; text: string; form: Capture['form']; body?: string }>([
    { title: 'bare', text: XML, form: 'xml' },
    { title: 'with white space around it', text: `\n\n  ${XML}\r\n`, form: 'xml' },
    { title: 'with a byte order mark', text: `\uFEFF${XML}`, form: 'xml' },
    { title: 'in lines', text: `${LINES}\n`, form: 'xml', body: LINES },
    {
      title: 'with a prolog',
      text: `<?xml version="1.0"?>\n${XML}`,
      form: 'xml',
      body: `<?xml version="1.0"?>\n${XML}`,
    },
    { title: 'a request', text: request(XML), form: 'http' },
    { title: 'a request with LF', text: request(XML).replaceAll('\r\n', '\n'), form: 'http' },
    { title: 'a request with its body in lines', text: request(LINES), form: 'http', body: LINES },
    {
      title: 'a dump of a connection, the answer behind it',
      text: `${request(XML)}HTTP/1.1 200 OK\r\n\r\n<xml><return_code>SUCCESS</return_code></xml>`,
      form: 'http',
    },
    { title: 'a request with a URL', text: `POST https://shop.example/pay/notify\n\n${XML}\n`, form: 'http' },
    {
      title: 'a request in chunks',
      text: request(chunks('\r\n'), 'Transfer-Encoding: chunked'),
      form: 'http',
    },
    {
      title: 'a request in chunks with LF',
      text: request(chunks('\n'), 'transfer-encoding: Chunked').replaceAll('\r\n', '\n'),
      form: 'http',
    },
    {
      title: 'a request in chunks that the tool put together already',
      text: request(XML, 'Transfer-Encoding: chunked'),
      form: 'http',
    },
    {
      title: 'a HAR file',
      text: JSON.stringify({ log: { version: '1.2', entries: [get, entry(XML)] } }, null, 2),
      form: 'har',
    },
    { title: 'one entry of a HAR file', text: JSON.stringify(entry(XML)), form: 'har' },
    { title: 'wxnotify build --json', text: JSON.stringify({ request: { method: 'POST', url: 'http://x/', headers: { a: 'b' }, body: XML } }), form: 'json' }, // prettier-ignore
    { title: 'a JSON string', text: JSON.stringify(XML), form: 'json' },
    {
      title: 'a JSON string somewhere',
      text: JSON.stringify({ a: [1, null, { event: { body: XML } }] }),
      form: 'json',
    },
    {
      title: 'a JSON log line with text in it',
      text: JSON.stringify({ msg: `got ${XML} from 1.2.3.4` }),
      form: 'json',
    },
    { title: 'a log line', text: `2026-01-02 03:04:05 INFO notify: ${XML} (312 bytes)\n`, form: 'text' },
    { title: 'a log of several lines', text: `INFO a\nDEBUG body=${XML}\nERROR bad sign\n`, form: 'text' },
    {
      title: 'a log line, escaped as in JSON',
      text: `INFO {"body":"${json(LINES)}"} 1ms`,
      form: 'text',
      body: LINES,
    },
    {
      title: 'a log line, escaped as in JSON with \\u003c',
      text: `INFO {"body":"${json(XML).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026')}"}`,
      form: 'text',
    },
    { title: 'escaped as in HTML', text: `<p>no: <pre>${html(XML)}</pre>`.slice(3), form: 'text' },
    { title: 'a page with it', text: `<!DOCTYPE html><html><pre>${html(XML)}</pre></html>`, form: 'text' },
    { title: 'URL-encoded', text: `xml=${encodeURIComponent(XML)}&x=1`, form: 'text' },
    {
      title: 'base64',
      text: JSON.stringify({ isBase64Encoded: true, body: Buffer.from(XML).toString('base64') }),
      form: 'json',
    },
    { title: 'base64 in a log line', text: `body: ${Buffer.from(XML).toString('base64')}.`, form: 'text' },
    { title: 'a log line of syslog', text: `<14>Jan  2 03:04:05 host app: ${XML}`, form: 'text' },
    { title: 'several messages, one a line', text: `${XML}\n${XML}\n`, form: 'text' },
    {
      title: 'behind an answer',
      text: `sent <xml><return_code>SUCCESS</return_code></xml>\ngot ${XML}`,
      form: 'text',
    },
    {
      title: 'wxnotify send --json, the answer first',
      text: JSON.stringify({ response: { body: '<xml><return_code>SUCCESS</return_code></xml>' }, request: { method: 'POST', body: XML } }), // prettier-ignore
      form: 'json',
    },
    { title: 'a program’s text', text: `const body = "${json(XML)}";`, form: 'text' },
    {
      title: 'a curl command',
      text: `curl -X POST 'http://x/' \\\n  --data-binary ${shell(XML)}\n`,
      form: 'text',
    },
  ])('$title', ({ text, form, body = XML }) => {
    expect(read(text)).toMatchObject({ form, body });
  });

  test('what a request says beside its body', () => {
    expect(read(request(XML, 'Content-Type: text/xml', 'X-Odd:'))).toMatchObject({
      method: 'POST',
      url: 'http://shop.example/pay/notify',
      headers: [
        ['Host', 'shop.example'],
        ['Content-Type', 'text/xml'],
        ['X-Odd', ''],
      ],
    });
  });

  test('what a HAR file says beside the body', () => {
    const text = JSON.stringify({ log: { entries: [entry(XML), entry(LINES)] } });
    expect(read(text)).toMatchObject({
      method: 'POST',
      url: 'https://shop.example/pay/notify',
      headers: [['Content-Type', 'text/xml']],
      notes: ['There are 1 more in it; this is the first.'],
    });
  });

  test('several in a log: the first, and that there are more', () => {
    const { body, notes } = read(`1 ${XML}\n2 ${LINES}\n`);
    expect(body).toBe(XML);
    expect(notes).toEqual(['There are 1 more in it; this is the first.']);
  });
});

describe('the charset', () => {
  /** 余额 in GBK, by hand. */
  const gbk = (text: string): Buffer => {
    const [before = '', after = ''] = text.split('余额');
    return Buffer.concat([Buffer.from(before), Buffer.from('d3e0b6ee', 'hex'), Buffer.from(after)]);
  };
  const chinese = messageOf({ ...PAYMENT, attach: '余额' }, 'ABC');

  test.each([
    ['GBK, not declared', gbk(chinese), chinese, 'gbk'],
    ['GB2312, declared', gbk(`<?xml version="1.0" encoding="GB2312"?>${chinese}`), undefined, 'GB2312'],
    ['ISO-8859-1, declared', Buffer.from(`POST / HTTP/1.1\nContent-Type: text/xml; charset=iso-8859-1\n\n${messageOf({ attach: 'café' })}`, 'latin1'), messageOf({ attach: 'café' }), 'iso-8859-1'], // prettier-ignore
  ])('%s', (_, bytes, body, charset) => {
    const capture = read(bytes);
    if (body !== undefined) expect(capture.body).toBe(body);
    else expect(capture.body).toContain(chinese);
    expect(capture.notes).toEqual([`It is not UTF-8, and was read as ${charset}: the platform sends UTF-8.`]);
  });

  test.each(['utf16le', 'utf16be'])('%s, as PowerShell writes it', (charset) => {
    const bytes = Buffer.from(`\uFEFF${XML}`, 'utf16le');
    const capture = read(charset === 'utf16be' ? bytes.swap16() : bytes);
    expect(capture).toMatchObject({
      form: 'xml',
      body: XML,
      notes: ['It was UTF-16, as PowerShell writes it.'],
    });
  });

  test('a chunk that ends within a character', () => {
    const bytes = Buffer.from(XML);
    const at = bytes.indexOf('余') + 1;
    const chunks = [bytes.subarray(0, at), bytes.subarray(at)].flatMap((piece) => [
      Buffer.from(`${piece.length.toString(16)}\r\n`),
      piece,
      Buffer.from('\r\n'),
    ]);
    const head = Buffer.from('POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n');
    const capture = read(Buffer.concat([head, ...chunks, Buffer.from('0\r\n\r\n')]));
    expect(capture).toMatchObject({ form: 'http', body: XML, notes: [] });
  });

  test.each(['5\r\n<xml>', '5\r\n<xml>\r\n', 'ff\r\n<xml>', '0\r\n\r\n', '5', ''])(
    'chunks that are cut off: %j',
    (rest) => {
      const text = `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${rest}`;
      expect(() => readCapture(Buffer.from(text))).not.toThrow();
    },
  );

  test('one that does not exist', () => {
    expect(read(gbk(`<?xml encoding="nonsense"?>${chinese}`)).body).toContain('余额');
  });
});

describe('no notification', () => {
  test.each([
    ['', 'the capture is empty'],
    [' \r\n\t', 'the capture is empty'],
    ['\uFEFF', 'the capture is empty'],
    ['<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', 'there is no notification in the capture'],
    ['<html><body>404</body></html>', 'there is no notification in the capture'],
    ['hello', 'there is no notification in the capture'],
    ['{}', 'there is no notification in the capture'],
    ['null', 'there is no notification in the capture'],
    ['[[[', 'there is no notification in the capture'],
    ['{"log":{"entries":[]}}', 'there is no notification in the capture'],
    ['{"id":"EV-1","resource":null}', 'there is no notification in the capture'],
  ])('%j', (text, message) => {
    expect(readCapture(Buffer.from(text))).toMatchObject({ ok: false, message });
  });

  test('any bytes at all', () => {
    for (let size = 0; size < 300; size++) {
      const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 151 + size * 7) & 0xff);
      expect(() => readCapture(bytes)).not.toThrow();
    }
  });
});

describe('API v3', () => {
  const headers = headersOf('c2ln+/8=');
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const request = (body: string, ...more: string[]): string =>
    ['POST /notify HTTP/1.1', 'Host: shop.example', ...lines, ...more, '', body].join('\r\n');
  const object = Object.fromEntries(headers);
  const har = (body: string): object => ({
    startedDateTime: '2026-01-01T12:00:01.000+08:00',
    request: {
      method: 'POST',
      url: 'https://x/',
      headers: headers.map(([name, value]) => ({ name, value })),
      postData: { text: body },
    },
  });

  test.each<{ title: string; text: string; form: Capture['form']; body?: string; headless?: true }>([
    { title: 'the body', text: `${BODY}\n`, form: 'json', headless: true },
    { title: 'a request', text: request(BODY), form: 'http' },
    { title: 'a request with LF, and a line feed of the file', text: `${request(BODY)}\n`.replaceAll('\r\n', '\n'), form: 'http' },
    { title: 'a request whose length says that the line feed is its own', text: request(`${BODY}\n`, `Content-Length: ${Buffer.byteLength(BODY) + 1}`), form: 'http', body: `${BODY}\n` },
    { title: 'a dump with the answer', text: `${request(BODY)}HTTP/1.1 200 OK\r\n\r\n{"code":"SUCCESS"}`, form: 'http' },
    { title: 'a request that stops in the middle', text: request(BODY.slice(0, 90)), form: 'http', body: BODY.slice(0, 90) },
    { title: 'a HAR file', text: JSON.stringify({ log: { entries: [har(BODY)] } }), form: 'har' },
    { title: 'JSON with body and headers', text: JSON.stringify({ event: { headers: object, body: BODY } }), form: 'json' },
    { title: 'JSON whose body ends in a line feed', text: JSON.stringify({ headers: object, rawBody: `${BODY}\n` }), form: 'json', body: `${BODY}\n` },
    { title: 'JSON with the body parsed', text: JSON.stringify({ headers: object, body: JSON.parse(BODY) as object }), form: 'json' },
    { title: 'a curl command', text: `curl -X POST http://x/ ${lines.map((line) => `-H '${line}'`).join(' ')} -d '${BODY}'`, form: 'text' },
    { title: 'a log line', text: `INFO headers=${JSON.stringify(object)} body=${BODY}`, form: 'text' },
    { title: 'a log line, escaped as in JSON', text: `INFO {"h":${JSON.stringify(JSON.stringify(object))},"b":${JSON.stringify(BODY)}} end`, form: 'text' },
    { title: 'a log of PHP', text: `${headers.map(([name, value]) => `[HTTP_${name.toUpperCase().replaceAll('-', '_')}] => ${value}`).join('\n')}\n${BODY}`, form: 'text' },
    { title: 'a log of Go', text: `map[${headers.map(([name, value]) => `${name}:[${value}]`).join(' ')}] ${BODY}`, form: 'text' },
  ])('$title', ({ text, form, body = BODY, headless }) => {
    const capture = read(text);
    expect(capture).toMatchObject({ version: 'v3', form, body });
    const found = Object.fromEntries(capture.headers.filter(([name]) => /^wechatpay-/i.test(name)));
    expect(found).toEqual(headless ? {} : object);
  }); // prettier-ignore

  test('when it came: a HAR file and a log line with a zone say so', () => {
    expect(read(JSON.stringify({ log: { entries: [har(BODY)] } })).at).toEqual(
      new Date('2026-01-01T04:00:01Z'),
    );
    expect(read(`2026-01-01T12:00:01+08:00 INFO ${BODY}`).at).toEqual(new Date('2026-01-01T04:00:01Z'));
    expect(read(`2026-01-01 12:00:01 INFO ${BODY}`).at).toBeUndefined();
  });

  test('many braces and no end take no time', () => {
    const text = `log ${'{"'.repeat(200_000)} "ciphertext": ${'{'.repeat(200_000)}`;
    expect(readCapture(Buffer.from(text))).toMatchObject({ ok: false });
  });
});
