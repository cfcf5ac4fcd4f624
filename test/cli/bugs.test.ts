/** Each bug of a merchant is caught by the scenario that is meant for it; without bugs, all of them pass. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoV3Credentials } from '../../src/cli/work/demo-merchant.ts';
import { bugs, type BugName } from '../../src/merchant/bugs.ts';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { startMerchant } from '../../src/merchant/server.ts';
import { root, wxnotify, type CliResult } from '../support/cli.ts';

/** The scenario that is meant for a bug. */
const catches: Readonly<Record<BugName, string>> = {
  'credits-twice': 'flow/credited-once',
  races: 'flow/race-of-20',
  'refuses-copies': 'flow/credited-once',
  'credits-again-after-refund': 'flow/duplicate-after-refund',
  'credits-closed': 'flow/payment-after-close',
  'credits-failures': 'flow/failure-not-credited',
  'forgets-amount': 'flow/amount-compared',
  'forgets-currency': 'flow/currency-compared',
  'forgets-transaction': 'flow/second-transaction',
  'forgets-signature': 'hostile/signature/forged-signature',
  'forgets-timestamp': 'hostile/v3/replay/expired-v3',
  'refunds-twice': 'flow/refund-twice',
  'refunds-too-much': 'flow/refunds-exceed',
  'refunds-failures': 'flow/refund-failed',
  'loses-early-refund': 'flow/out-of-order',
};

const flows = readdirSync(path.join(root, 'scenarios/flow'))
  .filter((name) => !name.startsWith('_'))
  .map((name) => `flow/${path.parse(name).name}`);

async function sendTo(scenario: string, bug?: BugName): Promise<CliResult> {
  const merchant = await startMerchant({
    credentials: demoCredentials,
    v3: demoV3Credentials(),
    adopt: true,
    bugs: new Set(bug === undefined ? [] : [bug]),
  });
  onTestFinished(() => merchant.close());
  return wxnotify(['send', scenario, '--profile', 'demo', '--target', merchant.url]);
}

describe('a merchant with a bug', () => {
  test.each(Object.keys(bugs) as BugName[])('%s is found out', async (bug) => {
    const { status, stdout } = await sendTo(catches[bug], bug);
    expect(stdout).toMatch(/failed/);
    expect(status).toBe(1);
  });
});

describe('a correct merchant', () => {
  test.each([...new Set([...flows, ...Object.values(catches)])])('passes %s', async (scenario) => {
    const { status, stdout, stderr } = await sendTo(scenario);
    expect({ status, stdout, stderr }).toMatchObject({ status: 0, stderr: '' });
  });
});
