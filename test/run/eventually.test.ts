/** Trying again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Reason } from '../../src/run/events.ts';
import { untilItHolds, type Try } from '../../src/run/steps/eventually.ts';

const facts = { captured: {} };
const wrong: Reason = { code: 'body', expected: 'a', actual: 'b' };

test('an interruption in the pause is the end of it', async () => {
  const controller = new AbortController();
  const patience = { eventually_ms: 60_000, timeout_ms: 1000, signal: controller.signal };
  let count = 0;
  const { reasons } = await untilItHolds(patience, async () => {
    count++;
    setTimeout(() => controller.abort(), 5); // the shortest pause is 20 ms
    return Promise.resolve({ reasons: [wrong], facts });
  });
  expect({ count, reasons }).toEqual({ count: 1, reasons: [wrong] });
});

test('the first try has its whole time, the others what is left, and a little', async () => {
  const tries: Try[] = [];
  const patience = { eventually_ms: 300, timeout_ms: 1000, signal: new AbortController().signal };
  await untilItHolds(patience, async (one) => {
    tries.push(one);
    await sleep(one.tries === 1 ? 150 : 400);
    return { reasons: [wrong], facts };
  });
  expect(tries.map((one) => one.tries)).toEqual([1, 2]);
  expect(tries[0]?.timeout_ms).toBe(1000);
  expect(tries[1]?.timeout_ms).toBeGreaterThanOrEqual(100);
  expect(tries[1]?.timeout_ms).toBeLessThanOrEqual(150);
});

test('what was captured can be not enough yet', async () => {
  const signal = new AbortController().signal;
  const until = ({ count }: Readonly<Record<string, string>>): boolean => count === '3';
  let count = 0;
  const outcome = await untilItHolds({ eventually_ms: 5000, timeout_ms: 1000, signal, until }, async () => {
    count++;
    return Promise.resolve({ reasons: [], facts: { captured: { count: String(count) } } });
  });
  expect(outcome.facts.captured).toEqual({ count: '3' });
});
