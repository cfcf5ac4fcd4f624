/** Writing XML: the form of real captures, and that every value XML can carry comes back as it went in. */
import { XMLParser } from 'fast-xml-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Layout, Pair } from '../../../src/protocol/dialect.ts';
import { inOrder, unwritable, writeXml } from '../../../src/protocol/v2/write-xml.ts';
import { readXml } from '../../../src/protocol/v2/xml.ts';
import { bodyOf } from '../setup.ts';

const layout: Layout = { root: 'xml', order: 'ascii', separator: '', plain: ['plain'] };

const roundTrip = (pairs: readonly Pair[], form = layout) => readXml(writeXml(pairs, form));

describe('the form', () => {
  test.each<{ title: string; pairs: Pair[]; form?: Partial<Layout>; expected: string }>([
    { title: 'CDATA', pairs: [['a', '1']], expected: '<xml><a><![CDATA[1]]></a></xml>' },
    { title: 'plain', pairs: [['plain', '1']], expected: '<xml><plain>1</plain></xml>' },
    { title: 'plain, escaped', pairs: [['plain', 'a<b&c>']], expected: '<xml><plain>a&#60;b&#38;c&#62;</plain></xml>' }, // prettier-ignore
    { title: 'lines', pairs: [['a', '1']], form: { separator: '\n', root: 'root' }, expected: '<root>\n<a><![CDATA[1]]></a>\n</root>' }, // prettier-ignore
    { title: 'the end of CDATA', pairs: [['a', ']]>']], expected: '<xml><a><![CDATA[]]]]><![CDATA[>]]></a></xml>' }, // prettier-ignore
    { title: 'a carriage return', pairs: [['a', 'x\r\n&']], expected: '<xml><a>x&#13;\n&#38;</a></xml>' },
  ])('$title', ({ pairs, form, expected }) => {
    expect(writeXml(pairs, { ...layout, ...form })).toBe(expected);
  });

  test('a payment begins with <xml>, ends with </xml>, and has nothing between its elements', () => {
    const body = bodyOf('v2/payment');
    expect(body).toMatch(/^<xml><appid>/);
    expect(body).toMatch(/<\/transaction_id><\/xml>$/);
    expect(body).not.toMatch(/>\s+</);
    expect(body).toContain('<total_fee>100</total_fee>');
  });

  test('ASCII order, or that of a table and then ASCII', () => {
    const fields: Pair[] = [['b', '1'], ['a_', '2'], ['aB', '3'], ['a', '4']]; // prettier-ignore
    const names = (form: Layout, table: string[]) => inOrder(fields, form, table.map((name) => ({ name }))).map(([name]) => name); // prettier-ignore
    expect(names(layout, [])).toEqual(['a', 'aB', 'a_', 'b']);
    expect(names({ ...layout, order: 'table' }, ['b', 'a_'])).toEqual(['b', 'a_', 'a', 'aB']);
  });
});

describe('round trip', () => {
  const name = fc.stringMatching(/^[A-Za-z_][\w.-]{0,12}$/);
  const nasty = fc.constantFrom(']]>', ']]', '>', '\r', '\r\n', '\n', '\t', ' ', '&amp;', '&#13;', '<', '<![CDATA[', '<!--', '😀', '微', '', '\u00a0', '\u2028', '\u0085', '\ufeff'); // prettier-ignore
  const value = fc
    .oneof(
      fc.array(nasty).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
    ) // prettier-ignore
    .filter((text) => unwritable(text) === undefined);
  const pairs = fc.array(fc.tuple(fc.oneof(name, fc.constant('plain')), value));

  test('every value XML can carry comes back', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom('' as const, '\n' as const), (given, separator) => {
        expect(roundTrip(given, { ...layout, separator })).toEqual({ ok: true, root: 'xml', pairs: given });
      }),
      { numRuns: 400 },
    );
  });

  test('another parser reads the same', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false, ignoreAttributes: true });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(text !== '' && unwritable(text) === undefined);
        expect(parser.parse(writeXml([['a', text]], layout))).toEqual({ xml: { a: text } });
      }),
    );
  });

  test.each([
    ' leading and trailing ',
    ' ',
    '\n',
    '\r',
    ']]>]]>',
    ']]]]>>',
    '<b>bold</b>',
    '<?xml version="1.0"?>',
    '<!-- no comment -->',
    '&nbsp; &lt; &constructor;',
    '<!DOCTYPE html>',
    '<!ENTITY x "y">',
    '👨‍👩‍👧 余额 e\u0301',
  ])('%j, in CDATA and plain', (text) => {
    const given: Pair[] = [['attach', text], ['plain', text]]; // prettier-ignore
    expect(roundTrip(given)).toEqual({ ok: true, root: 'xml', pairs: given });
  });

  test.each(['xml', 'a.b-c_1', 'key', 'sign', 'root'])('a field named %s', (field) => {
    const given: Pair[] = [['a', '1'], [field, '2'], ['z', '3']]; // prettier-ignore
    expect(roundTrip(given)).toEqual({ ok: true, root: 'xml', pairs: given });
  });
});

describe('what XML cannot carry', () => {
  test.each([
    ['\u0000', 'U+0000'], ['a\u0008', 'U+0008'], ['\u000b', 'U+000B'], ['\u001f', 'U+001F'],
    ['\ufffe', 'U+FFFE'], ['\uffff', 'U+FFFF'], ['\ud800', 'U+D800'], ['x\udfffy', 'U+DFFF'],
  ])('%j is named as %s', (text, expected) => expect(unwritable(text)).toBe(expected)); // prettier-ignore

  test.each(['', '\t\n\r', ' ', '\u007f\u0085', '\ud7ff\ue000\ufffd', '😀', '\u{10ffff}'])(
    '%j is fine',
    (text) => {
      expect(unwritable(text)).toBeUndefined();
    },
  );
});
