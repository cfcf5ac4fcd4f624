/** `listen`: a merchant that shows what arrives, as lines or JSON, and misbehaves on request. */
import type { ChildProcess } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { bugs } from '../../src/merchant/bugs.ts';
import { ended, merchant, merchantEnv, reported, start, wxnotify } from '../support/cli.ts';

interface Listener {
  readonly child: ChildProcess;
  readonly url: string;
  /** Ends it with Ctrl-C. */
  readonly stop: () => Promise<{ status: number | null; stdout: string; stderr: string }>;
}

/** Starts it on a free port, and reads from what it says where that is. */
async function listening(
  args: readonly string[],
  env: Record<string, string> = merchantEnv,
): Promise<Listener> {
  const child = start(['listen', '--port', '0', ...args], { env });
  const end = ended(child);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const found = /Listening on (http:\S+)/.exec((stderr += text))?.[1];
      if (found !== undefined) resolve(found);
    });
    void end.then((status) => reject(new Error(`ended with ${status}: ${stderr}`)));
  });
  return {
    child,
    url,
    stop: async () => {
      child.kill('SIGINT');
      return { status: await end, stdout, stderr };
    },
  };
}

const lines = (text: string): string[] => text.trim().split('\n');

test('prints a line for each notification, good or bad; Ctrl-C ends with 0', async () => {
  const { url, stop } = await listening([]);
  for (const name of ['paid', 'hostile/signature/forged-signature', 'refund/success'])
    await reported(['send', name, '--target', url]);
  await fetch(url, { method: 'POST', body: 'rubbish' });
  const { status, stdout, stderr } = await stop();
  expect(status).toBe(0);
  expect(stderr).toContain(`${merchant.mch_id}, ${merchant.appid}`);
  expect(lines(stdout)).toEqual([
    expect.stringMatching(/^✓ v2\/payment {2}1\.00 .*SUCCESS.*HTTP 200/),
    expect.stringMatching(/^✗ v2\/payment {2}1\.00 .*MD5 does not match.*FAIL.*HTTP 200/),
    expect.stringMatching(/^✓ v2\/refund {2}1\.00 .*SUCCESS.*HTTP 200/),
    expect.stringMatching(/^✗ not a notification/),
  ]);
});

test('--json: a line each, with every check', async () => {
  const { url, stop } = await listening(['--json']);
  await reported(['send', 'duplicate', '--target', url]);
  await reported(['send', 'hostile/signature/missing-signature', '--target', url]);
  const { status, stdout } = await stop();
  const seen = lines(stdout).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(status).toBe(0);
  expect(seen).toMatchObject([
    {
      schema: 'wxnotify/1',
      method: 'POST',
      path: '/notify',
      kind: 'v2/payment',
      ok: true,
      booking: 'done',
      answered: 200,
    },
    { ok: true, booking: 'already' },
    { ok: true, booking: 'already' },
    {
      ok: false,
      booking: null,
      answered: 200,
      checks: expect.arrayContaining([{ step: 'sign', ok: false, saw: 'no sign' }]) as unknown,
    },
  ]);
  expect(stdout).not.toContain(merchant.api_key);
});

test('is the demo merchant when nothing is configured', async () => {
  const { url, stop } = await listening([], {});
  expect((await wxnotify(['send', 'paid', '--profile', 'demo', '--target', url])).status).toBe(0);
  expect((await reported(['send', 'paid', '--target', url])).status).toBe(1);
  expect((await stop()).stderr).toContain('--profile demo');
});

describe('misbehaves', () => {
  test.each<[string[], string, number, object]>([
    [['--answer', 'fail'], 'paid', 1, { ack: 'FAIL', response: { status: 200 } }],
    [['--answer', 'success'], 'hostile/signature/forged-signature', 1, { ack: 'SUCCESS' }],
    [['--status', '500'], 'paid', 1, { ack: 'INVALID', response: { status: 500 } }],
    [['--status', '302'], 'paid', 1, { ack: 'INVALID', response: { status: 302 } }],
    [['--flaky', '1'], 'paid', 3, { response: null, error: expect.stringMatching(/^reset: /) as string }],
    [['--flaky', '0'], 'paid', 0, { ack: 'SUCCESS' }],
  ])('%j: send %s ends with %i', async (flags, name, exit, delivery) => {
    const { url, stop } = await listening(flags);
    const { status, report } = await reported(['send', name, '--target', url]);
    expect([status, report.exit]).toEqual([exit, exit]);
    expect(report.deliveries).toMatchObject([delivery]);
    expect((await stop()).status).toBe(0);
  });

  test('--delay: too late for --timeout, in time for the platform', async () => {
    const { url, stop } = await listening(['--delay', '1s']);
    const late = await reported(['send', 'paid', '--target', url, '--timeout', '300ms']);
    const { report, status } = await reported(['send', 'paid', '--target', url, '--timeout', '30s']);
    expect([late.status, status]).toEqual([3, 0]);
    expect(report.deliveries[0]?.duration_ms).toBeGreaterThanOrEqual(990);
    expect((await stop()).status).toBe(0);
  });

  test('Ctrl-C does not wait for an answer that is delayed', async () => {
    const { url, stop } = await listening(['--delay', '1h', '--json']);
    const waiting = fetch(url, { method: 'POST', body: '<xml></xml>' }).then(
      () => 'answered',
      () => 'cut',
    );
    await reported(['send', 'paid', '--target', url, '--timeout', '300ms']);
    expect((await stop()).status).toBe(0);
    expect(await waiting).toBe('cut');
  }, 20_000);
});

describe('--bug', () => {
  test('is loud, makes the mistake, and may be repeated', async () => {
    const { url, stop } = await listening(['--bug', 'credits-twice', '--bug', 'forgets-amount,races']);
    const { status } = await reported(['send', 'credited-once', '--target', url]);
    const order = { method: 'POST', body: JSON.stringify({ out_trade_no: 'A1', total_fee: 990 }) };
    await fetch(new URL('/orders', url), order);
    await reported(['send', 'paid', '--target', url, '--set', 'out_trade_no=A1', '--set', 'total_fee=1']);
    const books = await fetch(new URL('/orders/A1', url));
    expect(status).toBe(1);
    expect(await books.json()).toMatchObject({ state: 'PAID', paid_count: 1, total_fee: 990 });
    const { stderr } = await stop();
    expect(stderr).toContain('WRONG ON PURPOSE');
    for (const bug of ['credits-twice', 'forgets-amount', 'races'] as const)
      expect(stderr).toContain(`  ${bug}: ${bugs[bug]}\n`);
  });

  test('without it, the merchant is correct and says nothing of bugs', async () => {
    const { url, stop } = await listening([]);
    expect((await reported(['send', 'credited-once', '--target', url])).status).toBe(0);
    expect((await stop()).stderr).not.toContain('WRONG');
  });

  test.each([
    [['--bug', 'race'], 'there is no bug `race`', 'Did you mean `races`? Known: credits-twice, '],
    [['--bug', 'races,quux'], 'there is no bug `quux`', '  Known: credits-twice, '],
    [['--bug', 'constructor'], 'there is no bug `constructor`', 'Known: '],
    [['--bug', ''], 'there is no bug ``', 'Known: '],
  ])('%j is wrong usage', async (args, message, fix) => {
    const { status, stdout, stderr } = await wxnotify(['listen', ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain(fix);
  });

  test('--help says what each does', async () => {
    const { stdout } = await wxnotify(['listen', '--help']);
    for (const [name, does] of Object.entries(bugs))
      expect(stdout).toMatch(new RegExp(`^  ${name} +${does}$`, 'm'));
  });
});

test('a port that is taken: status 2', async () => {
  const { url } = await listening([]);
  const { status, stdout, stderr } = await wxnotify(['listen', '--port', new URL(url).port]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(new RegExp(`cannot listen on port ${new URL(url).port}: .*\\n.*--port 0`));
});

test('half a configuration is not the demo merchant', async () => {
  const { status, stderr } = await wxnotify(['listen', '--port', '0'], {
    env: { WXNOTIFY_APPID: merchant.appid },
  });
  expect(status).toBe(2);
  expect(stderr).toContain('WXNOTIFY_API_KEY');
});
