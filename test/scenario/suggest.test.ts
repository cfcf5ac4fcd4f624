/** “Did you mean …?”: near names are offered, far ones are not. */
import { describe, expect, test } from 'vitest';
import { nearest, suggest } from '../../src/scenario/suggest.ts';

const known = ['notify', 'fields', 'expect', 'tamper', 'times', 'ack', 'v2/payment', 'SUCCESS'];

describe('nearest', () => {
  test.each([
    ['notfy', 'notify'],
    ['notfiy', 'notify'],
    ['Notify', 'notify'],
    ['feilds', 'fields'],
    ['field', 'fields'],
    ['success', 'SUCCESS'],
    ['v2/paymnt', 'v2/payment'],
    ['v2.payment', 'v2/payment'],
    ['ac', 'ack'],
    ['zzzzzz', undefined],
    ['', undefined],
    ['v3/refund', undefined],
  ])('%s is nearest to %s', (wrong, expected) => {
    expect(nearest(wrong, known)).toBe(expected);
  });

  test('nothing is near to nothing', () => {
    expect(nearest('x', [])).toBeUndefined();
  });
});

describe('suggest', () => {
  test.each<[string, readonly string[], string]>([
    ['notfy', known, 'Did you mean `notify`?'],
    ['zzzzzz', ['a', 'b'], 'Known: a, b.'],
    ['x', [], 'There is none to choose from.'],
    ['zzzzzz', Array.from({ length: 30 }, (_, n) => `name-${n}`), `Known: ${Array.from({ length: 24 }, (_, n) => `name-${n}`).join(', ')}, and 6 more.`], // prettier-ignore
  ])('%s', (wrong, names, expected) => {
    expect(suggest(wrong, names)).toBe(expected);
  });
});
