/** Fields ⇄ JSON: order, types, nesting, and nothing lost between the two. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson, writeJson } from '../../../src/protocol/v3/json.ts';
import { boolean, fen, int, text } from '../../../src/protocol/v3/tables/row.ts';

const doc = '';
const table = [
  text('id', '', { doc }),
  fen('amount.total', '', { doc }),
  text('amount.currency', '', { doc }),
  int('count', '', { doc }),
  boolean('done', '', { doc }),
  text('list.$n.name', '', { doc }),
  int('list.$n.goods.$n.quantity', '', { doc }),
];

describe('writing', () => {
  test.each([
    { title: 'nothing', fields: {}, json: '{}' },
    { title: 'in the order of the table', fields: { count: '1', id: 'a' }, json: '{"id":"a","count":1}' },
    { title: 'nested', fields: { 'amount.currency': 'CNY', 'amount.total': '100' }, json: '{"amount":{"total":100,"currency":"CNY"}}' },
    { title: 'no number where there should be one', fields: { 'amount.total': '1x' }, json: '{"amount":{"total":"1x"}}' },
    { title: 'a number as it is written', fields: { count: '1.50' }, json: '{"count":1.50}' },
    { title: 'more digits than a double has', fields: { count: '42000012342026010112345678' }, json: '{"count":42000012342026010112345678}' },
    { title: 'a leading zero is no number', fields: { count: '007' }, json: '{"count":"007"}' },
    { title: 'booleans', fields: { done: 'true' }, json: '{"done":true}' },
    { title: 'no boolean', fields: { done: 'yes' }, json: '{"done":"yes"}' },
    { title: 'digits in text', fields: { id: '42' }, json: '{"id":"42"}' },
    { title: 'what is unknown is text, at the end', fields: { x: '1', id: 'a' }, json: '{"id":"a","x":"1"}' },
    { title: 'what is unknown in something known', fields: { 'amount.x': '1', 'amount.total': '2' }, json: '{"amount":{"total":2,"x":"1"}}' },
    { title: 'lists', fields: { 'list.0.name': 'a', 'list.1.name': 'b' }, json: '{"list":[{"name":"a"},{"name":"b"}]}' },
    { title: 'lists in lists', fields: { 'list.0.goods.0.quantity': '1', 'list.0.goods.1.quantity': '2' }, json: '{"list":[{"goods":[{"quantity":1},{"quantity":2}]}]}' },
    { title: 'a list by its numbers', fields: { 'x.1': 'b', 'x.0': 'a' }, json: '{"x":["a","b"]}' },
    { title: 'a list with a hole is none', fields: { 'x.1': 'b' }, json: '{"x":{"1":"b"}}' },
    { title: 'something nested as JSON', fields: { amount: '{"total":1}' }, json: '{"amount":{"total":1}}' },
    { title: 'an empty list', fields: { list: '[]' }, json: '{"list":[]}' },
    { title: 'no JSON where something nested belongs', fields: { amount: '{' }, json: '{"amount":"{"}' },
    { title: 'braces in text', fields: { id: '{}' }, json: '{"id":"{}"}' },
    { title: 'a part wins over the whole', fields: { amount: '{"x":1}', 'amount.total': '2' }, json: '{"amount":{"total":2}}' },
    { title: 'raw UTF-8, and slashes as they are', fields: { id: '支付/成功 🎉' }, json: '{"id":"支付/成功 🎉"}' },
    { title: 'names of objects’ own', fields: { '__proto__': 'a', 'constructor.x': 'b' }, json: '{"constructor":{"x":"b"}}' },
  ])('$title', ({ fields, json }) => {
    expect(writeJson(fields, table)).toBe(json);
  }); // prettier-ignore
});

describe('reading', () => {
  test.each([
    { title: 'no JSON', json: '{', fields: undefined },
    { title: 'no object', json: '[1]', fields: undefined },
    { title: 'text', json: '"a"', fields: undefined },
    { title: 'a key that is there twice', json: '{"a":1,"a":2}', fields: undefined },
    { title: 'deeper than any stack', json: `${'{"a":'.repeat(1e6)}1${'}'.repeat(1e6)}`, fields: undefined },
    { title: 'numbers as they are written', json: '{"a":1.50,"b":42000012342026010112345678,"c":1e2}', fields: { a: '1.50', b: '42000012342026010112345678', c: '1e2' } },
    { title: 'booleans, empty lists and objects, no null', json: '{"a":true,"b":[],"c":{},"d":null}', fields: { a: 'true', b: '[]', c: '{}' } },
    { title: 'nested', json: '{"a":{"b":[{"c":"d"},2]}}', fields: { 'a.b.0.c': 'd', 'a.b.1': '2' } },
  ])('$title', ({ json, fields }) => {
    expect(readJson(json)).toEqual(fields);
  }); // prettier-ignore
});

test('what is written is read again, and is what JSON.stringify would write of it', () => {
  const value = fc.string({ unit: 'grapheme' });
  const whole = fc.integer().map(String);
  const fields = fc.record(
    {
      id: value,
      'amount.total': whole,
      'amount.currency': value,
      done: fc.constantFrom('true', 'false'),
      'list.0.name': value,
      'list.1.name': value,
      'list.0.goods.0.quantity': whole,
      unknown: value,
    },
    { requiredKeys: ['list.0.name'], noNullPrototype: true },
  );
  fc.assert(
    fc.property(fields, (given) => {
      const json = writeJson(given, table);
      expect(readJson(json)).toEqual(given);
      expect(JSON.stringify(JSON.parse(json))).toBe(json);
    }),
  );
});
