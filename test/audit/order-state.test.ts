/** What a merchant's own API says of an order: counts, truth values, and words that are the merchant's. */
import { describe, expect, test } from 'vitest';
import {
  countsCredits,
  countsRefunds,
  credits,
  refunds,
  stateOf,
  usualWords,
  withLearnt,
} from '../../src/audit/order-state.ts';
import type { StateFacts } from '../../src/audit/result.ts';

describe('how often it was credited', () => {
  test.each<[StateFacts, number | undefined]>([
    [{ paid_count: '0' }, 0],
    [{ paid_count: '2' }, 2],
    [{ paid_count: 'true' }, 1],
    [{ paid_count: 'false' }, 0],
    [{ paid_count: 'null' }, 0],
    [{ paid_count: 'many' }, undefined],
    [{ paid_count: '2', status: 'CREATED' }, 2],
    [{ status: 'PAID' }, 1],
    [{ status: ' Paid ' }, 1],
    [{ status: '已支付' }, 1],
    [{ status: 'REFUNDED' }, 1],
    [{ status: 'CREATED' }, 0],
    [{ refunded: '100' }, undefined],
  ])('%o', (state, expected) => {
    expect(credits(state, usualWords)).toBe(expected);
  });
});

describe('how much went back', () => {
  test.each<[StateFacts, number | undefined]>([
    [{ refunded: '100' }, 100],
    [{ refunded: '1.00' }, 1],
    [{ refunded: 'true' }, 1],
    [{ status: 'REFUNDED' }, 1],
    [{ status: 'PAID' }, 0],
    [{ paid_count: '1' }, undefined],
  ])('%o', (state, expected) => {
    expect(refunds(state, usualWords)).toBe(expected);
  });
});

test('a word that is not known is no credit until an accepted payment has led to it', () => {
  const state = { status: 'WAIT_SEND' };
  expect(credits(state, usualWords)).toBe(0);
  const learnt = withLearnt(usualWords, { paid: 'WAIT_SEND' });
  expect(credits(state, learnt)).toBe(1);
  expect(refunds(state, learnt)).toBe(0);
});

test('only a number tells one from two', () => {
  expect(countsCredits({ paid_count: '1' })).toBe(true);
  expect(countsCredits({ paid_count: 'true' })).toBe(false);
  expect(countsCredits({ status: 'PAID' })).toBe(false);
  expect(countsRefunds({ refunded: '0' })).toBe(true);
  expect(countsRefunds({ refunded: '' })).toBe(false);
});

test('of what a probe captures only three names say something', () => {
  expect(stateOf({ status: 'PAID', note: 'x' })).toEqual({ status: 'PAID' });
  expect(stateOf({ note: 'x' })).toBeUndefined();
});
