/** `audit` as a user runs it: the plan, the findings, the exit status, the configuration, and a handler that is not there. */
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startMerchant } from '../../src/merchant/server.ts';
import type { BugName } from '../../src/merchant/bugs.ts';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { temporaryFolder, wxnotify } from '../support/cli.ts';

/** The probes of the merchant that `listen` starts. */
const PROBES = `audit:
  create_order:
    call: POST \${target.origin}/orders
    json: { total_fee: "\${amount}" }
    capture: { out_trade_no: $.out_trade_no }
  order_state:
    call: GET \${target.origin}/orders/\${out_trade_no}
    capture: { paid_count: $.paid_count, status: $.state, refunded: $.refunded }
  close_order: { call: "POST \${target.origin}/orders/\${out_trade_no}/close" }
`;

async function merchant(bugs: readonly BugName[] = [], answer?: 'success' | 'fail'): Promise<string> {
  const misbehaviour = answer ? { answer } : {};
  const running = await startMerchant({
    credentials: demoCredentials,
    bugs: new Set(bugs),
    adopt: true,
    misbehaviour,
  });
  onTestFinished(() => running.close());
  return running.url;
}

const SOME = 'forged-signature,wrong-amount,repeated-payment';

interface Document {
  readonly ok: boolean;
  readonly exit: number;
  readonly summary: Readonly<Record<string, number>>;
  readonly findings: readonly {
    readonly case: string;
    readonly severity: string;
    readonly reproduce: string;
  }[];
  readonly undecided: readonly { readonly case: string; readonly why: string; readonly fix: string }[];
}

async function audit(
  url: string,
  args: readonly string[],
  config: string | undefined = PROBES,
): Promise<{ readonly status: number | null; readonly stderr: string; readonly report: Document }> {
  const cwd = temporaryFolder(config === '' ? {} : { 'wxnotify.yaml': config });
  const common = ['audit', '--profile', 'demo', '--target', url, '--only', 'v2', '--json'];
  const run = await wxnotify([...common, ...args], { cwd });
  return { status: run.status, stderr: run.stderr, report: JSON.parse(run.stdout) as Document };
}

describe('a handler', () => {
  test('that is right has a clean report', async () => {
    const { status, report } = await audit(await merchant(), ['--case', SOME]);
    expect(status).toBe(0);
    expect(report).toMatchObject({ schema: 'wxnotify/1', ok: true, exit: 0, findings: [], undecided: [] });
    expect(report.summary).toMatchObject({ cases: 4, passed: 4, failed: 0, undecided: 0 }); // with the control
  });

  test.each<[BugName, string, string]>([
    ['forgets-signature', 'hostile/signature/forged-signature', 'critical'],
    ['forgets-amount', 'hostile/value/wrong-amount', 'critical'],
    ['credits-twice', 'hostile/replay/repeated-payment', 'critical'],
  ])('that %s is found by %s', async (bug, name, severity) => {
    const { status, report } = await audit(await merchant([bug]), ['--case', SOME]);
    expect(status).toBe(1);
    expect(report.findings).toMatchObject([{ case: name, severity, kind: 'v2/payment' }]);
    const [{ reproduce } = { reproduce: '' }] = report.findings;
    expect(reproduce).toMatch(new RegExp(`^wxnotify audit --case ${name} `));
  });

  test('that only refuses copies is not failed below --fail-on', async () => {
    const url = await merchant(['refuses-copies']);
    const mild = await audit(url, ['--case', 'repeated-payment']);
    expect(mild).toMatchObject({ status: 0, report: { ok: true, findings: [{ severity: 'medium' }] } });
    const strict = await audit(url, ['--case', 'repeated-payment', '--fail-on', 'medium']);
    expect(strict).toMatchObject({ status: 1, report: { ok: false } });
  });

  test('that refuses everything does not pass: nothing is decided', async () => {
    const { status, report } = await audit(await merchant([], 'fail'), ['--case', 'forged-signature'], '');
    expect(status).toBe(1);
    expect(report.summary).toMatchObject({ passed: 0, failed: 0, undecided: 1 });
    expect(report.undecided[0]?.why).toContain('does not accept an authentic v2/payment');
  });

  test('that acknowledges everything fails without any probe', async () => {
    const { status, report } = await audit(await merchant([], 'success'), ['--case', SOME], '');
    expect(status).toBe(1);
    expect(report.findings.map((finding) => finding.case)).toEqual(['hostile/signature/forged-signature']);
    expect(report.undecided.map((one) => one.case).sort()).toEqual([
      'hostile/replay/repeated-payment',
      'hostile/value/wrong-amount',
    ]);
    expect(report.undecided[0]?.fix).toContain('audit.order_state');
  });

  test('that is not there: 3, and nothing is called safe', async () => {
    const running = await startMerchant({ credentials: demoCredentials });
    await running.close();
    const { status, stderr, report } = await audit(running.url, ['--case', 'forged-signature'], '');
    expect(status).toBe(3);
    expect(stderr).toContain('nobody answers at');
    expect(report).toMatchObject({ ok: false, exit: 3, summary: { passed: 0, failed: 0, undecided: 1 } });
  });
});

test('the report for people says what happened, why it matters, and what to do', async () => {
  const cwd = temporaryFolder({ 'wxnotify.yaml': PROBES });
  const url = await merchant(['forgets-signature']);
  const args = ['audit', '--profile', 'demo', '--target', url, '--case', 'forged-signature', '--no-color'];
  const { status, stdout, stderr } = await wxnotify(args, { cwd });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^auditing http:\S+: 1 case, \d+ requests, at most 1000 a second\.\n$/);
  expect(stdout).toMatch(/^critical Anybody who knows the URL/);
  for (const word of ['case', 'seen', 'sent', 'answered', 'order', 'why', 'fix', 'more', 'alone'])
    expect(stdout).toMatch(new RegExp(`^  ${word} `, 'm'));
  expect(stdout).toContain('paid_count 0 → 1');
  expect(stdout).not.toContain(demoCredentials.api_key.reveal());
  expect(stdout).toMatch(/2 cases: 1 passed, 1 failed \(1 critical\)\n$/);
});

test('--list sends nothing', async () => {
  const { status, stdout } = await wxnotify([
    'audit',
    '--list',
    '--profile',
    'demo',
    '--target',
    'http://127.0.0.1:9/x',
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain('hostile/signature/forged-signature');
  expect(stdout).toMatch(/\d{3} cases, \d+ that cannot be tried\n$/);
});

test('--list needs neither target nor keys', async () => {
  const { status, stdout } = await wxnotify(['audit', '--list', '--only', 'v3'], {
    cwd: temporaryFolder({}),
  });
  expect(status).toBe(0);
  expect(stdout).toContain('hostile/v3/signature/forged-signature-v3');
  expect(stdout).not.toContain('hostile/signature/');
});

describe('what is wrong with the configuration is told where it stands, and nothing is sent', () => {
  const at = 'http://127.0.0.1:9/notify';
  test.each<[string, string, RegExp]>([
    [
      'no capture',
      'audit: { create_order: { call: POST http://127.0.0.1:9/orders } }',
      /wxnotify\.yaml:1:\d+: `create_order` must capture `out_trade_no`/,
    ],
    [
      'a look at nothing',
      'audit:\n  order_state: { call: GET http://127.0.0.1:9/o, capture: { status: $.s } }',
      /wxnotify\.yaml:2:3: `order_state` looks at orders, and nothing places any/,
    ],
    [
      'a misspelt key',
      'audit:\n  creat_order: { call: GET http://127.0.0.1:9/o }',
      /wxnotify\.yaml:2:3: [^\n]*creat_order[\s\S]*Did you mean `create_order`/,
    ],
    ['no URL', 'audit:\n  endpoints: { v3: nowhere }', /wxnotify\.yaml:2:20: "nowhere" is no URL/],
    ['an unknown variable', PROBES.replace('${amount}', '${price}'), /wxnotify\.yaml:\d+:\d+: [^\n]*price/],
  ])('%s', async (_, config, said) => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': config });
    const run = await wxnotify(['audit', '--profile', 'demo', '--target', at, '--case', 'forged-signature'], {
      cwd,
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(said);
    expect(run.stdout).toBe('');
  });

  test.each<[readonly string[], RegExp]>([
    [['--case', 'paid'], /payment\/paid is no case of an audit/],
    [['--case', 'forged-signatur'], /Did you mean `forged-signature`/],
    [['--fail-on', 'worst'], /Give one of critical, high, medium, low/],
    [['--report', 'pdf=x'], /Known: text/],
  ])('%j', async (args, said) => {
    const run = await wxnotify(['audit', '--profile', 'demo', '--target', at, ...args], {
      cwd: temporaryFolder({}),
    });
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(said);
  });
});

test('endpoints say where each kind goes; --target takes the place of those of other servers', async () => {
  const url = await merchant(['forgets-signature']);
  const config = `${PROBES}  endpoints: { v2/payment: "${url}/v2/pay" }\n`.replaceAll(
    '${target.origin}',
    new URL(url).origin,
  );
  const cwd = temporaryFolder({ 'wxnotify.yaml': config, 'out/.keep': '' });
  const args = [
    'audit',
    '--profile',
    'demo',
    '--case',
    'forged-signature',
    '--report',
    'json=out/audit.json',
  ];
  expect((await wxnotify(args, { cwd })).status).toBe(1);
  const document = (): string => readFileSync(`${cwd}/out/audit.json`, 'utf8');
  expect(document()).toContain(`${url}/v2/pay`);
  const other = await merchant();
  expect((await wxnotify([...args, '--target', other], { cwd })).status).toBe(1); // its order is placed at the other server
  expect(document()).toContain(other);
  expect(document()).not.toContain(`${url}/v2/pay`);
});
