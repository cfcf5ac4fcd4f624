/** Expectation and what happened in, reasons out. */
import { describe, expect, test } from 'vitest';
import { judgeCounts, judgeDelivery, matches } from '../../src/run/judge.ts';
import type { Expectation } from '../../src/scenario/scenario.ts';
import { delivery } from '../support/events.ts';

const answered = (ack: 'SUCCESS' | 'FAIL' | 'INVALID', message = '', status = 200) =>
  delivery({ ack, message, response: { status, headers: {}, body: '' } });
const silent = delivery({
  ack: null,
  response: null,
  message: '',
  error: { cause: 'timeout', detail: 'no complete answer within 5000 ms' },
});

describe('words', () => {
  test.each([
    ['SUCCESS', ['SUCCESS']],
    ['FAIL', ['FAIL']],
    ['INVALID', ['INVALID']],
    ['REJECTED', ['FAIL', 'INVALID']],
    ['NONE', [null]],
  ] as const)('%s', (word, good) => {
    const all = ['SUCCESS', 'FAIL', 'INVALID', null] as const;
    expect(all.filter((ack) => matches(word, ack))).toEqual(good);
  });
});

describe('one delivery', () => {
  test.each<[string, Expectation, ReturnType<typeof delivery>, readonly string[]]>([
    ['SUCCESS as expected', { each: { ack: 'SUCCESS' } }, answered('SUCCESS'), []],
    ['FAIL instead', { each: { ack: 'SUCCESS' } }, answered('FAIL'), ['ack']],
    ['INVALID is a refusal', { each: { ack: 'REJECTED' } }, answered('INVALID'), []],
    ['SUCCESS is none', { each: { ack: 'REJECTED' } }, answered('SUCCESS'), ['ack']],
    ['INVALID is no FAIL', { each: { ack: 'FAIL' } }, answered('INVALID'), ['ack']],
    ['nothing is asked', { each: {} }, answered('INVALID'), []],
    ['the status', { each: { status: 200 } }, answered('SUCCESS', '', 500), ['status']],
    ['the exact message', { each: { message: 'OK' } }, answered('SUCCESS', 'OK.'), ['message']],
    ['a pattern', { each: { message: '/^ok/i' } }, answered('SUCCESS', 'OK.'), []],
    ['several at once', { each: { ack: 'FAIL', status: 500 } }, answered('SUCCESS'), ['ack', 'status']],
    ['silence', { each: { ack: 'SUCCESS' } }, silent, ['undelivered']],
    ['silence where anything would do', { each: {} }, silent, ['undelivered']],
    ['silence where a refusal is asked', { each: { ack: 'REJECTED' } }, silent, ['undelivered']],
    ['silence as expected', { each: { ack: 'NONE' } }, silent, []],
    ['silence that is counted', { each: {}, acks: { NONE: 1 } }, silent, []],
    ['an answer where none is asked', { each: { ack: 'NONE' } }, answered('SUCCESS'), ['ack']],
  ])('%s', (_, expectation, happened, codes) => {
    expect(judgeDelivery(happened, expectation).map(({ code }) => code)).toEqual(codes);
  });

  test('too slow', () => {
    const slow = delivery({ duration_ms: 1200.5 });
    expect(judgeDelivery(slow, { each: { within_ms: 1000 } })).toEqual([
      { code: 'too-slow', expected: 1000, actual: 1200.5 },
    ]);
    expect(judgeDelivery(slow, { each: { within_ms: 1200.5 } })).toEqual([]);
  });

  test('the first may be expected to differ', () => {
    const expectation: Expectation = { each: { ack: 'FAIL' }, first: { ack: 'SUCCESS' } };
    const of = (attempt: number) => judgeDelivery(delivery({ attempt, ack: 'SUCCESS' }), expectation).length;
    expect([of(1), of(2)]).toEqual([0, 1]);
  });
});

test('counts of all repeats', () => {
  const acks = new Map([
    ['SUCCESS', 3] as const,
    ['FAIL', 1] as const,
    ['INVALID', 1] as const,
    [null, 2] as const,
  ]);
  const counted = (wanted: Expectation['acks']) => judgeCounts(acks, { each: {}, acks: wanted });
  expect(counted({ SUCCESS: 3, FAIL: 1, INVALID: 1, REJECTED: 2, NONE: 2 })).toEqual([]);
  expect(counted({ SUCCESS: 5 })).toEqual([{ code: 'count', word: 'SUCCESS', expected: 5, actual: 3 }]);
  expect(counted(undefined)).toEqual([]);
});
