/** Flows that cannot be done: told with a place before anything is sent, or as a step that failed. */
import { describe, expect, test } from 'vitest';
import { merchantEnv, temporaryFolder, wxnotify } from '../support/cli.ts';
import { NOWHERE, sendFlow } from '../support/flow.ts';
import { startServer } from '../support/server.ts';

const CALL = `call: GET ${NOWHERE}`;

describe('before anything is sent, by send and by validate', () => {
  test.each([
    ["run: ''", '2:10', 'there is no command'],
    ["run: ['']", '2:10', 'there is no command'],
    ['run: [echo, "a\\0b"]', '2:10', 'cannot be given a NUL character'],
    ['run: echo\n    env: { A: "a\\0b" }', '2:10', 'cannot be given a NUL character'],
    ['run: [echo, a]\n    shell: true', '2:10', 'a shell takes one text, and this is a list'],
    [
      `${CALL}\n    json: 1\n    form: { a: 1 }`,
      '4:5',
      'a call has one body, and this has `json` and `form`',
    ],
    [
      `${CALL}\n    form: { a: 1 }\n    body: a`,
      '4:5',
      'a call has one body, and this has `form` and `body`',
    ],
    ['call: CONNECT http://127.0.0.1:1/', '2:11', 'CONNECT opens a tunnel'],
    [`${CALL}\n    headers: { X-A: 中 }`, '3:21', 'the header X-A has the character "中"'],
    [`${CALL}\n    headers: { X A: 1 }`, '3:21', '"X A" is no name of a header'],
    [`${CALL}\n    headers: { content-length: 1 }`, '3:32', 'content-length is set by the client itself'],
    [`${CALL}\n    capture: { now.unix: $.a }`, '3:16', '${now.unix} is something else'],
    ['run: echo\n    capture: { env.HOME: stdout }', '3:16', '${env.HOME} is something else'],
    [
      `${CALL}\n    capture: { a: { jsn: x } }`,
      '3:19',
      'a JSONPath, or one of `json`, `header`, `xml` and `regex`',
    ],
    [`${CALL}\n    name: "\${nothing}"`, '3:11', '${nothing} is not known here'],
    [`${CALL}\n    json: { "\${nothing}": 1 }`, '3:27', '${nothing} is not known here'],
  ])('%s', async (step, place, message) => {
    const cwd = temporaryFolder({ 'flow.yaml': `steps:\n  - ${step}\n` });
    for (const command of ['send', 'validate']) {
      const args = [command, './flow.yaml', '--target', NOWHERE];
      const { status, stderr } = await wxnotify(args, { cwd, env: merchantEnv });
      expect(stderr).toContain(`flow.yaml:${place}: `);
      expect(stderr).toContain(message);
      expect(status).toBe(2);
    }
  });

  test.each(['call: GET http://127.0.0.1:1/\ncapture: { a: $.a }', 'run: echo a', 'run: echo a\nsteps: []'])(
    '%s at the top belongs under `steps`',
    async (text) => {
      const cwd = temporaryFolder({ 'flow.yaml': `${text}\n` });
      const { status, stderr } = await wxnotify(['validate', './flow.yaml'], { cwd });
      expect(stderr).toContain('flow.yaml:1:1: ');
      expect(stderr).toContain('Put it under `steps:`');
      expect(stderr).toContain('0 scenarios are valid, 1 is not');
      expect(status).toBe(2);
    },
  );
});

test('a template may have blanks around its name', async () => {
  const flow = `vars: { amount: 1 }\nsteps:\n  - run: echo \${ amount } a\n    expect: { stdout: 1 a }\n`;
  expect(await sendFlow(flow)).toMatchObject({ status: 0 });
});

describe('what is known only later', () => {
  test.each([
    ['a\\nb', '"\\n", which no header can carry'],
    ['中', '"中", which no header can carry'],
  ])('a header that is captured: %s', async (text, words) => {
    const { url, received } = await startServer((_, response) => {
      response.end(`{"a":"${text}"}`);
    });
    const flow = `steps:
  - call: GET ${url}
    capture: { a: $.a }
  - call: GET ${url}
    headers: { X-A: "\${a}" }
`;
    const { status, stdout } = await sendFlow(flow, url);
    expect(stdout).toContain(words);
    expect(stdout).not.toContain('not HTTP');
    expect(status).toBe(1);
    expect(received).toHaveLength(1);
  });

  test('a value that XML cannot carry, for a field that is named like it', async () => {
    const { url, received } = await startServer((_, response) => {
      response.end('{"a":"\\u0001"}');
    });
    const flow = `steps:
  - call: GET ${url}
    capture: { attach: $.a }
  - notify: v2/payment
`;
    const { status, stdout } = await sendFlow(flow, url);
    expect(stdout).toContain('which XML cannot carry');
    expect(status).toBe(1);
    expect(received).toHaveLength(1);
  });
});

test.each([
  ['POST', 1],
  ['PATCH', 1],
  ['PUT', 2],
  ['GET', 2],
])('%s on a connection that dies is sent %i times', async (method, times) => {
  const { url, received } = await startServer((request, response) => {
    if (request.url === '/cut') response.socket?.destroy();
    else response.end('{}');
  });
  const cut = new URL('/cut', url).href;
  const { status } = await sendFlow(
    `steps:\n  - call: GET ${url}\n  - call: ${method} ${cut}\n    delay: 200ms\n`,
    url,
  );
  expect(received.filter((request) => request.url === '/cut')).toHaveLength(times);
  expect(status).toBe(3);
});

test('after the first, a try has only the time that is left', async () => {
  const { url, received } = await startServer((_, response) => {
    if (received.length === 1) response.writeHead(500).end();
  });
  const began = performance.now();
  const flow = `steps:\n  - call: GET ${url}\n    timeout: 30s\n    eventually: 1s\n`;
  const { status, stdout } = await sendFlow(flow, url);
  expect(stdout).toContain('2 tries');
  expect(stdout).toContain('`timeout` gives a call longer than 10s');
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(status).toBe(3);
});

test('a command that is not there is told as one', async () => {
  const { status, stdout } = await sendFlow('steps:\n  - run: there-is-no-such-command\n');
  expect(stdout).toContain('next      Is the command there, and may it be executed?');
  expect(status).toBe(1);
});
