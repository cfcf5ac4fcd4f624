/** `audit --baseline`: what is accepted does not fail, for as long as somebody said. */
import { describe, expect, test } from 'vitest';
import { weigh, type BaselineEntry } from '../../src/audit/baseline.ts';
import { finding } from '../support/audit-result.ts';
import { merchantEnv, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startServer, SUCCESS } from '../support/server.ts';

const FORGED = 'hostile/signature/forged-signature';
const REFUSED = 'hostile/value/failed-payment';

interface Audited {
  readonly exit: number;
  readonly summary: { readonly failed: number; readonly accepted: number };
  readonly accepted: readonly { readonly case: string; readonly reason: string; readonly expires: string }[];
  readonly stale: readonly string[];
}

/** Audits a handler that acknowledges everything. */
async function audit(baseline: string, cases = 'forged-signature'): Promise<Audited> {
  const { url } = await startServer(SUCCESS);
  const cwd = temporaryFolder({ 'baseline.yaml': baseline });
  const args = ['audit', '--target', url, '--case', cases, '--baseline', 'baseline.yaml', '--json'];
  const { stdout } = await wxnotify(args, { cwd, env: merchantEnv });
  return JSON.parse(stdout) as Audited;
}

describe('a finding', () => {
  test('that is accepted is told with its reason, and does not fail', async () => {
    const found = await audit(`accepted:\n  - { case: ${FORGED}, reason: known, until: 2999-01-31 }\n`);
    expect(found).toMatchObject({
      exit: 0,
      summary: { failed: 0, accepted: 1 },
      accepted: [{ case: FORGED, reason: 'known', expires: '2999-01-31' }],
      stale: [],
    });
  });

  test('the last part of a name will do', async () => {
    const found = await audit(
      `accepted:\n  - { case: forged-signature, reason: known, until: 2999-01-31 }\n`,
    );
    expect(found).toMatchObject({ exit: 0, accepted: [{ case: FORGED }] });
  });

  test('that was accepted until yesterday fails, and it is said why', async () => {
    const found = await audit(`accepted:\n  - { case: ${FORGED}, reason: known, until: 2020-01-31 }\n`);
    expect(found).toMatchObject({
      exit: 1,
      summary: { failed: 1, accepted: 0 },
      stale: [`${FORGED} was accepted until 2020-01-31, and fails still (baseline.yaml:2:13)`],
    });
  });

  test('an empty file accepts nothing', async () => {
    expect(await audit('# nothing yet\n')).toMatchObject({ exit: 1, accepted: [], stale: [] });
  });
});

describe('the days', () => {
  const place = { file: 'b.yaml', line: 3, col: 5 };
  const entry: BaselineEntry = { case: FORGED, reason: 'known', until: '2027-01-31', place };
  const found = { findings: [finding({ case: FORGED })], passed: [] };

  test.each([
    ['2027-01-30', 1],
    ['2027-01-31', 1],
    ['2027-02-01', 0],
  ])('on %s %i accepted', (today, accepted) => {
    const weighed = weigh(found, [entry], today);
    expect([weighed.accepted.length, weighed.findings.length]).toEqual([accepted, 1 - accepted]);
  });

  test('what was stood needs no entry; what was not tried is not spoken of', () => {
    const passed = [{ case: FORGED, kind: 'v2/payment', summary: '' }];
    const other = { ...entry, case: REFUSED };
    const { stale } = weigh({ findings: [], passed }, [entry, other], '2027-01-01');
    expect(stale).toEqual([`${FORGED} is mended: take it out (b.yaml:3:5)`]);
  });
});

test.each([
  [
    'accepted:\n  - { case: forged-signatur, reason: x, until: 2027-01-31 }\n',
    ['baseline.yaml:2:13: there is no case `forged-signatur`', 'Did you mean `forged-signature`?'],
  ],
  [
    `accepted:\n  - case: ${FORGED}\n    reason: x\n    until: 2027-02-30\n`,
    ['baseline.yaml:4:12: `entry 1.until` is "2027-02-30", and must be a day, as 2027-01-31'],
  ],
  [`accepted:\n  - { case: ${FORGED}, until: 2027-01-31 }\n`, ['`entry 1` has no `reason`']],
  [
    `accepted:\n  - { case: ${FORGED}, reason: ' ', until: 2027-01-31 }\n`,
    ['baseline.yaml:2:57: `entry 1.reason`'],
  ],
  ['accept: []\n', ['baseline.yaml:1:1: `accept` is no key of the file', 'Did you mean `accepted`?']],
  [
    `accepted:\n  - { case: ${FORGED}, reason: x, until: 2027-01-31 }\n  - { case: forged-signature, reason: x, until: 2027-01-31 }\n`,
    ['baseline.yaml:3:13: `hostile/signature/forged-signature` is accepted a second time'],
  ],
])('what is wrong is told where it is, and nothing is sent: %#', async (baseline, told) => {
  let requests = 0;
  const { url } = await startServer((_, response) => {
    requests++;
    response.end(SUCCESS);
  });
  const cwd = temporaryFolder({ 'baseline.yaml': baseline });
  const { status, stderr } = await wxnotify(['audit', '--target', url, '--baseline', 'baseline.yaml'], {
    cwd,
    env: merchantEnv,
  });
  for (const text of told) expect(stderr).toContain(text);
  expect({ status, requests }).toEqual({ status: 2, requests: 0 });
});

test('a file that is not there', async () => {
  const { status, stderr } = await wxnotify(
    ['audit', '--target', 'http://127.0.0.1:9/', '--baseline', 'none.yaml'],
    { env: merchantEnv },
  );
  expect(status).toBe(2);
  expect(stderr).toContain('cannot read none.yaml');
});
