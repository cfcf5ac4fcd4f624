/** Acknowledgements: forty-odd answers that merchants really give, and what the platform makes of each. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Ack, Answer } from '../../../src/protocol/dialect.ts';
import { kinds } from '../../../src/protocol/kinds.gen.ts';
import { readAck } from '../../../src/protocol/v2/ack.ts';

const OK = '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';
const NO = OK.replace('SUCCESS', 'FAIL').replace('OK', '签名失败');
const LAUGHS = `<!DOCTYPE x [<!ENTITY a "SUCCESS"><!ENTITY b "${'&a;'.repeat(99)}">]><xml><return_code>&b;</return_code></xml>`;
/** `签名失败` in GBK. */
const GBK = Buffer.from('c7a9c3fbcaa7b0dc', 'hex');
const gbkBody = (head: string): Buffer =>
  Buffer.concat([
    Buffer.from(`${head}<xml><return_code>FAIL</return_code><return_msg>`),
    GBK,
    Buffer.from('</return_msg></xml>'),
  ]);

interface Row {
  readonly title: string;
  readonly body: string | Uint8Array;
  readonly status?: number;
  readonly headers?: Answer['headers'];
  readonly truncated?: boolean;
  readonly as: Ack['as'];
  readonly message: string | RegExp;
}

function read({ body, status = 200, headers = {}, truncated = false }: Row): Ack {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  return readAck({ status, headers, truncated, body: bytes }, kinds['v2/payment']);
}

function check(rows: readonly Row[]): void {
  test.each(rows)('$title', (row) => {
    const ack = read(row);
    expect(ack.as).toBe(row.as);
    if (typeof row.message === 'string') expect(ack.message).toBe(row.message);
    else expect(ack.message).toMatch(row.message);
  });
}

const xml = (inside: string): string => `<xml>${inside}</xml>`;

describe('SUCCESS', () => {
  const as = 'SUCCESS';
  check([
    { title: 'the documented form', body: OK, as, message: 'OK' },
    { title: 'with a prolog', body: `<?xml version="1.0" encoding="UTF-8"?>${OK}`, as, message: 'OK' },
    { title: 'with a prolog and a line', body: `<?xml version='1.0'?>\n${OK}`, as, message: 'OK' },
    { title: 'pretty-printed', body: '\n<xml>\n  <return_code>\n    SUCCESS\n  </return_code>\n  <return_msg> OK </return_msg>\n</xml>\n', as, message: 'OK' }, // prettier-ignore
    { title: 'CRLF', body: OK.replaceAll('><', '>\r\n<'), as, message: 'OK' },
    { title: 'without CDATA', body: OK.replace(/<!\[CDATA\[|\]\]>/g, ''), as, message: 'OK' },
    { title: 'without return_msg', body: xml('<return_code>SUCCESS</return_code>'), as, message: '' },
    { title: 'an empty return_msg', body: OK.replace('OK', ''), as, message: '' },
    { title: 'a closed return_msg', body: xml('<return_code>SUCCESS</return_code><return_msg/>'), as, message: '' }, // prettier-ignore
    { title: 'the other order', body: xml('<return_msg>OK</return_msg><return_code>SUCCESS</return_code>'), as, message: 'OK' }, // prettier-ignore
    {
      title: 'another root',
      body: '<PaidResp><return_code>SUCCESS</return_code></PaidResp>',
      as,
      message: '',
    },
    {
      title: 'further elements',
      body: OK.replace('</xml>', '<data><id>1</id></data></xml>'),
      as,
      message: 'OK',
    },
    { title: 'a byte order mark', body: `\uFEFF${OK}`, as, message: 'OK' },
    { title: 'attributes', body: OK.replace('<xml>', '<xml a="1">'), as, message: 'OK' },
    {
      title: 'as text/html',
      body: OK,
      headers: { 'content-type': 'text/html; charset=utf-8' },
      as,
      message: 'OK',
    },
    { title: 'an unknown charset', body: OK, headers: { 'content-type': 'text/xml; charset=nonsense' }, as, message: 'OK' }, // prettier-ignore
    { title: 'white space around', body: ` \r\n\t${OK}\n\n`, as, message: 'OK' },
  ]);
});

describe('FAIL', () => {
  const as = 'FAIL';
  const header = { 'content-type': 'text/xml; charset=GBK' };
  check([
    { title: 'the documented form', body: NO, as, message: '签名失败' },
    { title: 'ERROR', body: OK.replace('SUCCESS', 'ERROR'), as, message: 'OK' },
    { title: 'without return_msg', body: xml('<return_code>FAIL</return_code>'), as, message: '' },
    { title: 'entities in the message', body: NO.replace('<![CDATA[签名失败]]>', 'a &lt; b &amp; c'), as, message: 'a < b & c' }, // prettier-ignore
    { title: 'GBK, by the header', body: gbkBody(''), headers: header, as, message: '签名失败' },
    {
      title: 'GBK, by the prolog',
      body: gbkBody('<?xml version="1.0" encoding="GBK"?>'),
      as,
      message: '签名失败',
    },
    { title: 'GBK as gb2312', body: gbkBody(''), headers: { 'content-type': 'text/xml;charset="gb2312"' }, as, message: '签名失败' }, // prettier-ignore
    { title: 'GBK that nobody declares', body: gbkBody(''), as, message: /\uFFFD/ },
  ]);
});

describe('by its status', () => {
  const as = 'INVALID';
  check([
    { title: '201', status: 201, body: OK, as, message: 'HTTP 201, where only 200 counts; its body says SUCCESS (OK)' }, // prettier-ignore
    {
      title: '204',
      status: 204,
      body: '',
      as,
      message: /^HTTP 204, where only 200 counts; the answer is empty/,
    },
    { title: '401', status: 401, body: NO, as, message: /its body says FAIL \(签名失败\)$/ },
    { title: '404 and HTML', status: 404, body: '<html></html>', as, message: /^HTTP 404.*HTML/ },
    { title: '500', status: 500, body: OK, as, message: /^HTTP 500.*SUCCESS/ },
    { title: '302', status: 302, headers: { location: '/login' }, body: OK, as, message: /^HTTP 302 redirects to \/login; .*not follow/ }, // prettier-ignore
    { title: '301 to nowhere', status: 301, body: OK, as, message: /^HTTP 301, where only 200 counts/ },
  ]);
});

describe('neither', () => {
  const as = 'INVALID';
  check([
    { title: 'empty', body: '', as, message: 'the answer is empty' },
    { title: 'white space', body: ' \r\n\t ', as, message: 'the answer is empty' },
    { title: 'a lone byte order mark', body: '\uFEFF', as, message: 'the answer is empty' },
    { title: 'plain SUCCESS', body: 'SUCCESS', as, message: 'the answer is plain text "SUCCESS", not XML' },
    { title: 'plain success', body: 'success\n', as, message: /plain text "success"/ },
    { title: 'other text', body: 'ok', as, message: 'the answer is plain text, not XML' },
    { title: 'quoted', body: '"SUCCESS"', as, message: /plain text/ },
    { title: 'JSON', body: '{"code":"SUCCESS","message":"OK"}', as, message: /JSON, and a v2 notification/ },
    { title: 'a JSON list', body: '[]', as, message: /JSON/ },
    { title: 'HTML', body: '<!DOCTYPE html>\n<html><body>502</body></html>', as, message: /HTML/ },
    { title: 'HTML without a document type', body: '<HTML><p>Hi</HTML>', as, message: /HTML/ },
    { title: 'success in small letters', body: OK.replace('SUCCESS', 'success'), as, message: /"success".*in upper case/ }, // prettier-ignore
    { title: 'another word', body: OK.replace('SUCCESS', 'OK'), as, message: /return_code is "OK", neither/ },
    { title: 'an empty return_code', body: OK.replace('SUCCESS', ''), as, message: /return_code is ""/ },
    {
      title: 'no return_code',
      body: xml('<return_msg>OK</return_msg>'),
      as,
      message: /without a return_code/,
    },
    {
      title: 'RETURN_CODE',
      body: xml('<RETURN_CODE>SUCCESS</RETURN_CODE>'),
      as,
      message: /without a return_code/,
    },
    { title: 'a nested return_code', body: xml(`<data>${OK}</data>`), as, message: /without a return_code/ },
    {
      title: 'return_code as the root',
      body: '<return_code>SUCCESS</return_code>',
      as,
      message: /without a/,
    },
    { title: 'two return_codes', body: xml('<return_code>SUCCESS</return_code><return_code>FAIL</return_code>'), as, message: /more than one return_code/ }, // prettier-ignore
    { title: 'the same return_code twice', body: xml('<return_code>SUCCESS</return_code>'.repeat(2)), as, message: /more than one return_code/ }, // prettier-ignore
    { title: 'two documents', body: OK + OK, as, message: /cannot be read/ },
    { title: 'cut short by the server', body: OK.slice(0, -10), as, message: /cannot be read/ },
    { title: 'cut off at the limit', body: OK, truncated: true, as, message: /larger than 96 bytes/ },
    { title: 'a document type', body: `<!DOCTYPE xml>${OK}`, as, message: /DOCTYPE/ },
    { title: 'billion laughs', body: LAUGHS, as, message: /DOCTYPE/ },
    {
      title: 'an unknown entity',
      body: OK.replace('<![CDATA[SUCCESS]]>', '&SUCCESS;'),
      as,
      message: /entity/,
    },
    { title: 'gzip', body: gzipSync(OK), headers: { 'content-encoding': 'gzip' }, as, message: /gzip/ },
    { title: 'garbage', body: Buffer.from([0, 255, 254, 1, 2, 0x80]), as, message: /plain text, not XML/ },
    { title: 'UTF-16', body: Buffer.from(OK, 'utf16le'), as, message: /./ },
    { title: 'text before', body: `ok${OK}`, as, message: /plain text/ },
    { title: 'text after', body: `${OK}ok`, as, message: /cannot be read/ },
  ]);

  test('a long wrong return_code is cut', () => {
    const ack = read({ title: '', body: OK.replace('SUCCESS', 'X'.repeat(5000)), as, message: '' });
    expect(ack.message.length).toBeLessThan(200);
  });
});
