/** Captures that no platform sends: nothing of them is lost without a word. */
import { createCipheriv, createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { merchant, merchantEnv, temporaryFolder, wxnotify, type CliResult } from '../support/cli.ts';

const run = (command: 'explain' | 'import', stdin: string): Promise<CliResult> =>
  wxnotify([command, '-', ...(command === 'explain' ? ['--json'] : [])], { env: merchantEnv, stdin });

async function paid(more: string): Promise<string> {
  const { stdout } = await wxnotify(['build', 'paid'], { env: merchantEnv });
  return stdout.replace('</xml>', `${more}</xml>`);
}

interface Explained {
  readonly ok: boolean;
  readonly fields: Readonly<Record<string, string>>;
  readonly diagnoses: readonly (readonly { readonly code: string; readonly detail: string }[])[];
}

test.each([
  ['<total_fee>1</total_fee>', 'total_fee is there more than once', 'field-repeated'],
  ['<promo><a>1</a></promo>', 'promo has elements in it', 'nested-elements'],
])('%s', async (more, message, code) => {
  const capture = await paid(more);
  const imported = await run('import', capture);
  expect([imported.status, imported.stdout]).toEqual([2, '']);
  expect(imported.stderr).toContain(message);
  const { status, stdout } = await run('explain', capture);
  const explained = JSON.parse(stdout) as Explained;
  expect([status, explained.ok, explained.diagnoses[0]?.[0]?.code]).toEqual([1, false, code]);
  expect(explained.fields).toHaveProperty('out_trade_no');
});

test('empty elements are left out, and said', async () => {
  const { status, stdout } = await run('import', await paid('<device_info></device_info>'));
  expect(status).toBe(0);
  expect(stdout).toMatch(/^# Left out, because the platform sends no empty elements: device_info\.$/m);
});

test('a failed communication is a payment', async () => {
  const { stdout: capture } = await wxnotify(['build', 'communication-failed'], { env: merchantEnv });
  const { status, stdout } = await run('import', capture);
  expect(status).toBe(0);
  const cwd = temporaryFolder({ 'again.yaml': stdout });
  const built = await wxnotify(['build', './again.yaml', '--json'], { env: merchantEnv, cwd });
  expect(JSON.parse(built.stdout)).toMatchObject({ kind: 'v2/payment', fields: { return_code: 'FAIL' } });
});

const ROOT = '<root><refund_id><![CDATA[1]]></refund_id></root>';
const key = createHash('md5').update(merchant.api_key).digest('hex');
const seal = (bytes: Buffer): string => {
  const cipher = createCipheriv('aes-256-ecb', key, null);
  return Buffer.concat([cipher.update(bytes), cipher.final()]).toString('base64');
};
/** 支付 in GBK. */
const GBK = Buffer.concat([
  Buffer.from('<root><a>'),
  Buffer.from([0xd6, 0xa7, 0xb8, 0xb6]),
  Buffer.from('</a></root>'),
]);

test.each([
  ['not encrypted', Buffer.from(ROOT).toString('base64'), 'not-encrypted'],
  ['the XML itself', ROOT.replaceAll('<', '&lt;').replaceAll('>', '&gt;'), 'not-encrypted'],
  ['nothing', '', 'no-req-info'],
  ['GBK', seal(GBK), 'charset'],
])('req_info: %s', async (_, req_info, code) => {
  const { appid, mch_id } = merchant;
  const outer = `<return_code>SUCCESS</return_code><appid>${appid}</appid><mch_id>${mch_id}</mch_id>`;
  const { status, stdout } = await run('explain', `<xml>${outer}<req_info>${req_info}</req_info></xml>`);
  expect(status).toBe(1);
  expect((JSON.parse(stdout) as Explained).diagnoses[0]?.[0]?.code).toBe(code);
});

test.each([
  ['a list as deep as nobody writes', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
  ['many beginnings and no end', `log ${'<xml>'.repeat(80_000)}`],
])('%s is no notification, and no bug', async (_, capture) => {
  for (const command of ['explain', 'import'] as const) {
    const { status, stderr } = await run(command, capture);
    expect(status).toBe(2);
    expect(stderr).toContain('no notification');
  }
});

test('a HAR file with an odd header is read', async () => {
  const request = { method: 'POST', url: 'u', headers: [null], postData: { text: await paid('') } };
  const { status } = await run('explain', JSON.stringify({ log: { entries: [{ request }] } }));
  expect(status).toBe(0);
});

test('an event without its key: the conclusion is about the APIv3 key', async () => {
  const { stdout: capture } = await wxnotify(['build', 'check-success'], { env: merchantEnv });
  const { WXNOTIFY_API_V3_KEY: _, ...env } = merchantEnv;
  const { status, stdout } = await wxnotify(['explain', '-'], { env, stdin: capture });
  expect(status).toBe(1);
  expect(stdout).toContain('set WXNOTIFY_API_V3_KEY');
  expect(stdout).not.toContain('another key (of another merchant');
});
