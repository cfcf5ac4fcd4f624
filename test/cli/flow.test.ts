/** Flows: calls to the merchant's own API and commands, between notifications. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { startMerchant } from '../../src/merchant/server.ts';
import {
  merchant,
  merchantEnv,
  reported,
  temporaryFolder,
  wxnotify,
  type CliResult,
} from '../support/cli.ts';

async function shop(): Promise<string> {
  const server = await startMerchant({ credentials: demoCredentials });
  onTestFinished(() => server.close());
  return server.url;
}

/** Sends a flow, as the demo merchant. */
async function send(yaml: string, url: string, ...more: string[]): Promise<CliResult> {
  const cwd = temporaryFolder({ 'flow.yaml': yaml });
  return wxnotify(['send', './flow.yaml', '--profile', 'demo', '--target', url, ...more], { cwd });
}

const PLACED = `
  - call: POST \${target.origin}/orders
    json: { total_fee: "\${amount}" }
    capture: { out_trade_no: $.out_trade_no }
`;

describe('the effect is seen', () => {
  test.each(['credited-once', 'refund-twice'])('flow/%s passes at a correct merchant', async (name) => {
    const { status, stdout } = await wxnotify(['send', name, '--profile', 'demo', '--target', await shop()]);
    expect(stdout).toMatch(/✓ call {2}the books {2}HTTP 200/);
    expect(status).toBe(0);
  });

  test('a merchant that credits every copy is found out', async () => {
    const orders = new Map<string, number>();
    const server: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const json = (value: object): void => void response.setHeader('content-type', 'application/json').end(JSON.stringify(value)); // prettier-ignore
        if (request.url === '/notify') {
          const number = /<out_trade_no><!\[CDATA\[(\w+)/.exec(body)?.[1] ?? '';
          orders.set(number, (orders.get(number) ?? 0) + 1);
          response.end('<xml><return_code>SUCCESS</return_code></xml>');
        } else if (request.method === 'POST') {
          orders.set('A1', 0);
          json({ out_trade_no: 'A1' });
        } else json({ state: 'PAID', paid_count: orders.get(request.url?.split('/').at(-1) ?? '') });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`;
    const { status, stdout } = await wxnotify([
      'send',
      'credited-once',
      '--profile',
      'demo',
      '--target',
      url,
    ]);
    expect(status).toBe(1);
    expect(stdout).toMatch(/expected {2}\$\.paid_count is 1\n +got {7}3\n/);
  });
});

describe('call', () => {
  test('variables flow; numbers stay numbers; --json tells each step', async () => {
    const flow = `vars: { amount: 250 }\nsteps:${PLACED}  - notify: v2/payment\n    fields: { total_fee: "\${amount}" }\n`;
    const cwd = temporaryFolder({ 'flow.yaml': flow });
    const args = ['send', './flow.yaml', '--profile', 'demo', '--target', await shop()];
    const { report, status } = await reported(args, { cwd });
    expect(status).toBe(0);
    const { steps } = report as unknown as {
      steps: { captured: { out_trade_no: string }; request: { body: string } }[];
    };
    expect(steps).toMatchObject([{ step: 1, does: 'call', ok: true, tries: 1, response: { status: 201 } }]);
    expect(steps[0]?.request.body).toBe('{"total_fee":250}');
    expect(report.deliveries).toMatchObject([{ step: 2, out_trade_no: steps[0]?.captured.out_trade_no }]);
  });

  test.each([
    ['expect: { status: 404 }', 'HTTP 404', 'HTTP 201'],
    ['expect: { json: { $.total_fee: 2 } }', '$.total_fee is 2', '100'],
    ['expect: { json: { $.nothing: 1 } }', '$.nothing is 1', 'nothing there'],
    [
      'expect: { headers: { content-type: text/html } }',
      'the header content-type: text/html',
      'application/json',
    ],
    ['expect: { body: /^x/ }', '/^x/', '{"out_trade_no"'],
    ['capture: { id: $.id }', 'id at $.id', 'nothing there'],
    ['capture: { id: { header: x-id } }', 'id at x-id', 'nothing there'],
  ])('%s', async (line, expected, got) => {
    const flow = `steps:\n  - call: POST \${target.origin}/orders\n    json: { total_fee: 100 }\n    ${line}\n`;
    const { status, stdout } = await send(flow, await shop());
    expect(status).toBe(1);
    expect(stdout).toContain(`expected  ${expected}\n      got       ${got}`);
  });

  test('captures by header, regular expression and XML path', async () => {
    const flow = `steps:
  - call: POST \${target.origin}/notify
    body: <xml></xml>
    capture: { code: { xml: return_code }, message: { regex: '/msg><!.CDATA.(.*?)\\]/' }, type: { header: Content-Type } }
  - run: [echo, "\${code}|\${message}|\${type}"]
    expect: { stdout: "FAIL|return_code=(missing)|text/xml; charset=utf-8" }
`;
    expect((await send(flow, await shop())).status).toBe(0);
  });

  test('a target that is down is not delivered: 3', async () => {
    const { status, stdout } = await send(
      'steps:\n  - call: GET http://127.0.0.1:1/x\n',
      'http://127.0.0.1:1/',
    );
    expect(status).toBe(3);
    expect(stdout).toContain('no answer');
  });

  test('goes to no host that notifications may not go to', async () => {
    const flow = 'steps:\n  - call: GET http://203.0.113.1/x\n';
    const { status, stderr } = await send(flow, 'http://127.0.0.1:1/');
    expect(status).toBe(2);
    expect(stderr).toContain('203.0.113.1 is neither loopback nor private');
  });
});

describe('eventually', () => {
  test('tries until it holds', async () => {
    let count = 0;
    const server = createServer((_, response) => response.end(String(++count)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const flow = `steps:\n  - call: GET ${url}\n    expect: { body: "3" }\n    eventually: 20s\n`;
    const { status, stdout } = await send(flow, url);
    expect(stdout).toContain('3 tries');
    expect(status).toBe(0);
  });
});

describe('run', () => {
  test('no shell, and no key, unless it is asked for', async () => {
    const flow = `steps:
  - run: echo $HOME;date
    expect: { stdout: "$HOME;date" }
  - run: 'echo "$WXNOTIFY_API_KEY|$NAMED"'
    shell: true
    env: { NAMED: "\${env.WXNOTIFY_API_KEY}" }
    capture: { out: stdout }
    expect: { stdout: '/^.{0}\\|.{32}$/' }
`;
    const cwd = temporaryFolder({ 'flow.yaml': flow });
    const { status, stdout, stderr } = await wxnotify(
      ['send', './flow.yaml', '--target', 'http://127.0.0.1:1/', '-v'],
      { cwd, env: merchantEnv },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toContain(merchant.api_key);
  });

  test.each([
    ['run: [node, -e, "process.exit(3)"]', 'exit status 0', 'exit status 3'],
    ['run: [sh, -c, "exit 3"]\n    expect: { exit: 4 }', 'exit status 4', 'exit status 3'],
    ['run: there-is-no-such-command', 'exit status 0', 'it could not be started'],
    ['run: sleep 600\n    timeout: 100ms', 'exit status 0', 'no end within 100 ms'],
    ['run: [sh, -c, "echo a >&2"]\n    expect: { stderr: b }', 'b', 'a'],
  ])('%s', async (line, expected, got) => {
    const { status, stdout } = await send(`steps:\n  - ${line}\n`, 'http://127.0.0.1:1/');
    expect(status).toBe(1);
    expect(stdout).toContain(`expected  ${expected}\n      got       ${got}`);
  });
});

test('when: always cleans up after a failure; other steps are skipped', async () => {
  const flow = `steps:
  - run: [sh, -c, "exit 1"]
  - run: [echo, skipped]
  - name: clean up
    when: always
    delay: 10ms
    run: [echo, cleaned]
`;
  const { status, stdout } = await send(flow, 'http://127.0.0.1:1/');
  expect(status).toBe(1);
  expect(stdout).toContain('- step 2 (echo skipped) skipped');
  expect(stdout).toContain('✓ run  clean up  exit 0');
});

test.each([
  ['call: orders', 'a method and a URL'],
  ['call: GET x\n    jsn: 1', '`jsn` is no key of `step 1`'],
  ['run: []', 'at least the command'],
  ['run: x\n    notify: v2/payment', 'no key of `step 1`'],
  ['call: GET http://127.0.0.1:1/${nothing}', '${nothing} is not known here'],
  ['call: GET http://127.0.0.1:1/\n    capture: { a: id }', '"id" is no JSONPath'],
  ['call: GET http://127.0.0.1:1/\n    expect: { json: { "$[": 1 } }', '"$[" is no JSONPath'],
])('%s is wrong before anything is sent', async (line, message) => {
  const cwd = temporaryFolder({ 'flow.yaml': `steps:\n  - ${line}\n` });
  for (const command of ['send', 'validate']) {
    const { status, stderr } = await wxnotify([command, './flow.yaml', '--target', 'http://127.0.0.1:1/'], {
      cwd,
      env: merchantEnv,
    });
    expect([command, status]).toEqual([command, 2]);
    expect(stderr).toMatch(/flow\.yaml:\d+:\d+: /);
    expect(stderr).toContain(message);
  }
});

test('what is captured only later has a stand-in where nothing is sent, and is told', async () => {
  const args = ['build', 'credited-once', '--profile', 'demo', '--target', 'http://127.0.0.1:1/'];
  const { stdout, stderr } = await wxnotify(args);
  expect(stdout).toContain('<out_trade_no><![CDATA[out_trade_no]]>');
  expect(stderr).toContain('out_trade_no: captured when the flow runs');
  const set = await wxnotify([...args, '--set', 'out_trade_no=A1']);
  expect(set.stdout).toContain('<out_trade_no><![CDATA[A1]]>');
  expect(set.stderr).not.toContain('captured');
});
