/** `expect` as written, as an expectation; durations; regular expressions. */
import { describe, expect, test } from 'vitest';
import { millis } from '../../src/scenario/schema/schema-parts.ts';
import { toExpectation } from '../../src/scenario/expect.ts';
import type { AnswerExpectation, Expectation } from '../../src/scenario/scenario.ts';
import type { ExpectForm } from '../../src/scenario/schema/schema.ts';
import { readScenario } from '../../src/scenario/check/validate.ts';

/** Without what is not said. */
function said(part: AnswerExpectation | undefined) {
  return part && Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}

const read = (form: ExpectForm | undefined, tampered = false): Expectation => toExpectation(form, tampered);

describe('each', () => {
  test.each<[string, ExpectForm | undefined, boolean, AnswerExpectation]>([
    ['nothing said, authentic', undefined, false, { ack: 'SUCCESS' }],
    ['nothing said, tampered with', undefined, true, { ack: 'REJECTED' }],
    ['an ack', { ack: 'FAIL' }, false, { ack: 'FAIL' }],
    ['an ack, tampered with', { ack: 'SUCCESS' }, true, { ack: 'SUCCESS' }],
    ['a time keeps the default', { within: '2s' }, false, { ack: 'SUCCESS', within_ms: 2000 }],
    ['a message keeps the default', { message: 'x' }, true, { ack: 'REJECTED', message: 'x' }],
    ['a status alone is what matters', { status: 500 }, false, { status: 500 }],
    ['a status and an ack', { status: 200, ack: 'FAIL' }, false, { status: 200, ack: 'FAIL' }],
    ['every', { every: { ack: 'FAIL' } }, false, { ack: 'FAIL' }],
    [
      'every beside the top',
      { within: '1s', every: { ack: 'FAIL' } },
      false,
      { ack: 'FAIL', within_ms: 1000 },
    ],
    ['counts stand on their own', { acks: { SUCCESS: 1 } }, false, {}],
    ['counts beside a time', { acks: { SUCCESS: 1 }, within: '1s' }, false, { within_ms: 1000 }],
  ])('%s', (_, form, tampered, expected) => {
    expect(said(read(form, tampered).each)).toEqual(expected);
  });
});

test('first takes the default, not what each says', () => {
  const { first, each } = read({ first: { within: '1s' }, every: { ack: 'REJECTED' } });
  expect(said(first)).toEqual({ ack: 'SUCCESS', within_ms: 1000 });
  expect(said(each)).toEqual({ ack: 'REJECTED' });
});

test('counts are kept', () => {
  expect(read({ acks: { SUCCESS: 1, REJECTED: 4 } }).acks).toEqual({ SUCCESS: 1, REJECTED: 4 });
});

describe('durations', () => {
  test.each([
    ['500ms', 500],
    ['5s', 5000],
    ['1.5s', 1500],
    ['0s', 0],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['5', undefined],
    ['-5s', undefined],
    ['5 s', undefined],
    ['5S', undefined],
    ['5sec', undefined],
    ['.5s', undefined],
    ['1e3ms', undefined],
    ['', undefined],
  ])('%s is %s', (text, expected) => {
    expect(millis(text)).toBe(expected);
  });
});

describe('a message', () => {
  const accepted = (message: string): boolean =>
    readScenario(`notify: v2/payment\nexpect: { message: ${JSON.stringify(message)} }`, 'x.yaml', 'x').ok;

  test.each(['OK', '', '/', '//', '/^ok$/', '/余额/u', '/a|b/i', 'a/b/c'])('%j is fine', (message) => {
    expect(accepted(message)).toBe(true);
  });

  test.each(['/(/', '/[/', '/a{2,1}/', '/\\/u', '/(?<a>x)(?<a>y)/'])('%j does not compile', (message) => {
    expect(accepted(message)).toBe(false);
  });
});
