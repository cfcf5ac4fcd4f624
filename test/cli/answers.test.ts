/** A merchant that answers in every wrong way there is, and in the odd but right ones. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { merchantEnv, reported, wxnotify } from '../support/cli.ts';
import { FAIL, startRawServer, startServer, SUCCESS } from '../support/server.ts';

const MIB = 1024 * 1024;
const ESC = '\u001b';

interface Answer {
  readonly title: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly ack?: 'FAIL' | 'INVALID';
  /** What the message must say. */
  readonly says: RegExp;
}

const json = { 'content-type': 'application/json' };
const html = { 'content-type': 'text/html; charset=utf-8' };
const inXml = (inner: string): string => `<xml>${inner}</xml>`;
const code = (value: string): string => inXml(`<return_code>${value}</return_code>`);
/** 订单不存在 */
const CHINESE_GBK = Buffer.from('b6a9b5a5b2bbb4e6d4da', 'hex');
const failInGbk = (prolog: string): Buffer =>
  Buffer.concat([
    Buffer.from(`${prolog}<xml><return_code>FAIL</return_code><return_msg>`),
    CHINESE_GBK,
    Buffer.from('</return_msg></xml>'),
  ]);
const laughs = `<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>${code('&c;')}`;
const external = `<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/hostname">]>${inXml('<return_code>SUCCESS</return_code><return_msg>&x;</return_msg>')}`;

const wrong: readonly Answer[] = [
  { title: 'FAIL', body: FAIL, ack: 'FAIL', says: /^nope$/ },
  { title: 'ERROR', body: code('ERROR'), ack: 'FAIL', says: /^$/ },
  {
    title: 'FAIL with an HTML page as its reason',
    body: inXml(
      '<return_code>FAIL</return_code><return_msg><![CDATA[<!DOCTYPE html><p>no</p>]]></return_msg>',
    ),
    ack: 'FAIL',
    says: /<p>no<\/p>/,
  },
  {
    title: 'FAIL in GBK, said by the prolog',
    body: failInGbk('<?xml version="1.0" encoding="GBK"?>'),
    ack: 'FAIL',
    says: /^订单不存在$/,
  },
  {
    title: 'FAIL in GBK, said by the header',
    headers: { 'content-type': 'text/xml; charset=gbk' },
    body: failInGbk(''),
    ack: 'FAIL',
    says: /^订单不存在$/,
  },
  { title: '201 with SUCCESS', status: 201, body: SUCCESS, says: /HTTP 201.*200.*SUCCESS/ },
  { title: '204', status: 204, says: /HTTP 204.*empty/ },
  { title: '400 with SUCCESS', status: 400, body: SUCCESS, says: /HTTP 400.*SUCCESS/ },
  { title: '401', status: 401, body: 'log in', says: /HTTP 401/ },
  { title: '403', status: 403, headers: html, body: '<html><h1>403</h1></html>', says: /HTTP 403.*HTML/ },
  { title: '404', status: 404, says: /HTTP 404/ },
  { title: '405', status: 405, says: /HTTP 405/ },
  { title: '500 without a body', status: 500, says: /HTTP 500.*empty/ },
  { title: '500 with SUCCESS', status: 500, body: SUCCESS, says: /HTTP 500.*SUCCESS/ },
  { title: '500 with FAIL', status: 500, body: FAIL, says: /HTTP 500.*FAIL.*nope/ },
  {
    title: '502 of a proxy',
    status: 502,
    headers: html,
    body: '<html><center>nginx</center></html>',
    says: /HTTP 502.*HTML/,
  },
  { title: '503', status: 503, headers: { 'retry-after': '1' }, says: /HTTP 503/ },
  { title: 'nothing', body: '', says: /empty/ },
  { title: 'white space', body: ' \r\n\t', says: /empty/ },
  { title: 'a lone byte order mark', body: '\uFEFF', says: /empty/ },
  {
    title: 'an HTML page',
    headers: html,
    body: '<!DOCTYPE html><html><body>SUCCESS</body></html>',
    says: /HTML/,
  },
  {
    title: 'an HTML page that says it is XML',
    headers: { 'content-type': 'text/xml' },
    body: '<html><body>SUCCESS</body></html>',
    says: /HTML/,
  },
  { title: 'JSON', headers: json, body: '{"code":"SUCCESS","message":"OK"}', says: /JSON.*XML/ },
  {
    title: 'JSON that says it is XML',
    headers: { 'content-type': 'text/xml' },
    body: '{"return_code":"SUCCESS"}',
    says: /JSON.*XML/,
  },
  { title: 'a JSON list', headers: json, body: ' ["SUCCESS"]', says: /JSON.*XML/ },
  { title: 'plain SUCCESS', body: 'SUCCESS', says: /plain text "SUCCESS"/ },
  { title: 'plain success', body: 'success\n', says: /plain text "success"/ },
  { title: 'OK', body: 'OK', says: /plain text/ },
  { title: 'XML behind text', body: `done ${SUCCESS}`, says: /plain text/ },
  { title: 'a lower-case code', body: code('success'), says: /"success".*upper case/ },
  { title: 'an unknown code', body: code('MAYBE'), says: /MAYBE/ },
  { title: 'an empty code', body: code(''), says: /return_code/ },
  {
    title: 'two codes',
    body: inXml('<return_code>SUCCESS</return_code><return_code>FAIL</return_code>'),
    says: /more than one return_code/,
  },
  { title: 'no code', body: inXml('<result_code>SUCCESS</result_code>'), says: /without a return_code/ },
  { title: 'the code as root', body: '<return_code>SUCCESS</return_code>', says: /without a return_code/ },
  {
    title: 'the code a level deeper',
    body: inXml('<data><return_code>SUCCESS</return_code></data>'),
    says: /without a return_code/,
  },
  { title: 'an element in the code', body: code('<b>SUCCESS</b>'), says: /return_code/ },
  {
    title: 'the code in a comment',
    body: inXml('<!-- <return_code>SUCCESS</return_code> -->'),
    says: /without a return_code/,
  },
  { title: 'XML cut off', body: SUCCESS.slice(0, -4), says: /not well-formed/ },
  { title: 'garbage behind the XML', body: `${SUCCESS}<b>`, says: /not well-formed/ },
  { title: 'text behind the XML', body: `${SUCCESS} and more`, says: /XML that cannot be read/ },
  { title: 'two documents', body: SUCCESS + SUCCESS, says: /XML that cannot be read/ },
  { title: 'NUL bytes', body: '\0\0\0\0', says: /plain text|empty/ },
  { title: 'a NUL in the code', body: code('SUCCESS\0'), says: /U\+0000/ },
  { title: 'a DOCTYPE', body: `<!DOCTYPE xml>${SUCCESS}`, says: /DOCTYPE/ },
  { title: 'a billion laughs', body: laughs, says: /DOCTYPE/ },
  { title: 'an external entity', body: external, says: /DOCTYPE/ },
  { title: 'an entity of nobody', body: code('&success;'), says: /entity/ },
  { title: 'gzip', headers: { 'content-encoding': 'gzip' }, body: gzipSync(SUCCESS), says: /gzip/ },
  {
    title: 'more than 1 MiB',
    body: inXml(`<return_code>SUCCESS</return_code><return_msg>${'x'.repeat(MIB)}</return_msg>`),
    says: /larger than 1048576 bytes/,
  },
  { title: 'a number of elements', body: inXml('<a>1</a>'.repeat(20_000)), says: /without a return_code/ },
];

describe('a wrong answer', () => {
  test('there are at least thirty', () => expect(wrong.length).toBeGreaterThanOrEqual(30));

  test.each(wrong)('$title', async ({ status = 200, headers, body, ack = 'INVALID', says }) => {
    const { url, received } = await startServer((_, response) => {
      response.writeHead(status, { 'content-type': 'text/xml', ...headers }).end(body);
    });
    const [{ report, ...judged }, refused] = await Promise.all([
      reported(['send', 'paid', '--target', url]),
      wxnotify(['send', 'paid', '--target', url, '--expect', 'REJECTED'], { env: merchantEnv }),
    ]);
    expect(judged.status).toBe(1);
    expect(report).toMatchObject({ ok: false, exit: 1, summary: { sent: 1, acks: { [ack]: 1 } } });
    expect(report.deliveries[0]).toMatchObject({ ack, error: null, response: { status } });
    expect(report.deliveries[0]?.message).toMatch(says);
    expect(report.failures).toMatchObject([
      { step: 1, attempt: 1, expectation: 'ack', expected: 'SUCCESS', actual: ack },
    ]);
    expect(refused).toMatchObject({ status: 0, stderr: '' });
    expect(received).toHaveLength(2);
  });

  test.each([301, 302, 303, 307, 308])('a redirect, %i, is not followed', async (status) => {
    const { url, received } = await startServer((_, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end(SUCCESS);
    });
    const { report, ...judged } = await reported(['send', 'paid', '--target', url]);
    expect(judged.status).toBe(1);
    expect(report.deliveries[0]?.message).toMatch(/redirects to \/elsewhere; .*not follow/);
    expect(received.map((request) => request.url)).toEqual(['/notify']);
  });

  test('an endless one is given up after 1 MiB', async () => {
    const { url } = await startServer((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write('<a>endless</a>'.repeat(1000)));
      };
      response.on('drain', more);
      response.writeHead(200, { 'content-type': 'text/xml' });
      more();
    });
    const { report, ...judged } = await reported(['send', 'paid', '--target', url, '--timeout', '30s']);
    expect(judged.status).toBe(1);
    expect(report.deliveries[0]).toMatchObject({ ack: 'INVALID', error: null });
    expect(report.deliveries[0]?.message).toMatch(/larger than 1048576 bytes/);
    expect(judged.stdout.length).toBeLessThan(100_000);
  });

  const commands = {
    'raw in the body': `${ESC}[2J${ESC}]0;owned\u0007\u0008evil`,
    'that XML allows': '\u009b31m\u007f\u0085\u202e\u2066evil',
    'as references': '&#155;31m&#x9b;2J&#127;&#x202e;evil',
  };
  const flags = ['--quiet', '--verbose', '--json', '--no-color'];
  const cases = Object.entries(commands).flatMap(([how, text]) =>
    flags.map((flag) => [how, flag, text] as const),
  );
  test.each(cases)('terminal commands, %s, do not reach the terminal, %s', async (_, flag, text) => {
    const { url } = await startServer((__, response) => {
      response.setHeader('x-nasty', '\u009b31m').setHeader('content-type', 'text/xml');
      response.end(inXml(`<return_code>FAIL</return_code><return_msg>${text}</return_msg>`));
    });
    const args = ['send', 'paid', '--target', url, flag];
    const { status, stdout, stderr } = await wxnotify(args, { env: merchantEnv });
    expect(status).toBe(1);
    expect(stdout).toContain('evil');
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e\u2066]/);
  });

  test('people are told what came and what to do', async () => {
    const { url } = await startServer((_, response) => {
      response.writeHead(200, json).end('{"code":"SUCCESS"}');
    });
    const { stdout } = await wxnotify(['send', 'paid', '--target', url], { env: merchantEnv });
    expect(stdout).toMatch(/expected\s+SUCCESS/);
    expect(stdout).toMatch(/got\s+INVALID: the answer is JSON/);
    expect(stdout).toContain('{"code":"SUCCESS"}');
    expect(stdout).toMatch(/next\s+Answer with HTTP 200 and <xml>/);
  });
});

const right: readonly Omit<Answer, 'says'>[] = [
  { title: 'the platform’s own form', body: SUCCESS },
  { title: 'a prolog', body: `<?xml version="1.0" encoding="UTF-8"?>\n${SUCCESS}` },
  { title: 'pretty-printed', body: '<xml>\r\n  <return_code>\n    SUCCESS\n  </return_code>\r\n</xml>\r\n' },
  { title: 'no CDATA', body: inXml('<return_code>SUCCESS</return_code><return_msg>OK</return_msg>') },
  { title: 'no return_msg', body: code('SUCCESS') },
  { title: 'an empty return_msg', body: inXml('<return_code>SUCCESS</return_code><return_msg/>') },
  {
    title: 'the message first',
    body: inXml('<return_msg>OK</return_msg><return_code>SUCCESS</return_code>'),
  },
  { title: 'another root name', body: '<PaidResp><return_code>SUCCESS</return_code></PaidResp>' },
  { title: 'GBK', headers: { 'content-type': 'text/xml; charset=gbk' }, body: code('SUCCESS') },
  {
    title: 'a charset that nobody knows',
    headers: { 'content-type': 'text/xml; charset=nonsense' },
    body: SUCCESS,
  },
  { title: 'a byte order mark', body: `\uFEFF${SUCCESS}` },
  { title: 'a content type of HTML', headers: html, body: SUCCESS },
  { title: 'a content type of JSON', headers: json, body: SUCCESS },
  { title: 'a comment', body: `<!-- ok -->${SUCCESS}` },
  { title: 'an attribute', body: '<xml version="1"><return_code type="string">SUCCESS</return_code></xml>' },
  {
    title: 'a message that only looks like a DOCTYPE',
    body: inXml('<return_code>SUCCESS</return_code><return_msg><![CDATA[<!DOCTYPE>]]></return_msg>'),
  },
];

describe('an odd but right answer', () => {
  test.each(right)('$title', async ({ headers, body }) => {
    const { url } = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/xml', ...headers }).end(body);
    });
    const { report, ...judged } = await reported(['send', 'paid', '--target', url]);
    expect(judged.status).toBe(0);
    expect(report).toMatchObject({ ok: true, exit: 0, failures: [], summary: { acks: { SUCCESS: 1 } } });
  });

  test.each([
    ['HTTP/1.0 without a length', `HTTP/1.0 200 OK\r\n\r\n${SUCCESS}`],
    ['no content type', `HTTP/1.1 200 OK\r\nContent-Length: ${SUCCESS.length}\r\n\r\n${SUCCESS}`],
    [
      'early hints before it',
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n${SUCCESS}`,
    ],
    [
      'in chunks',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n0\r\n\r\n`,
    ],
  ])('%s', async (_, bytes) => {
    const url = await startRawServer((socket) => socket.once('data', () => socket.end(bytes)));
    const { report } = await reported(['send', 'paid', '--target', url]);
    expect(report).toMatchObject({ exit: 0, summary: { acks: { SUCCESS: 1 } } });
  });
});
