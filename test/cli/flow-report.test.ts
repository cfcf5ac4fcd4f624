/** What is told of calls and commands: to people, to programs, and never a key. */
import { describe, expect, test } from 'vitest';
import { merchant, merchantEnv, temporaryFolder, wxnotify } from '../support/cli.ts';
import { NOWHERE, reportFlow, sendFlow } from '../support/flow.ts';
import { startServer } from '../support/server.ts';

const KEY = merchant.api_key;

describe('to people', () => {
  test('--verbose shows headers both ways', async () => {
    const { url } = await startServer((_, response) => {
      response.writeHead(200, { 'x-b': '2' }).end('{"a":1}');
    });
    const flow = `steps:\n  - call: POST ${url}\n    headers: { X-A: 1 }\n    json: { b: 2 }\n`;
    const { stdout } = await sendFlow(flow, url, '--verbose');
    expect(stdout).toContain('    > X-A: 1\n');
    expect(stdout).toContain('    > {"b":2}\n');
    expect(stdout).toContain('    < HTTP 200\n');
    expect(stdout).toContain('    < x-b: 2\n');
    expect(stdout).toContain('    < {"a":1}\n');
  });

  test('what others sent writes neither colours nor lines of its own', async () => {
    const { url } = await startServer((_, response) => {
      response.end('{"a":"x\\u001b[31m\\n  ✓ call  forged  HTTP 200"}');
    });
    const { stdout } = await sendFlow(`steps:\n  - call: GET ${url}\n    capture: { a: $.a }\n`, url);
    expect(stdout).toContain('a=x\\x1b[31m ⏎ ✓ call  forged');
    expect(stdout).not.toContain('\u001b');
    expect(stdout.match(/^ *✓/gm)).toHaveLength(1);
  });
});

describe('to programs', () => {
  test('what a command is given', async () => {
    const flow = `steps:\n  - run: cat\n    env: { A: 1 }\n    stdin: text\n  - run: echo\n`;
    const { steps } = await reportFlow(flow);
    expect(steps).toMatchObject([
      { step: 1, does: 'run', env: { A: '1' }, stdin: 'text', stdout: 'text' },
      { step: 2, does: 'run', env: {}, stdin: null },
    ]);
  });

  test('steps that were skipped, and that could not be done', async () => {
    const { url } = await startServer((_, response) => {
      response.end('{"a":"\\n"}');
    });
    const flow = `steps:
  - call: GET ${url}
    capture: { a: $.a }
  - call: GET ${url}
    headers: { X-A: "\${a}" }
  - notify: v2/payment
  - run: echo
`;
    const { steps, status } = await reportFlow(flow, url);
    expect(steps).toMatchObject([
      { step: 1, does: 'call', ok: true },
      { step: 2, does: 'call', ok: false, error: expect.stringContaining('no header can carry') as string },
      { step: 3, does: 'notify', ok: false, skipped: true },
      { step: 4, does: 'run', ok: false, skipped: true },
    ]);
    expect(status).toBe(1);
  });
});

describe('no part of a key', () => {
  test.each([
    ['a captured half', `capture: { half: '/KEY=(.{20})/' }`],
    ['what was expected of a long output', `expect: { stdout: none }`],
  ])('%s', async (_, more) => {
    const flow = `steps:
  - run: [sh, -c, 'printf %0380d 0; echo "KEY=$KEY"']
    env: { KEY: "\${env.WXNOTIFY_API_KEY}" }
    ${more}
`;
    const cwd = temporaryFolder({ 'flow.yaml': flow });
    for (const more of [[], ['--json'], ['--verbose']]) {
      const args = ['send', './flow.yaml', '--target', NOWHERE, ...more];
      const { stdout, stderr } = await wxnotify(args, { cwd, env: merchantEnv });
      expect(`${stdout}${stderr}`).not.toContain(KEY.slice(0, 6));
      expect(stdout).toContain('********');
    }
  });

  test('at the end of what is cut off', async () => {
    const flow = `steps:
  - run: [sh, -c, 'head -c 1048570 /dev/zero | tr "\\0" x; printf %.16s "$KEY"; sleep 0.5; printf %s "$KEY" | tail -c 16']
    env: { KEY: "\${env.WXNOTIFY_API_KEY}" }
`;
    const cwd = temporaryFolder({ 'flow.yaml': flow });
    const args = ['send', './flow.yaml', '--target', NOWHERE, '--json'];
    const { stdout } = await wxnotify(args, { cwd, env: merchantEnv });
    expect(stdout).toContain('xxxxx');
    expect(stdout).not.toContain(KEY.slice(0, 6));
  });
});
