/** What is signed ahead: bounded, in its order, and an error is told to who waits for it. */
import { describe, expect, test } from 'vitest';
import type { Copy } from '../../src/run/sendable.ts';
import { signAhead } from '../../src/run/steps/sign-ahead.ts';

const copy = (name: string): Copy => ({
  request: { method: 'POST', headers: [], body: Buffer.from(name) },
  out_trade_no: name,
});

/** Copies `2`, `3`, … which are signed when the test says so. */
function signer() {
  const begun: { readonly name: string; readonly finish: () => void; readonly fail: () => void }[] = [];
  const make = async (): Promise<Copy> =>
    new Promise((resolve, reject) => {
      const name = String(begun.length + 2);
      begun.push({ name, finish: () => resolve(copy(name)), fail: () => reject(new Error(`not ${name}`)) });
    });
  return { begun, make };
}

const tick = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('signing ahead', () => {
  test.each([
    { times: 1000, connections: 1, most: 4 },
    { times: 1000, connections: 50, most: 53 },
    { times: 1000, connections: 5000, most: 63 },
    { times: 3, connections: 50, most: 2 },
    { times: 1, connections: 50, most: 0 },
  ])('$times copies over $connections connections: at most $most beside the first', (wanted) => {
    const { begun, make } = signer();
    const { ready } = signAhead({ first: copy('1'), make, ...wanted });
    void ready();
    void ready();
    expect(begun).toHaveLength(wanted.most);
  });

  test('copies come in their order, whichever is signed first', async () => {
    const { begun, make } = signer();
    const { ready, take } = signAhead({ first: copy('1'), make, times: 3, connections: 2 });
    expect(ready()).toBeUndefined();
    expect(take().out_trade_no).toBe('1');
    begun[1]?.finish();
    await tick();
    const later = ready();
    expect(later).toBeInstanceOf(Promise);
    begun[0]?.finish();
    await later;
    expect(ready()).toBeUndefined();
    expect([take(), take()].map(({ out_trade_no }) => out_trade_no)).toEqual(['2', '3']);
  });

  test('an error reaches who waits, and nobody before', async () => {
    const { begun, make } = signer();
    const { ready, take } = signAhead({ first: copy('1'), make, times: 3, connections: 2 });
    void ready();
    begun[1]?.fail();
    begun[0]?.finish();
    await tick();
    expect([take(), take()].map(({ out_trade_no }) => out_trade_no)).toEqual(['1', '2']);
    await expect(ready()).rejects.toThrow('not 3');
  });
});
