/** Reading XML: what is understood, and what is refused because it is broken or dangerous. */
import { describe, expect, test } from 'vitest';
import type { Pair } from '../../../src/protocol/dialect.ts';
import { readXml } from '../../../src/protocol/v2/xml.ts';

describe('is read', () => {
  const cases: { title: string; text: string; pairs: Pair[]; root?: string }[] = [
    { title: 'plain text', text: '<xml><a>1</a></xml>', pairs: [['a', '1']] },
    { title: 'CDATA', text: '<xml><a><![CDATA[<1>&amp;]]></a></xml>', pairs: [['a', '<1>&amp;']] },
    { title: 'CDATA between text', text: '<xml><a>x<![CDATA[y]]>z</a></xml>', pairs: [['a', 'xyz']] },
    { title: 'nothing', text: '<xml></xml>', pairs: [] },
    { title: 'nothing, in short', text: '<xml/>', pairs: [] },
    { title: 'empty elements', text: '<xml><a></a><b/><c><![CDATA[]]></c></xml>', pairs: [['a', ''], ['b', ''], ['c', '']] }, // prettier-ignore
    { title: 'another root', text: '<PaidResp><a>1</a></PaidResp>', pairs: [['a', '1']], root: 'PaidResp' },
    { title: 'duplicates, in order', text: '<xml><a>1</a><b>2</b><a>3</a></xml>', pairs: [['a', '1'], ['b', '2'], ['a', '3']] }, // prettier-ignore
    { title: 'a prolog', text: '<?xml version="1.0" encoding="UTF-8"?>\n<xml><a>1</a></xml>', pairs: [['a', '1']] }, // prettier-ignore
    { title: 'processing instructions', text: '<xml><?pi x?><a>1</a></xml>', pairs: [['a', '1']] },
    {
      title: 'comments',
      text: '<!-- c --><xml><!-- <b>2</b> --><a>x<!-- y -->z</a></xml>',
      pairs: [['a', 'xz']],
    },
    { title: 'attributes', text: '<xml v="1"><a t="x>y">1</a></xml>', pairs: [['a', '1']] },
    { title: 'indentation', text: '<xml>\n  <a>\n 1 </a>\n</xml>\n', pairs: [['a', '\n 1 ']] },
    {
      title: 'the five entities',
      text: '<xml><a>&lt;&gt;&amp;&quot;&apos;</a></xml>',
      pairs: [['a', '<>&"\'']],
    },
    { title: 'references, once', text: '<xml><a>&#65;&#x42;&#x1F600;&amp;lt;</a></xml>', pairs: [['a', 'AB😀&lt;']] }, // prettier-ignore
    { title: 'numbers as text', text: '<xml><a>0012</a><b>1e3</b><c>4200000000000000000000000000</c></xml>', pairs: [['a', '0012'], ['b', '1e3'], ['c', '4200000000000000000000000000']] }, // prettier-ignore
    {
      title: 'words as text',
      text: '<xml><a>true</a><b>null</b></xml>',
      pairs: [
        ['a', 'true'],
        ['b', 'null'],
      ],
    },
    { title: 'a document type that is only mentioned', text: '<xml><a><![CDATA[<!DOCTYPE a>]]></a></xml>', pairs: [['a', '<!DOCTYPE a>']] }, // prettier-ignore
  ];

  test.each(cases)('$title', ({ text, pairs, root = 'xml' }) => {
    expect(readXml(text)).toEqual({ ok: true, root, pairs });
  });

  test.each(['constructor', '__proto__', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
    'a field named %s is read as it is, or refused, and never lost or renamed',
    (name) => {
      const read = readXml(`<xml><a>1</a><${name}>2</${name}><z>3</z></xml>`);
      if (read.ok)
        expect(read.pairs).toEqual([['a', '1'], [name, '2'], ['z', '3']]); // prettier-ignore
      else expect(read.why).toContain(name);
    },
  );

  test('does not touch Object.prototype', () => {
    readXml('<xml><__proto__><polluted>1</polluted></__proto__><constructor>2</constructor></xml>');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });
});

test('elements with elements in them keep their own text, and are named', () => {
  expect(readXml('<xml><a> <b>y</b>\n</a><c>1</c></xml>')).toEqual({
    ok: true,
    root: 'xml',
    pairs: [
      ['a', ' \n'],
      ['c', '1'],
    ],
    nested: ['a'],
  });
});

describe('is refused', () => {
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(10)}">]><xml><a>&b;</a></xml>`;
  const external = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><xml><a>&f;</a></xml>';

  test.each([
    ['a document type', '<!DOCTYPE xml><xml></xml>', /DOCTYPE/],
    ['a document type in small letters', '<!doctype xml><xml></xml>', /DOCTYPE/],
    ['an entity declaration', '<xml><!ENTITY a "b"></xml>', /DOCTYPE/],
    ['billion laughs', laughs, /DOCTYPE/],
    ['an external entity', external, /DOCTYPE/],
    ['an external entity behind a prolog', `<?xml version="1.0"?>\n${external}`, /DOCTYPE/],
    ['an entity that XML does not define', '<xml><a>&nbsp;</a></xml>', /it uses an entity/],
    ['an entity named like a method', '<xml><a>&toString;</a></xml>', /it uses an entity/],
    ['an entity named constructor', '<xml><a>&constructor;</a></xml>', /it uses an entity/],
    ['an entity named __proto__', '<xml><a>&__proto__;</a></xml>', /it uses an entity/],
    ['an entity in an attribute', '<xml b="&nbsp;"><a>x</a></xml>', /it uses an entity/],
    ['text around an element', '<xml><a>x<b>y</b>z</a></xml>', /<a> mixes text and elements/],
    ['an entity without its end', '<xml><a>&amp x</a></xml>', /&|entity/],
    ['a bare ampersand', '<xml><a>x & y</a></xml>', /&|entity/],
    ['a reference to nothing', '<xml><a>&#0;</a></xml>', /<a> refers to a character/],
    ['a reference beyond Unicode', '<xml><a>&#x110000;</a></xml>', /<a> refers to a character/],
    ['a reference to half a character', '<xml><a>&#xD800;</a></xml>', /./],
    ['a reference to a character that XML has not', '<xml><a>&#1;</a></xml>', /./],
    ['nothing at all', '', /./],
    ['white space', ' \n ', /./],
    ['text', 'SUCCESS', /./],
    ['two roots', '<xml></xml><xml></xml>', /./],
    ['text after the root', '<xml></xml>SUCCESS', /./],
    ['a missing end', '<xml><a>1</a>', /./],
    ['a wrong end', '<xml><a>1</b></xml>', /./],
    ['crossed elements', '<xml><a><b></a></b></xml>', /./],
    ['an open CDATA', '<xml><a><![CDATA[1</a></xml>', /./],
    ['an open comment', '<xml><!-- <a>1</a></xml>', /./],
    ['no name', '<xml><>1</></xml>', /./],
    ['a name that begins with a digit', '<xml><1a>1</1a></xml>', /./],
    ['only a prolog', '<?xml version="1.0"?>', /./],
  ])('%s', (_, text, why) => {
    expect(readXml(text)).toEqual({ ok: false, why: expect.stringMatching(why) as string });
  });

  test('10 000 levels, without an exception', () => {
    const deep = `${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}`;
    expect(() => readXml(deep)).not.toThrow();
  });
});
