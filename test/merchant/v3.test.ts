/** The reference merchant with API v3: the same books, and the same bugs, over real HTTP. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoV3Credentials } from '../../src/cli/work/demo-merchant.ts';
import { buildNotification, knownKinds, readAckV3, type KnownKind, type TamperV3 } from '../../src/index.ts';
import type { BugName } from '../../src/merchant/bugs.ts';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { startMerchant, type MerchantOptions } from '../../src/merchant/server.ts';

const { appid, mch_id } = demoCredentials;
const merchant = {
  appid,
  mch_id,
  api_v3_key: demoCredentials.api_v3_key.reveal(),
  platform: 'demo' as const,
};
const paid = { out_trade_no: 'A1', transaction_id: '4200000015201711256947025404', 'amount.total': 990 };

type Fields = Readonly<Record<string, string | number>>;

/** A merchant with one order, 9.90. */
async function shop(options: Partial<MerchantOptions> = {}) {
  const running = await startMerchant({ v3: demoV3Credentials(), ...options });
  onTestFinished(() => running.close());
  running.orders.place('A1', 990);
  const post = async (kind: KnownKind<'v3'>, fields: Fields = {}, tamper?: TamperV3) => {
    const { method, headers, body } = buildNotification(kind, { merchant, fields, tamper });
    const answer = await fetch(running.url, { method, headers, body });
    return readAckV3(answer.status, await answer.text());
  };
  return { post, order: () => running.orders.get('A1') };
}

const bugged = async (bug: BugName | undefined) => shop({ bugs: new Set(bug === undefined ? [] : [bug]) });

describe('kinds', () => {
  test.each(knownKinds.filter((kind): kind is KnownKind<'v3'> => kind.startsWith('v3/')))(
    '%s is acknowledged, and refused when it is forged',
    async (kind) => {
      const { post } = await shop({ adopt: true });
      expect(await post(kind)).toMatchObject({ as: 'SUCCESS' });
      expect(await post(kind, {}, { signature: 'break' })).toMatchObject({ as: 'FAIL' });
    },
  );

  test.each<KnownKind<'v3'>>([
    'v3/transaction',
    'v3/partner-transaction',
    'v3/parking-deduction',
    'v3/partner-parking-deduction',
    'v3/insurance-deduction',
    'v3/school-deduction',
  ])('%s credits the order once, and not with another amount', async (kind) => {
    const { post, order } = await shop();
    expect(await post(kind, { ...paid, 'amount.total': 1 })).toMatchObject({
      as: 'FAIL',
      message: 'the amount is not the order’s',
    });
    expect(order()).toMatchObject({ state: 'CREATED', paid_count: 0 });
    for (const copy of [1, 2]) expect([copy, (await post(kind, paid)).as]).toEqual([copy, 'SUCCESS']);
    expect(order()).toMatchObject({ state: 'PAID', paid_count: 1 });
  });

  test.each<[KnownKind<'v3'>, string]>([
    ['v3/parking-deduction', 'FAIL'],
    ['v3/parking-deduction', 'PAY_BACK'],
    ['v3/insurance-deduction', 'PAY_FAIL'],
    ['v3/school-deduction', 'PAY_FAIL'],
    ['v3/transaction', 'PAYERROR'],
  ])('%s with %s is acknowledged, and credits nothing', async (kind, trade_state) => {
    const { post, order } = await shop();
    const { transaction_id: _, ...fields } = paid;
    expect(await post(kind, { ...fields, trade_state })).toMatchObject({ as: 'SUCCESS' });
    expect(order()).toMatchObject({ state: 'CREATED', paid_count: 0 });
  });
});

/** What each bug does with notifications of API v3; undefined: a correct merchant. */
const stories: readonly (readonly [
  BugName,
  (at: Awaited<ReturnType<typeof shop>>) => Promise<unknown>,
  unknown,
  unknown,
])[] = [
  // prettier-ignore
  ['credits-twice', async ({ post, order }) => { for (const _ of [1, 2]) await post('v3/transaction', paid); return order()?.paid_count; }, 1, 2], // prettier-ignore
  ['credits-failures', async ({ post, order }) => { await post('v3/transaction', { ...paid, trade_state: 'CLOSED' }); return order()?.paid_count; }, 0, 1], // prettier-ignore
  ['forgets-amount', async ({ post }) => (await post('v3/transaction', { ...paid, 'amount.total': 1 })).as, 'FAIL', 'SUCCESS'], // prettier-ignore
  ['forgets-currency', async ({ post }) => (await post('v3/transaction', { ...paid, 'amount.currency': 'JPY' })).as, 'FAIL', 'SUCCESS'], // prettier-ignore
  ['forgets-signature', async ({ post }) => (await post('v3/transaction', paid, { signature: 'other-key' })).as, 'FAIL', 'SUCCESS'], // prettier-ignore
  ['refunds-twice', async ({ post, order }) => { await post('v3/transaction', paid); for (const _ of [1, 2]) await post('v3/refund', { ...paid, out_refund_no: 'R1', 'amount.refund': 300 }); return order()?.refunded; }, 300, 600], // prettier-ignore
  ['refunds-failures', async ({ post, order }) => { await post('v3/transaction', paid); await post('v3/refund', { ...paid, refund_status: 'ABNORMAL' }); return order()?.refunded; }, 0, 990], // prettier-ignore
  ['loses-early-refund', async ({ post }) => (await post('v3/refund', paid)).as, 'FAIL', 'SUCCESS'], // prettier-ignore
];

test.each(stories)(
  '--bug %s shows, and a correct merchant does not show it',
  async (bug, tell, right, wrong) => {
    expect(await tell(await bugged(undefined))).toEqual(right);
    expect(await tell(await bugged(bug))).toEqual(wrong);
  },
);
