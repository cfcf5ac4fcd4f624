/** `new`: what it writes is valid and does what was asked for, replaces nothing, and the questions on a real terminal. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { draftOf } from '../../src/cli/authoring/answers.ts';
import { draftText } from '../../src/cli/authoring/draft.ts';
import { tampers } from '../../src/cli/authoring/tampers.ts';
import { rehearse } from '../../src/cli/work/rehearse.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { readScenario } from '../../src/scenario/check/validate.ts';
import {
  ended,
  merchant,
  merchantEnv,
  reported,
  schemaOf,
  start,
  temporaryFolder,
  wxnotify,
} from '../support/cli.ts';
import { FAIL, startServer } from '../support/server.ts';
import { hasTerminal, typed } from '../support/terminal.ts';

const MINE = 'scenarios/payment/mine.yaml';
const flags = (...more: readonly string[]): readonly string[] => [
  'new',
  '--kind',
  'v2/payment',
  '--name',
  'payment/mine',
  ...more,
];

function read(cwd: string, name = MINE): string {
  return readFileSync(path.join(cwd, name), 'utf8');
}

describe('without a terminal', () => {
  test('everything as a flag: the file, its schema, and the commands that come next work', async () => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer(FAIL);
    const said = ['--set', 'total_fee=100', '--set', 'attach=a: #b', '--expect', 'FAIL', '--times', '3'];
    const more = [
      '--race',
      '--tamper',
      'sign=drop',
      '--tamper',
      'change.total_fee=1',
      '--summary',
      "it's: me",
    ];
    expect(await wxnotify(flags(...said, ...more), { cwd })).toEqual({
      status: 0,
      stdout: `Wrote ${MINE}, scenarios/scenario.schema.json.\nNext:\n  wxnotify send payment/mine\n  wxnotify run --watch\n`,
      stderr: '',
    });
    expect(schemaOf(path.join(cwd, MINE))).toBe((await wxnotify(['schema'])).stdout);
    expect(await wxnotify(['validate', 'payment/mine', '--strict'], { cwd })).toMatchObject({ status: 0 });
    const { status } = await wxnotify(['send', 'payment/mine', '--target', url], { cwd, env: merchantEnv });
    expect([status, received.length]).toEqual([0, 3]);
    const body = received[0]?.body.toString() ?? '';
    expect(body).toContain('<attach><![CDATA[a: #b]]></attach>');
    expect(body).toContain('<total_fee>1</total_fee>');
    expect(body).not.toContain('<sign>');
    const { stdout } = await wxnotify(['list', '--tag', 'hostile', '--json'], { cwd });
    expect(stdout).toContain(`"it's: me"`);
  });

  test('a kind and a name are enough', async () => {
    const cwd = temporaryFolder();
    const { url } = await startServer();
    expect((await wxnotify(flags(), { cwd })).status).toBe(0);
    const { status, report } = await reported(['send', 'mine', '--target', url], { cwd });
    expect([status, report.deliveries.length, report.deliveries[0]?.ack]).toEqual([0, 1, 'SUCCESS']);
  });

  test('every kind with every damage is valid, or the damage is said to be harmless', () => {
    for (const kind of Object.values(kinds)) {
      for (const row of [undefined, ...tampers]) {
        const named = draftOf({ kind: kind.id, name: 'a', color: false, ...(row && { tamper: [row.name] }) });
        expect(named.ok).toBe(row === undefined || row.of(kind) !== undefined);
        if (!named.ok) continue;
        const scenario = readScenario(draftText(named.value.draft), 'a.yaml', 'a');
        const prepared = scenario.ok ? rehearse(scenario.value) : scenario;
        expect(prepared).toMatchObject({ ok: true, value: { warnings: [] } });
      }
    }
  });

  test('it is written beside wxnotify.yaml, and to the file that the name has', async () => {
    const cwd = temporaryFolder({
      'wxnotify.yaml': 'profiles: {}\n',
      'deep/er/x': '',
      'scenarios/old.yml': 'x',
    });
    const inside = path.join(cwd, 'deep/er');
    expect((await wxnotify(flags(), { cwd: inside })).status).toBe(0);
    expect(existsSync(path.join(cwd, MINE))).toBe(true);
    const old = ['new', '--kind', 'payment', '--name', 'old'];
    expect((await wxnotify(old, { cwd })).stderr).toContain('old.yml is already there');
    expect((await wxnotify([...old, '--force'], { cwd })).status).toBe(0);
    expect(readdirSync(path.join(cwd, 'scenarios'))).toEqual(['old.yml', 'payment', 'scenario.schema.json']);
  });

  test('overwrites nothing unasked, and no schema of somebody else', async () => {
    const cwd = temporaryFolder({ [MINE]: 'mine\n', 'scenarios/scenario.schema.json': '{}' });
    for (const more of [[], ['--yes'], ['--json']]) {
      expect((await wxnotify(flags(...more), { cwd })).status).toBe(2);
      expect(read(cwd)).toBe('mine\n');
    }
    const { status, stdout } = await wxnotify(flags('--force', '--json'), { cwd });
    const document = JSON.parse(stdout) as { yaml: string };
    expect(status).toBe(0);
    expect(document).toMatchObject({ schema: 'wxnotify/1', command: 'new', ok: true, name: 'payment/mine' });
    expect(document).toMatchObject({ kind: 'v2/payment', file: MINE, written: [MINE] });
    expect(read(cwd)).toBe(document.yaml);
    expect(read(cwd, 'scenarios/scenario.schema.json')).toBe('{}');
  });

  test('an older schema of ours is brought up to date', async () => {
    const cwd = temporaryFolder();
    await wxnotify(flags(), { cwd });
    const file = path.join(cwd, 'scenarios/scenario.schema.json');
    const now = readFileSync(file, 'utf8');
    writeFileSync(file, now.replace('"race"', '"raced"'));
    await wxnotify(flags('--force'), { cwd });
    expect(readFileSync(file, 'utf8')).toBe(now);
  });

  test.each<[readonly string[], RegExp]>([
    [['new'], /--kind and --name are missing[\s\S]*wxnotify new --kind v2\/payment --name/],
    [['new', '--name', 'a'], /--kind is missing/],
    [['new', '--kind', 'v2/payment', '--yes'], /--name is missing/],
    [flags('--set', 'totl_fee=1'), /Did you mean `total_fee`\?/],
    [flags('--set', 'total_fee=abc'), /not an amount/],
    [flags('--set', 'attach=${nme}'), /nme/],
    [flags('--set', 'sign=1'), /computed/],
    [flags('--tamper', 'sign=missing'), /Known: break, drop, blank, lower-case/],
    [flags('--tamper', 'forget'), /Did you mean `forged`\?/],
    [flags('--tamper', 'broken-ciphertext'), /does nothing to a v2\/payment/],
    [flags('--tamper', 'changed-amount', '--set', 'total_fee=1'), /changes nothing/],
    [flags('--expect', 'YES'), /Give SUCCESS/],
    [flags('--race', '--times', '1'), /race/],
    [['new', '--kind', 'pament', '--name', 'a'], /Did you mean `v2\/payment`\?/],
    [['new', '--kind', 'payment', '--name', '../a'], /cannot be the name/],
    [['new', '--kind', 'payment', '--name', '/a'], /cannot be the name/],
    [['new', '--kind', 'payment', '--name', '_folder'], /cannot be the name/],
    [['new', '--kind', 'payment', '--name', 'a b'], /cannot be the name/],
    [['new', '--kind', 'payment', '--name', ''], /cannot be the name/],
  ])('%j: status 2, and nothing is written', async (args, message) => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await wxnotify(args, { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('what the folder says counts, and has its place', async () => {
    const folder = 'defaults:\n  fields: { totl_fee: 1 }\n  expect: { ack: YES }\n';
    const cwd = temporaryFolder({ 'scenarios/payment/_folder.yaml': folder });
    const { status, stderr } = await wxnotify(flags(), { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('scenarios/payment/_folder.yaml:3:');
    expect(existsSync(path.join(cwd, MINE))).toBe(false);
    const other = ['new', '--kind', 'payment', '--name', 'mine'];
    expect((await wxnotify(other, { cwd })).status).toBe(0);
  });

  test('no key gets into a file', async () => {
    const cwd = temporaryFolder();
    const { status, stderr } = await wxnotify(flags('--set', `attach=${merchant.api_key}`), {
      cwd,
      env: merchantEnv,
    });
    expect(status).toBe(2);
    expect(stderr).toContain('API key');
    expect(stderr).not.toContain(merchant.api_key);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each([[[]], [['--yes']], [['--json']]])(
    'never waits for a standard input that stays open: %j',
    async (more) => {
      expect(await ended(start(['new', ...more]))).toBe(2);
      expect(await ended(start(flags(...more)))).toBe(0);
    },
  );
});

describe.skipIf(!hasTerminal)('on a terminal', () => {
  const DOWN = '\u001b[B';

  test('nothing but Enter: a scenario that works', async () => {
    const cwd = temporaryFolder();
    const output = await typed(['new'], Array<string>(7).fill('\r'), cwd);
    expect(output).toMatch(/Next:\s+wxnotify send (\S+)[\s\S]*exit 0\s*$/);
    expect(await wxnotify(['validate', '--strict'], { cwd })).toMatchObject({
      status: 0,
      stdout: '1 scenario is valid\n',
    });
  });

  test('a refund that is forged, as a race', async () => {
    const cwd = temporaryFolder();
    const said = ['new', '--kind', 'refund', '--set', 'refund_status=REFUNDCLOSE']; // fields are not asked for
    const answers = [`${DOWN}\r`, '\r', `${DOWN}${DOWN}\r`, 'Closed\r', 'refund/closed-late\r'];
    expect(await typed(said, answers, cwd)).toMatch(/exit 0\s*$/);
    expect(read(cwd, 'scenarios/refund/closed-late.yaml')).toMatch(
      /summary: Closed\n[\s\S]*refund_status: REFUNDCLOSE[\s\S]*times: 5\nrace: true[\s\S]*tamper:[\s\S]*key: '0+'\nexpect:\n {2}ack: REJECTED\n$/,
    );
  });

  test('a field is chosen, a wrong value is refused at once, and a right one is taken', async () => {
    const cwd = temporaryFolder();
    const answers = [' \r', 'abc\r', '\u0015250\r', '\r', '\r', '\r', 'payment/mine\r'];
    const output = await typed(['new', '--kind', 'v2/payment', '--summary', 'Mine'], answers, cwd);
    expect(output).toMatch(/not an amount[\s\S]*exit 0\s*$/);
    expect(read(cwd)).toMatch(/^fields:\n {2}total_fee: 250 #.*\nexpect:/m);
  });

  test('what is there: yes, no, Ctrl-C', async () => {
    for (const [answer, status, kept] of [
      ['n\r', 2, true],
      ['\u0003', 130, true],
      ['y\r', 0, false],
    ] as const) {
      const cwd = temporaryFolder({ [MINE]: 'mine\n' });
      const output = await typed(flags(), [answer], cwd);
      expect(output).toMatch(/already there\. Overwrite it\?/);
      expect(output).toMatch(new RegExp(`exit ${status}\\s*$`));
      expect(read(cwd) === 'mine\n').toBe(kept);
    }
  });

  test.each([1, 2, 3, 5, 7])('Ctrl-C at question %i: 130, and nothing is written', async (question) => {
    const cwd = temporaryFolder();
    const output = await typed(['new'], [...Array<string>(question - 1).fill('\r'), '\u0003'], cwd);
    expect(output).toMatch(/Nothing was written\.\s+exit 130\s*$/);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
