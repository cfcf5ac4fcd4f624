/** The reference merchant's bugs: each shows in the story that is meant for it, and a correct merchant shows none. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { demoV3Credentials } from '../../src/cli/work/demo-merchant.ts';
import { buildNotification, readAckV2, type TamperV3 } from '../../src/index.ts';
import { practiceWith } from '../../src/merchant/bad-practice.ts';
import { bugs, isBug, type BugName } from '../../src/merchant/bugs.ts';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { handleNotification } from '../../src/merchant/handler.ts';
import { createOrders, type Order, type Orders } from '../../src/merchant/orders.ts';
import { startMerchant } from '../../src/merchant/server.ts';
import { Secret } from '../../src/protocol/secret.ts';
import { merchant } from '../support/cli.ts';

const credentials = { ...merchant, api_key: new Secret(merchant.api_key), api_v3_key: undefined, sign_type: 'MD5' } as const; // prettier-ignore
const paid = { out_trade_no: 'A1', total_fee: 990, transaction_id: '4200000015201711256947025404' };
const otherTransaction = { transaction_id: '4200000015201711256947025405' };
const v3Merchant = {
  appid: demoCredentials.appid,
  mch_id: demoCredentials.mch_id,
  api_v3_key: demoCredentials.api_v3_key.reveal(),
  platform: 'demo',
} as const;
const otherKey = '0'.repeat(32);

type Fields = Readonly<Record<string, string | number>>;

const payment = (fields: Fields = {}, api_key = merchant.api_key): string =>
  buildNotification('v2/payment', { merchant: { ...merchant, api_key }, fields: { ...paid, ...fields } })
    .body;

const refund = (fields: Fields = {}): string =>
  buildNotification('v2/refund', { merchant, fields: { ...paid, out_refund_no: 'R1', ...fields } }).body;

interface Shop {
  readonly orders: Orders;
  readonly order: Order | undefined;
  /** Whether it is acknowledged. */
  readonly post: (body: string) => Promise<boolean>;
  /** The same with the payment by API v3. */
  readonly postV3: (tamper: TamperV3) => Promise<boolean>;
}

/** A merchant with these bugs and one order, without HTTP: copies at once are really at once. */
function shop(on: Iterable<BugName>): Shop {
  const practice = practiceWith(new Set(on));
  const orders = createOrders(practice.rules);
  orders.place('A1', 990);
  const keys = { v2: credentials, v3: demoV3Credentials() };
  const handle = async (headers: Readonly<Record<string, string>>, body: string): Promise<boolean> => {
    const received = { headers: Object.entries(headers), body: Buffer.from(body), now: new Date() };
    return (await handleNotification(received, { keys, orders, practice, adopt: false })).ok;
  };
  return {
    orders,
    get order() {
      return orders.get('A1');
    },
    post: async (body) => handle({}, body),
    postV3: async (tamper) => {
      const fields = { ...paid, total_fee: null, 'amount.total': paid.total_fee };
      const { headers, body } = buildNotification('v3/transaction', { merchant: v3Merchant, fields, tamper });
      return handle(headers, body);
    },
  };
}

interface Story {
  readonly tell: (at: Shop) => Promise<unknown>;
  readonly right: unknown;
  readonly wrong: unknown;
  /** Other bugs that cannot but show in the same story. */
  readonly also?: readonly BugName[];
}

const stories: Readonly<Record<BugName, Story>> = {
  'credits-twice': {
    tell: async (at) => {
      const copy = payment();
      for (let n = 0; n < 3; n++) await at.post(copy);
      return at.order?.paid_count;
    },
    right: 1,
    wrong: 3,
  },
  races: {
    tell: async (at) => {
      const copy = payment();
      const acks = await Promise.all(Array.from({ length: 5 }, () => at.post(copy)));
      await at.post(copy);
      return [acks.every(Boolean), at.order?.paid_count];
    },
    right: [true, 1],
    wrong: [true, 5],
    also: ['credits-twice', 'refuses-copies'],
  },
  'refuses-copies': {
    tell: async (at) => [await at.post(payment()), await at.post(payment())],
    right: [true, true],
    wrong: [true, false],
  },
  'credits-again-after-refund': {
    tell: async (at) => {
      for (const body of [payment(), refund(), payment()]) await at.post(body);
      return [at.order?.state, at.order?.paid_count];
    },
    right: ['REFUNDED', 1],
    wrong: ['PAID', 2],
    also: ['credits-twice'],
  },
  'credits-closed': {
    tell: async (at) => {
      at.orders.close('A1');
      return [await at.post(payment()), at.order?.state, at.order?.paid_count];
    },
    right: [false, 'CLOSED', 0],
    wrong: [true, 'PAID', 1],
  },
  'credits-failures': {
    tell: async (at) => [await at.post(payment({ result_code: 'FAIL' })), at.order?.paid_count],
    right: [true, 0],
    wrong: [true, 1],
  },
  'forgets-amount': {
    tell: async (at) => [await at.post(payment({ total_fee: 1 })), at.order?.paid_count],
    right: [false, 0],
    wrong: [true, 1],
  },
  'forgets-currency': {
    tell: async (at) => [await at.post(payment({ fee_type: 'JPY' })), at.order?.paid_count],
    right: [false, 0],
    wrong: [true, 1],
  },
  'forgets-transaction': {
    tell: async (at) => [await at.post(payment()), await at.post(payment(otherTransaction))],
    right: [true, false],
    wrong: [true, true],
  },
  'forgets-signature': {
    tell: async (at) => [await at.post(payment({}, otherKey)), at.order?.paid_count],
    right: [false, 0],
    wrong: [true, 1],
  },
  'forgets-timestamp': {
    tell: async (at) => [await at.postV3({ timestamp: 'old' }), at.order?.paid_count],
    right: [false, 0],
    wrong: [true, 1],
  },
  'refunds-twice': {
    tell: async (at) => {
      for (const body of [payment(), refund({ refund_fee: 600 }), refund({ refund_fee: 600 })])
        await at.post(body);
      return [at.order?.refunded, at.order?.refunds.length];
    },
    right: [600, 1],
    wrong: [1200, 2],
  },
  'refunds-too-much': {
    tell: async (at) => {
      await at.post(payment());
      await at.post(refund({ refund_fee: 600 }));
      return [await at.post(refund({ refund_fee: 600, out_refund_no: 'R2' })), at.order?.refunded];
    },
    right: [false, 600],
    wrong: [true, 1200],
  },
  'refunds-failures': {
    tell: async (at) => {
      for (const body of [payment(), refund({ refund_status: 'CHANGE' })]) await at.post(body);
      return [at.order?.state, at.order?.refunded];
    },
    right: ['PAID', 0],
    wrong: ['REFUNDED', 990],
  },
  'loses-early-refund': {
    tell: async (at) => {
      const acks = [await at.post(refund()), await at.post(payment())];
      return [acks, at.order?.state, at.order?.refunded];
    },
    right: [[false, true], 'PAID', 0],
    wrong: [[true, true], 'PAID', 0],
  },
};

const names = Object.keys(bugs).filter(isBug);

describe.each(names)('%s', (bug) => {
  const { tell, right, wrong, also = [] } = stories[bug];

  test('shows, and a correct merchant does not show it', async () => {
    expect(await tell(shop([]))).toEqual(right);
    expect(await tell(shop([bug]))).toEqual(wrong);
  });

  test('is told from the others', async () => {
    const told = await Promise.all(names.map(async (name) => ({ name, saw: await tell(shop([name])) })));
    const caught = told.filter(({ saw }) => JSON.stringify(saw) !== JSON.stringify(right));
    expect(caught.map(({ name }) => name).sort()).toEqual([bug, ...also].sort());
  });
});

test('the order in which bugs are named makes no difference', async () => {
  for (const { tell } of Object.values(stories))
    expect(await tell(shop(names))).toEqual(await tell(shop(names.toReversed())));
});

describe('a combined order', () => {
  const { fields, body } = buildNotification('v2/combined-payment', { merchant });
  const { order_list: told } = JSON.parse(fields['sub_order_list'] ?? '') as {
    order_list: [{ out_trade_no: string; total_fee: number }, { out_trade_no: string; total_fee: number }];
  };

  function combined(on: readonly BugName[]) {
    const { orders, post } = shop(on);
    for (const { out_trade_no, total_fee } of told) orders.place(out_trade_no, total_fee);
    const counts = () => told.map(({ out_trade_no }) => orders.get(out_trade_no)?.paid_count);
    return { orders, counts, post: () => post(body) };
  }

  test.each<[BugName[], number[]]>([
    [[], [1, 1]],
    [['races'], [2, 2]],
  ])('two copies at once, with %j', async (on, expected) => {
    const { post, counts } = combined(on);
    expect(await Promise.all([post(), post()])).toEqual([true, true]);
    expect(counts()).toEqual(expected);
  });

  test('is refused whole when one of its orders is closed', async () => {
    const { orders, post, counts } = combined([]);
    orders.close(told[1].out_trade_no);
    expect(await post()).toBe(false);
    expect(counts()).toEqual([0, 0]);
  });
});

test('over HTTP: startMerchant takes them', async () => {
  const running = await startMerchant({ credentials, bugs: new Set<BugName>(['races', 'forgets-amount']) });
  onTestFinished(() => running.close());
  running.orders.place('A1', 990);
  const answer = await fetch(running.url, { method: 'POST', body: payment({ total_fee: 1 }) });
  expect(readAckV2(answer.status, await answer.text())).toMatchObject({ as: 'SUCCESS' });
  expect(running.orders.get('A1')).toMatchObject({ state: 'PAID', paid_count: 1 });
});
