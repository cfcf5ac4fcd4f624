/** Flows: JSON that is sent, compared and captured as it is written. */
import { describe, expect, test } from 'vitest';
import { temporaryFolder, wxnotify } from '../support/cli.ts';
import { reportFlow, sendFlow } from '../support/flow.ts';
import { startServer, type TestServer } from '../support/server.ts';

async function answering(body: string): Promise<TestServer> {
  return startServer((_, response) => {
    response.setHeader('content-type', 'application/json').end(body);
  });
}

/** A request that is answered with `body`, and more of its step. */
async function asked(body: string, more: string) {
  const { url } = await answering(body);
  return sendFlow(`steps:\n  - call: GET ${url}\n    ${more}\n`, url);
}

const BIG = '4200097684202611259238363095';

describe('what is sent', () => {
  test.each([
    ['9.90', '9.90'],
    ['12345678901234567890', '12345678901234567890'],
    ['1e3', '1e3'],
    ['1.0', '1.0'],
    ['7', '7'],
    ['"9.90"', '"9.90"'],
    ['0012', '"0012"'],
    ['0x10', '"0x10"'],
    ['true', 'true'],
    ['null', 'null'],
    ['text', '"text"'],
  ])('%s is %s, also through a variable', async (yaml, json) => {
    const { url, received } = await answering('{}');
    const variable = yaml === 'null' ? ['', '${b}'] : [`vars: { b: ${yaml} }\n`, '${b}'];
    const value = yaml === 'null' ? yaml : `'${variable[1]}'`;
    const flow = `${variable[0]}steps:\n  - call: POST ${url}\n    json: { a: ${yaml}, list: [${yaml}], b: ${value} }\n`;
    expect(await sendFlow(flow, url)).toMatchObject({ status: 0 });
    expect(received[0]?.body.toString()).toBe(`{"a":${json},"list":[${json}],"b":${json}}`);
  });

  test('names in it are templates as well', async () => {
    const { url, received } = await answering('{}');
    const flow = `vars: { a: x }\nsteps:\n  - call: POST ${url}\n    json: { "id-\${a}": { "\${a}": 1 } }\n`;
    expect(await sendFlow(flow, url)).toMatchObject({ status: 0 });
    expect(received[0]?.body.toString()).toBe('{"id-x":{"x":1}}');
  });

  test.each([
    ['abc', '"abc"'],
    ['9.90', '9.90'],
    ['0012', '"0012"'],
  ])('--set %s in the place of a number is %s', async (value, json) => {
    const { url, received } = await answering('{}');
    const flow = `vars: { amount: 1 }\nsteps:\n  - call: POST ${url}\n    json: { a: "\${amount}" }\n`;
    const { status, stderr } = await sendFlow(flow, url, '--set', `amount=${value}`);
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: '' });
    expect(received[0]?.body.toString()).toBe(`{"a":${json}}`);
  });
});

test('show prints them as they are in the file', async () => {
  const flow = 'steps:\n  - call: GET http://127.0.0.1:1/\n    json: { a: 9.90, b: 9.9 }\n';
  const cwd = temporaryFolder({ 'flow.yaml': flow });
  const { stdout } = await wxnotify(['show', './flow.yaml', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ steps: [{ payload: { value: { a: '9.90', b: 9.9 } } }] });
});

describe('what is captured', () => {
  test.each([
    [BIG, BIG],
    ['1.0', '1.0'],
    ['9.90', '9.90'],
    [`[${BIG}, 1e3]`, `[${BIG},1e3]`],
    ['{"b":[]}', '{"b":[]}'],
    ['"x"', 'x'],
  ])('%s stays, digit for digit', async (json, text) => {
    const { url, received } = await answering(`{"a":${json}}`);
    const flow = `steps:
  - call: GET ${url}
    capture: { id: $.a }
  - call: POST ${url}
    json: { id: "\${id}" }
`;
    const { steps } = await reportFlow(flow, url);
    expect(steps[0]?.captured).toEqual({ id: text });
    expect(received[1]?.body.toString()).toBe(`{"id":${json.replace(' ', '')}}`);
  });

  test.each([
    ['$.items[*].id', '[{"id":1}]', '[1]'],
    ["$['a b'][0]", '', 'q'],
    ["$.items[?@.id == '${one}'].id", '[{"id":"a\'b"},{"id":"2"}]', '["a\'b"]'],
  ])('%s of %s is %s', async (path, items, text) => {
    const { url } = await answering(`{"items":${items || '0'},"a b":["q"]}`);
    const flow = `vars: { one: "a'b" }\nsteps:\n  - call: GET ${url}\n    capture: { x: ${JSON.stringify(path)} }\n`;
    const { steps } = await reportFlow(flow, url);
    expect(steps[0]?.captured).toEqual({ x: text });
  });

  test('a name that every object has is no header', async () => {
    const { stdout, status } = await asked('{}', 'capture: { x: { header: constructor } }');
    expect(stdout).toContain('got       nothing there');
    expect(status).toBe(1);
  });
});

describe('what is expected', () => {
  test.each([
    ['9.90', '9.9'],
    ['1', '1.0'],
    ['1000', '1e3'],
    ['100', '"100"'],
    ['"100"', '100'],
    [BIG, BIG],
    [BIG, `"${BIG}"`],
    ['null', 'null'],
    ['{ b: [1, x] }', '{"b":[1.0,"x"]}'],
    ['"/^a/"', '"abc"'],
    ['"/^1/"', '100'],
  ])('%s is %s', async (expected, actual) => {
    const { stdout, status } = await asked(`{"a":${actual}}`, `expect: { json: { $.a: ${expected} } }`);
    expect(stdout).not.toContain('expected');
    expect(status).toBe(0);
  });

  test.each([
    ['4200097684202611259238363095', '4200097684202611259238363096'],
    ['null', '"null"'],
    ['"null"', 'null'],
    ['true', '"true"'],
    ['"true"', 'true'],
    ['1.0', '"1"'],
    ['{ a: 1 }', '{"b":1}'],
    ['[1]', '[1,2]'],
  ])('%s is not %s', async (expected, actual) => {
    const { stdout, status } = await asked(`{"a":${actual}}`, `expect: { json: { $.a: ${expected} } }`);
    expect(stdout).toContain(`got       ${actual}\n`);
    expect(status).toBe(1);
  });

  test.each([
    ['$.items[*].id', '[1]', '[{"id":1}]'],
    ['$.items[*]', '[]', '[]'],
    ['$.items[?@.id == 2].id', '[2]', '[{"id":1},{"id":2}]'],
    ['$..id', '[1, 2]', '[{"id":1},{"id":2}]'],
    ['$.items[0].id', '1', '[{"id":1}]'],
    [`$["items"][-1]['id']`, '2', '[{"id":1},{"id":2}]'],
    ['$.items[0:1].id', '[1]', '[{"id":1}]'],
  ])('%s is %s', async (path, expected, items) => {
    const line = `expect: { json: { ${JSON.stringify(path)}: ${expected} } }`;
    const { stdout, status } = await asked(`{"items":${items}}`, line);
    expect(stdout).not.toContain('expected');
    expect(status).toBe(0);
  });

  test.each([
    ['text', 'the answer is no JSON'],
    [
      `{"id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'the answer is JSON nested deeper than 500 levels',
    ],
    [`{"id":1,"more":"${'x'.repeat(1_100_000)}"}`, 'the answer was cut at 1 MiB'],
    ['{"other":1}', 'nothing there'],
  ])('of %.20s: %s', async (body, why) => {
    for (const line of ['expect: { json: { $.id: 1 } }', 'capture: { id: $.id }']) {
      const { stdout, stderr, status } = await asked(body, line);
      expect(stderr).toBe('');
      expect(stdout).toContain(`got       ${why}\n`);
      expect(status).toBe(1);
    }
  });
});
