/** `replay`: a scenario built and sent N times, and what cannot be replayed. The journal has tests of its own. */
import { expect, test } from 'vitest';
import { merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, startServer } from '../support/server.ts';

const bodies = (received: readonly { readonly body: Buffer }[]): string[] =>
  received.map(({ body }) => body.toString());

test('--scenario builds one notification and sends it so often', async () => {
  const { url, received } = await startServer();
  const { report } = await reported(['replay', '--scenario', 'paid', '--times', '5', '--target', url]);
  expect(report).toMatchObject({
    command: 'replay',
    exit: 0,
    scenario: 'payment/paid',
    summary: { sent: 5, acks: { SUCCESS: 5 } },
  });
  expect(report.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(bodies(received)).size).toBe(1);
});

test('the latest delivery, the very same bytes, to the same URL or to another', async () => {
  const cwd = temporaryFolder();
  const [first, other] = [await startServer(), await startServer()];
  await reported(['send', 'paid', '--target', first.url], { cwd });
  await reported(['send', 'refund/success', '--target', first.url], { cwd });
  await reported(['replay', '--times', '3'], { cwd });
  const { report } = await reported(['replay', '--target', other.url], { cwd });
  const [, refund, ...again] = bodies(first.received);
  expect(again).toEqual([refund, refund, refund]);
  expect(bodies(other.received)).toEqual([refund]);
  expect(report).toMatchObject({ command: 'replay', target: other.url, scenario: 'refund/success' });
});

test('needs no credentials: the bytes are there', async () => {
  const cwd = temporaryFolder();
  const { url, received } = await startServer();
  await reported(['send', 'paid', '--target', url], { cwd });
  const { status } = await wxnotify(['replay'], { cwd });
  expect(status).toBe(0);
  expect(received).toHaveLength(2);
});

test('what was expected then is expected again; --expect is stronger', async () => {
  const cwd = temporaryFolder();
  const { url } = await startServer(FAIL);
  expect(
    (await reported(['send', 'hostile/signature/missing-signature', '--target', url], { cwd })).status,
  ).toBe(0);
  expect((await reported(['replay'], { cwd })).status).toBe(0);
  expect((await reported(['replay', '--expect', 'SUCCESS'], { cwd })).status).toBe(1);
  expect((await reported(['replay', '--expect', 'FAIL', '--times', '2'], { cwd })).status).toBe(0);
});

test('--set cannot change bytes: it says so', async () => {
  const cwd = temporaryFolder();
  const { url, received } = await startServer();
  await reported(['send', 'paid', '--target', url], { cwd });
  const { report } = await reported(['replay', '--set', 'total_fee=1'], { cwd });
  expect(report.warnings).toMatchObject([
    { code: 'usage', message: expect.stringContaining('--set') as string },
  ]);
  expect(new Set(bodies(received)).size).toBe(1);
});

test.each([
  ['an empty journal', ['replay'], /the journal in .* is empty/],
  ['an id of nothing', ['replay', '--id', 'abc'], /the journal in .* is empty/],
  [
    '--id with --scenario',
    ['replay', '--id', 'abc', '--scenario', 'paid'],
    /--id and --scenario exclude each other/,
  ],
  ['an unknown scenario', ['replay', '--scenario', 'payd'], /Did you mean `paid`\?/],
  ['no target', ['replay', '--scenario', 'paid'], /there is no target/],
])('%s: status 2', async (_, args, says) => {
  const { status, stdout, stderr } = await wxnotify(args, { env: merchantEnv });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(says);
});
