/** The journal, and replay from it: the very same bytes, whatever happened to the process, the file or the disk. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended, merchantEnv, reported, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, freePort, startServer, type Received } from '../support/server.ts';

interface History {
  readonly torn: number;
  readonly deliveries: readonly {
    readonly id: string;
    readonly attempt: number;
    readonly scenario: string;
    readonly outcome?: { readonly ack: string | null; readonly error: string | null };
    readonly request: { readonly body: string };
  }[];
}

async function history(cwd: string): Promise<History & { stderr: string }> {
  const { status, stdout, stderr } = await wxnotify(['history', '--limit', '10000', '--json'], { cwd });
  expect(status).toBe(0);
  return { ...(JSON.parse(stdout) as History), stderr };
}

const journalOf = (cwd: string): string => path.join(cwd, '.state', 'journal.ndjson');

/** A digest of everything that was sent but the host, which is the target's. */
function digest({ method, rawHeaders, body }: Received): string {
  const headers = rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() !== 'host');
  return createHash('sha256').update(method).update(headers.join('\n')).update(body).digest('hex');
}

describe('replay', () => {
  test.each(['payment/paid', 'refund/success'])(
    '%s: the very same bytes, without credentials',
    async (name) => {
      const cwd = temporaryFolder();
      const { url, received } = await startServer();
      const sent = await reported(['send', name, '--target', url], { cwd });
      const { status, stdout } = await wxnotify(['replay', '--times', '5', '--json'], { cwd });
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        command: 'replay',
        scenario: name,
        seed: sent.report.seed,
        target: url,
        summary: { sent: 5, acks: { SUCCESS: 5 } },
      });
      expect(received).toHaveLength(6);
      expect(new Set(received.map(digest)).size).toBe(1);
    },
  );

  test('to another target, the very same bytes', async () => {
    const cwd = temporaryFolder();
    const [before, after] = [await startServer(), await startServer()];
    await reported(['send', 'paid', '--target', before.url], { cwd });
    const { report } = await reported(['replay', '--target', after.url], { cwd });
    expect(report).toMatchObject({ exit: 0, target: after.url });
    expect(before.received).toHaveLength(1);
    expect(after.received.map(digest)).toEqual(before.received.map(digest));
  });

  test('what was not delivered can be sent again', async () => {
    const cwd = temporaryFolder();
    const port = await freePort();
    const sent = await reported(['send', 'paid', '--target', `http://127.0.0.1:${port}/`], { cwd });
    const { url, received } = await startServer();
    const { report } = await reported(['replay', '--target', url], { cwd });
    expect([sent.report.exit, report.exit]).toEqual([3, 0]);
    expect(received.map(({ body }) => body.toString())).toEqual([sent.report.deliveries[0]?.request.body]);
  });

  test('expects what was expected: a forgery is still to be refused', async () => {
    const cwd = temporaryFolder();
    const { url } = await startServer(FAIL);
    await reported(['send', 'hostile/signature/forged-signature', '--target', url], { cwd });
    expect((await reported(['replay'], { cwd })).report.exit).toBe(0);
    expect((await reported(['replay', '--expect', 'SUCCESS'], { cwd })).report.exit).toBe(1);
  });

  test('--id takes an id, its beginning, or a copy that was not journaled', async () => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer();
    const first = await reported(['send', 'paid', '--times', '25', '--target', url], { cwd });
    await reported(['send', 'failed', '--target', url], { cwd });
    const [run = ''] = first.report.deliveries[0]?.id.split('-') ?? [];
    for (const id of [`${run}-1-3`, `${run}-1-25`, `${run}-1-1`]) {
      const { report } = await reported(['replay', '--id', id], { cwd });
      expect(report).toMatchObject({ exit: 0, scenario: 'payment/paid' });
    }
    const ambiguous = await wxnotify(['replay', '--id', run], { cwd });
    expect(ambiguous).toMatchObject({ status: 2, stderr: expect.stringContaining(`${run}-1-1`) as string });
    const unknown = await wxnotify(['replay', '--id', 'nonesuch'], { cwd });
    expect(unknown).toMatchObject({ status: 2, stderr: expect.stringContaining('nonesuch') as string });
    const paid = received.filter(({ body }) => !body.includes('NOTENOUGH'));
    expect(paid).toHaveLength(28);
    expect(new Set(paid.map(digest)).size).toBe(1);
  });

  test('--id takes the beginning of a delivery’s id', async () => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer();
    const { report } = await reported(['send', 'paid', '--target', url], { cwd });
    await reported(['send', 'failed', '--target', url], { cwd });
    const beginning = report.deliveries[0]?.id.slice(0, 5) ?? '';
    expect((await reported(['replay', '--id', beginning], { cwd })).report.exit).toBe(0);
    expect(received.map(digest)[2]).toBe(received.map(digest)[0]);
  });

  test('of nothing', async () => {
    const { status, stderr } = await wxnotify(['replay']);
    expect(status).toBe(2);
    expect(stderr).toMatch(/journal.*empty/);
  });
});

describe('kill -9', () => {
  test.each([1, 2, 5, 11, 19, 40])('at request %i: history and replay work', async (moment) => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer((_, response) => {
      if (received.length === moment) child.kill('SIGKILL');
      response.end(FAIL);
    });
    const args = ['send', 'paid', '--times', '500', '--every', '5ms', '--target', url];
    const child = start(args, { cwd, env: merchantEnv });
    expect(await ended(child)).toBeNull();
    const { deliveries, torn } = await history(cwd);
    expect(deliveries.length).toBeGreaterThanOrEqual(Math.min(moment, 20));
    expect(torn).toBeLessThanOrEqual(1);
    const before = received.map(digest);
    const { report } = await reported(['replay', '--expect', 'FAIL'], { cwd });
    expect(report).toMatchObject({ exit: 0, summary: { sent: 1 } });
    expect(received.slice(before.length).map(digest)).toEqual([before[0]]);
  });

  test.each([
    ['a record cut off', (whole: string) => whole.slice(0, -40)],
    ['nothing but a brace', () => '{'],
    ['half a character', (whole: string) => `${whole.slice(0, 30)}\ud83d`],
    ['JSON that is no record', () => '{"id":"x"}'],
  ])('%s at the end is skipped with a notice, and costs nothing else', async (_, tear) => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer();
    const sent = await reported(['send', 'paid', '--target', url], { cwd });
    const [whole = ''] = readFileSync(journalOf(cwd), 'utf8').trim().split('\n');
    appendFileSync(journalOf(cwd), `\n${tear(whole)}`);
    const replayed = await reported(['replay'], { cwd });
    expect(replayed.report.exit).toBe(0);
    expect(replayed.stderr).toMatch(/1 line that cannot be read/);
    const { deliveries, torn, stderr } = await history(cwd);
    expect(torn).toBe(1);
    expect(stderr).toMatch(/1 line that cannot be read/);
    const ids = [sent, replayed].map(({ report }) => report.deliveries[0]?.id);
    expect(deliveries.map(({ id }) => id)).toEqual(ids);
    expect(new Set(received.map(digest)).size).toBe(1);
  });
});

describe('the file', () => {
  test('several processes at once keep whole lines', async () => {
    const cwd = temporaryFolder();
    const { url } = await startServer();
    const args = ['send', 'paid', '--times', '20', '--concurrency', '4', '--target', url];
    const runs = await Promise.all(Array.from({ length: 6 }, () => reported(args, { cwd })));
    expect(runs.map(({ report }) => report.exit)).toEqual([0, 0, 0, 0, 0, 0]);
    const { deliveries, torn } = await history(cwd);
    expect(torn).toBe(0);
    expect(deliveries).toHaveLength(120);
    expect(deliveries.filter(({ outcome }) => outcome?.ack === 'SUCCESS')).toHaveLength(120);
  });

  test('is for its owner alone, and has no key in it', async () => {
    const cwd = temporaryFolder();
    const { url } = await startServer();
    await reported(['send', 'refund/partial-then-full', '--target', url], { cwd });
    expect(statSync(journalOf(cwd)).mode & 0o777).toBe(0o600);
    expect(readFileSync(journalOf(cwd), 'utf8')).not.toContain(merchantEnv.WXNOTIFY_API_KEY);
  });

  test('a thousand copies leave a few records', async () => {
    const cwd = temporaryFolder();
    const { url } = await startServer();
    const { report } = await reported(
      ['send', 'paid', '--times', '1000', '--concurrency', '20', '--target', url],
      { cwd },
    );
    expect(report.summary.sent).toBe(1000);
    expect((await history(cwd)).deliveries.length).toBeLessThanOrEqual(20);
    expect(statSync(journalOf(cwd)).size).toBeLessThan(100_000);
  });

  test.each([
    ['a file in the folder’s place', (state: string) => writeFileSync(state, 'in the way')],
    [
      'a full disk',
      (state: string) => {
        mkdirSync(state);
        symlinkSync('/dev/full', path.join(state, 'journal.ndjson'));
      },
    ],
    [
      'a folder in the file’s place',
      (state: string) => mkdirSync(path.join(state, 'journal.ndjson'), { recursive: true }),
    ],
  ])('%s: one warning, and the send goes on', async (_, obstruct) => {
    const cwd = temporaryFolder();
    obstruct(path.join(cwd, '.state'));
    const { url, received } = await startServer();
    const { report, stderr } = await reported(['send', 'paid', '--times', '3', '--target', url], { cwd });
    expect(report).toMatchObject({ exit: 0, summary: { sent: 3 }, warnings: [{ code: 'journal' }] });
    expect(report.warnings).toHaveLength(1);
    expect(stderr).toMatch(/warning: the journal cannot be written/);
    expect(received).toHaveLength(3);
  });

  test('history of a folder that is none', async () => {
    const cwd = temporaryFolder({ '.state': 'in the way' });
    expect((await history(cwd)).deliveries).toEqual([]);
  });
});
