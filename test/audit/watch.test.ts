/** What must be booked is waited for, as far as the probe shows it. */
import { describe, expect, test } from 'vitest';
import { createWatch, patienceOf } from '../../src/audit/watch.ts';

type Captured = Readonly<Record<string, string>>;

describe('a payment', () => {
  test.each<[string, Captured, Captured, boolean]>([
    ['was counted', { paid_count: '0' }, { paid_count: '1' }, true],
    ['was not counted yet', { paid_count: '0' }, { paid_count: '0' }, false],
    [
      'has a status already, and is not counted yet',
      { paid_count: '0', status: 'NEW' },
      { paid_count: '0', status: 'PAID' },
      false,
    ],
    ['has another status', { status: 'NEW' }, { status: 'PAID' }, true],
    ['has the same status', { status: 'NEW' }, { status: 'NEW' }, false],
    ['cannot be seen', { refunded: '0' }, { refunded: '0' }, true],
    ['was not looked for', {}, { status: 'NEW' }, true],
  ])('%s', (_, before, now, expected) => {
    const watch = createWatch();
    watch.note(before);
    expect(watch.paid(now)).toBe(expected);
  });
});

test('a refund is waited for by what was refunded, and by the status without it', () => {
  const watch = createWatch();
  watch.note({ refunded: '0', status: 'PAID' });
  expect(watch.refunded({ refunded: '0', status: 'REFUNDED' })).toBe(false);
  expect(watch.refunded({ refunded: '100', status: 'REFUNDED' })).toBe(true);
  expect(watch.refunded({ refunded: '100', status: 'REFUNDED' })).toBe(false); // it is known now
});

test('how long it took', () => {
  expect(patienceOf({ tries: 1, duration_ms: 4 })).toBe(4);
  expect(patienceOf({ tries: 3, duration_ms: 4 })).toBe(74);
  expect(patienceOf({ tries: 7, duration_ms: 4 })).toBe(1374);
});
