/** Flows: what is expected of texts, and how long that may take. */
import { describe, expect, test } from 'vitest';
import { NOWHERE, sendFlow } from '../support/flow.ts';
import { startServer } from '../support/server.ts';

const SLOW = '/^(a+)+$/';

test.each([
  ['body', `call: GET \${target.origin}/\n    expect: { body: '/^\\["(a+)+$/' }`],
  ['a value', `call: GET \${target.origin}/\n    expect: { json: { $: ['${SLOW}'] } }`],
  ['a header', `call: GET \${target.origin}/\n    expect: { headers: { x-a: '${SLOW}' } }`],
  ['a capture', `call: GET \${target.origin}/\n    capture: { a: { regex: '/"(a+)+$/' } }`],
  ['a path', `call: GET \${target.origin}/\n    expect: { json: { '$[?search(@, "^(a+)+$")]': [] } }`],
  ['output', `run: [echo, ${'a'.repeat(40)}!]\n    expect: { stdout: '${SLOW}' }`],
])('%s on which an expression would go on for ever fails after a second', async (_, step) => {
  const text = `${'a'.repeat(40)}!`;
  const { url } = await startServer((_request, response) => {
    response.setHeader('x-a', text).end(`["${text}"]`);
  });
  const { status, stdout } = await sendFlow(`steps:\n  - ${step}\n`, url);
  expect(stdout).toContain('got       the expression took longer than 1 s on this text');
  expect(status).toBe(1);
});

const ORDERS = '/orders/new';

describe('whether it is an expression is told by what is written', () => {
  test.each([
    ['/orders/new', ORDERS],
    ['${path}', ORDERS],
    ['/^.orders/', ORDERS],
    ['/^${path}$/', ORDERS],
    ['/^.{${length}}$/', ORDERS],
    ['/^${dots}$/u', 'a.b-c'],
    ['/^[${dots}]+$/v', 'a.b-c'],
    ['\\/o/', '/o/'],
    ['\\\\/o/', '\\/o/'],
    ['${o}', '/o/'],
    ['/tmp/rvf', '/tmp/rvf'],
  ])('%s is said by %s', async (expected, text) => {
    expect(await statuses(expected, text)).toEqual([0, 0, 0, 0]);
  });

  test.each([
    ['${o}', 'nothing-like-it-o'],
    ['/^${dots}$/', 'a+b-c'],
    ['\\/o/', 'o'],
    ['/orders/new', '/orders/ne'],
  ])('%s is not said by %s', async (expected, text) => {
    expect(await statuses(expected, text)).toEqual([1, 1, 1, 1]);
  });

  test('what is filled in may make an expression one that is none', async () => {
    const flow = `vars: { n: 1 }\nsteps:\n  - run: [echo, a]\n    expect: { stdout: '/^.{2,\${n}}$/' }\n`;
    const { status, stderr } = await sendFlow(flow);
    expect(stderr).toMatch(
      /flow\.yaml:4:\d+: \/\^\.\{2,1\}\$\/ is no regular expression, with what is filled in/,
    );
    expect(status).toBe(2);
  });

  test.each([
    ['headers', '{ x-a: "/(/" }'],
    ['json', '{ $.a: [{ b: "/(/" }] }'],
    ['body', '"/(/"'],
  ])('%s: one that does not compile is told with its place', async (key, value) => {
    const { status, stderr } = await sendFlow(
      `steps:\n  - call: GET ${NOWHERE}\n    expect: { ${key}: ${value} }\n`,
    );
    expect(stderr).toMatch(/flow\.yaml:3:\d+: .*\/\(\//);
    expect(stderr).toMatch(/regular expression\/? that compiles/);
    expect(status).toBe(2);
  });

  test('a group that did not take part captures nothing', async () => {
    const flow = `steps:\n  - run: [echo, "id=x"]\n    capture: { id: '/id=(\\d+)?/' }\n`;
    const { stdout, status } = await sendFlow(flow);
    expect(stdout).toContain('got       nothing there');
    expect(status).toBe(1);
  });

  test('captures are filled in as well', async () => {
    const flow = `vars: { name: a.b }\nsteps:\n  - run: [echo, "axb=1 a.b=2"]\n    capture: { id: '/\${name}=(\\d)/' }\n  - run: [echo, "\${id}"]\n    expect: { stdout: 2 }\n`;
    expect(await sendFlow(flow)).toMatchObject({ status: 0 });
  });
});

/** Of a header, a body, a JSON value and an output that says `text`. */
async function statuses(expected: string, text: string): Promise<(number | null)[]> {
  const { url } = await startServer((_, response) => {
    response.setHeader('x-a', text).end(JSON.stringify(text));
  });
  const plain = await startServer((_, response) => void response.end(text));
  const quoted = `'${expected}'`;
  const steps = [
    `call: GET ${url}\n    expect: { headers: { x-a: ${quoted} } }`,
    `call: GET ${url}\n    expect: { json: { $: ${quoted} } }`,
    `call: GET ${plain.url}\n    expect: { body: ${quoted} }`,
    `run: [echo, '${text}']\n    expect: { stdout: ${quoted} }`,
  ];
  const vars = `vars: { path: ${ORDERS}, o: /o/, dots: a.b-c, length: ${ORDERS.length} }`;
  const results = await Promise.all(steps.map((step) => sendFlow(`${vars}\nsteps:\n  - ${step}\n`, url)));
  return results.map(({ status }) => status);
}
