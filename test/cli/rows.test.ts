/** Files that are several scenarios, as `validate`, `list`, `show`, `send` and `demo` know them. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { startMerchant } from '../../src/merchant/server.ts';
import { merchantEnv, temporaryFolder, wxnotify } from '../support/cli.ts';

const FILES = {
  'scenarios/amounts.yaml': `summary: \${amount} fen
matrix: { amount: [1, 100], sign_type: [MD5, HMAC-SHA256] }
notify: v2/payment
sign_type: \${sign_type}
fields: { total_fee: '\${amount}' }
`,
  'scenarios/kinds.yaml': 'cases: kinds.csv\nnotify: ${kind}\nexpect: { ack: "${ack}" }\n',
  'scenarios/kinds.csv': 'name,kind,ack\nof a payment,v2/payment,SUCCESS\n,v2/refund,SUCCESS\n',
  'scenarios/flow.yaml': 'steps:\n  - use: _steps/pay.yaml\n  - notify: v2/payment\n    name: again\n',
  'scenarios/_steps/pay.yaml': '# how it begins\n- name: paid\n  notify: v2/payment\n',
  'scenarios/_folder.yaml': 'defaults: { tags: [shop], serial: true, expect: { within: 20s } }\n',
};

const run = (args: readonly string[], files: Readonly<Record<string, string>> = {}) =>
  wxnotify(args, { cwd: temporaryFolder({ ...FILES, ...files }), env: merchantEnv });

describe('list', () => {
  test('counts them', async () => {
    const { stdout } = await run(['list', '--tag', 'shop']);
    expect(stdout.split('\n').map((line) => line.trimEnd())).toEqual([
      'amounts  1 fen  (4 variants)  (yours)',
      'flow       (yours)',
      'kinds      (2 variants)  (yours)',
      '',
    ]);
  });

  test('names them', async () => {
    const { stdout } = await run(['list', '--tag', 'shop', '--json']);
    const { scenarios } = JSON.parse(stdout) as { scenarios: { name: string; variants: string[] }[] };
    expect(scenarios.map(({ variants }) => variants)).toEqual([
      [
        'amounts[amount=1,sign_type=MD5]',
        'amounts[amount=1,sign_type=HMAC-SHA256]',
        'amounts[amount=100,sign_type=MD5]',
        'amounts[amount=100,sign_type=HMAC-SHA256]',
      ],
      ['flow'],
      ['kinds[of a payment]', 'kinds[kind=v2/refund,ack=SUCCESS]'],
    ]);
  });
});

describe('send', () => {
  test('one row, with its values', async () => {
    const { stdout, status } = await run([
      'send',
      'amounts[amount=100,sign_type=HMAC-SHA256]',
      '--dry-run',
      '--json',
    ]);
    expect(status).toBe(0);
    const { scenario, requests } = JSON.parse(stdout) as { scenario: string; requests: { request: { body: string } }[] }; // prettier-ignore
    expect(scenario).toBe('amounts[amount=100,sign_type=HMAC-SHA256]');
    expect(requests[0]?.request.body).toMatch(
      /<total_fee>100<.*<sign>[0-9A-F]{64}|<sign><!\[CDATA\[[0-9A-F]{64}/s,
    );
  });

  test('each row is an order of its own, also with the same seed', async () => {
    const cwd = temporaryFolder(FILES);
    const orders = await Promise.all(
      ['1', '100'].map(async (amount) => {
        const name = `amounts[amount=${amount},sign_type=MD5]`;
        const { stdout } = await wxnotify(['build', name, '--seed', '1'], { cwd, env: merchantEnv });
        return /<out_trade_no><!\[CDATA\[(\w+)/.exec(stdout)?.[1];
      }),
    );
    expect(orders[0]).toMatch(/^WXN/);
    expect(orders[0]).not.toBe(orders[1]);
  });

  test('several: it says which, and what runs them all', async () => {
    const { stderr, status } = await run(['send', 'amounts']);
    expect(status).toBe(2);
    expect(stderr).toContain('`amounts` is 4 scenarios');
    expect(stderr).toContain('amounts[amount=1,sign_type=MD5]');
    expect(stderr).toContain('`wxnotify run amounts` runs them all');
  });

  test('a row’s value cannot be set, and a row that is not there is told', async () => {
    const set = await run(['send', 'kinds[of a payment]', '--set', 'ack=FAIL', '--dry-run']);
    expect(set).toMatchObject({ status: 2 });
    expect(set.stderr).toMatch(/--set ack: kinds\[of a payment\] has its value from its row\n.*another row/);
    const unknown = await run(['send', 'kinds[of a paiment]']);
    expect(unknown).toMatchObject({ status: 2 });
    expect(unknown.stderr).toContain('Did you mean `of a payment`?');
  });

  test('run tells a step’s place in the file that it stands in', async () => {
    const merchant = await startMerchant({ credentials: demoCredentials });
    onTestFinished(() => merchant.close());
    const cwd = temporaryFolder({ ...FILES, 'scenarios/_steps/pay.yaml': '\n\n- notify: v2/payment\n  expect: { status: 500 }\n' }); // prettier-ignore
    const sent = await wxnotify(['run', 'flow', '--profile', 'demo', '--target', merchant.url], { cwd });
    expect(sent.status).toBe(1);
    expect(sent.stdout).toMatch(/scenarios\/_steps\/pay\.yaml:3:3/);
  });
});

describe('validate', () => {
  test('checks every row, and tells each thing once', async () => {
    const cases = 'cases: [{ n: 1, note: fine }, { n: x, note: fine }, { n: x, note: "\\x01" }]';
    const rows = `${cases}\nnotify: v2/payment\ntimes: \${n}\nexpect: { wihtin: 1s }`;
    const { stderr, status } = await run(['validate', 'scenarios/bad.yaml'], { 'scenarios/bad.yaml': rows });
    expect(status).toBe(2);
    expect(stderr.match(/^error/gm)?.length).toBe(2);
    expect(stderr).toMatch(/bad\.yaml:4:11: `wihtin` is no key of `expect`\n/);
    expect(stderr).toMatch(
      /bad\.yaml:3:8: `times` is "x", and must be a number, in bad\[n=x,note=fine\] and 1 more\n/,
    );
  });

  test('a value that cannot be sent is told with its row, at its place', async () => {
    const { stderr, status } = await run(['validate', 'scenarios/bad.yaml', '--strict'], {
      'scenarios/bad.yaml': 'cases: bad.csv\nnotify: v2/payment',
      'scenarios/bad.csv': 'name,total_fee,attach\ngood,1,a\nwrong,-5,a\n',
    });
    expect(status).toBe(2);
    expect(stderr).toMatch(/scenarios\/bad\.csv:3:1: .*total_fee is "-5".*, in bad\[wrong\]\n/);
  });

  test('what is wrong in a file that several share is told once', async () => {
    const { stderr, status } = await run(['validate'], {
      'scenarios/_folder.yaml': 'defaults: { timout: 1s }',
    });
    expect(status).toBe(2);
    expect(stderr.match(/^error/gm)?.length).toBe(1);
    expect(stderr).toMatch(/scenarios\/_folder\.yaml:1:13.*\n.*Did you mean `timeout`\?\n.*3 are not\n/);
  });

  test('all is well', async () => {
    expect(await run(['validate', '--strict'])).toMatchObject({ status: 0, stderr: '', stdout: '7 scenarios are valid\n' }); // prettier-ignore
  });
});

describe('show', () => {
  test('prints the file, and says what belongs to it', async () => {
    const { stdout, stderr } = await run(['show', 'flow']);
    expect(stdout).toBe(FILES['scenarios/flow.yaml']);
    expect(stderr).toMatch(/scenarios\/_folder\.yaml and \S+scenarios\/_steps\/pay\.yaml: copy/);
  });

  test('of a row, what it is', async () => {
    const { stdout } = await run(['show', 'kinds[of a payment]', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'kinds[of a payment]',
      tags: ['shop'],
      serial: true,
      vars: { kind: 'v2/payment', ack: 'SUCCESS' },
      steps: [{ notify: 'v2/payment', expect: { each: { ack: 'SUCCESS', within_ms: 20_000 } } }],
    });
  });
});
