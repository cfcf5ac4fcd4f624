/** `demo`: every built-in scenario against the built-in merchant, without configuration. */
import { expect, test } from 'vitest';
import { temporaryFolder, wxnotify, type Report } from '../support/cli.ts';

const HOSTILE = {
  WXNOTIFY_APPID: 'wx0',
  WXNOTIFY_API_KEY: 'x'.repeat(32),
  WXNOTIFY_TARGET: 'http://203.0.113.1/',
};

interface Listed {
  readonly scenarios: readonly { readonly name: string; readonly tags: readonly string[] }[];
}

interface Demo {
  readonly scenarios: readonly (Report & { readonly scenario: string })[];
}

test('all of it passes, and it says what to try next', async () => {
  const { status, stdout, stderr } = await wxnotify(['demo']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { scenarios } = JSON.parse((await wxnotify(['list', '--json'])).stdout) as Listed;
  const listed = scenarios.flatMap(({ name, tags }) => (tags.includes('audit') ? [] : [name]));
  for (const name of listed) expect(stdout).toMatch(new RegExp(`^${name} {2}\\S`, 'm'));
  expect(stdout).toContain(`\n${listed.length} scenarios passed\n`);
  expect(stdout).toMatch(/credited \d+ orders; none of them twice/);
  expect(stdout).toMatch(/wxnotify send paid --profile demo --target/);
  expect(stdout).toMatch(/wxnotify send paid-v3 --profile demo --target/);
  expect(stdout).not.toContain('\u001b');
});

test('--json: a report of each, hostile ones refused', async () => {
  const { status, stdout } = await wxnotify(['demo', '--json', '--seed', 'a']);
  const document = JSON.parse(stdout) as Demo;
  expect(status).toBe(0);
  expect(document).toMatchObject({ schema: 'wxnotify/1', command: 'demo', ok: true, exit: 0, seed: 'a' });
  for (const { scenario, ok, failures, summary } of document.scenarios) {
    expect({ scenario, ok, failures }).toEqual({ scenario, ok: true, failures: [] });
    const refused = /^(v3\/)?hostile\//.test(scenario) || scenario === 'payment/communication-failed';
    if (!scenario.startsWith('flow/'))
      expect([scenario, 'FAIL' in summary.acks]).toEqual([scenario, refused]);
  }
  const steps = document.scenarios.find(
    ({ scenario }) => scenario === 'refund/partial-then-full',
  )?.deliveries;
  expect(steps?.map(({ step }) => step)).toEqual([1, 2, 3]);
});

test('only those that are named', async () => {
  const { stdout } = await wxnotify(['demo', 'paid', 'forged-signature', '--json']);
  expect((JSON.parse(stdout) as Demo).scenarios.map(({ scenario }) => scenario)).toEqual([
    'payment/paid',
    'hostile/signature/forged-signature',
  ]);
});

test('is not led astray by an environment, a configuration or scenarios of one’s own', async () => {
  const cwd = temporaryFolder({
    'wxnotify.yaml': 'profiles: { a: { target: "http://203.0.113.1/" } }',
    'scenarios/payment/paid.yaml': 'notify: [',
  });
  const { status, stderr } = await wxnotify(['demo', 'payment/paid'], { cwd, env: HOSTILE });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('--quiet says nothing when all is well', async () => {
  expect(await wxnotify(['demo', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
});

test('--verbose shows requests and answers', async () => {
  const { stdout } = await wxnotify(['demo', 'paid', '--verbose']);
  expect(stdout).toMatch(/^ +> POST http:\/\/127\.0\.0\.1:\d+\/notify$/m);
  expect(stdout).toMatch(/^ +< HTTP 200$/m);
});

test('leaves no journal: what the demo merchant got is not worth replaying', async () => {
  const cwd = temporaryFolder();
  await wxnotify(['demo', 'paid'], { cwd });
  expect((await wxnotify(['history', '--json'], { cwd })).stdout).toContain('"deliveries": []');
});

test('an unknown name: status 2, and nothing is run', async () => {
  const { status, stdout, stderr } = await wxnotify(['demo', 'paid', 'payd']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('Did you mean `paid`?');
});
