/** The text at a path of elements. */
import { expect, test } from 'vitest';
import { xmlPath } from '../../../src/protocol/v2/xml-path.ts';

test.each([
  ['<xml><a>1</a></xml>', 'a', '1'],
  ['<xml><a>1</a><a>2</a></xml>', '/xml/a[2]', '2'],
  ['<a><b><c> x </c></b></a>', '/a/b/c', 'x'],
  ['<?xml version="1.0"?><xml><a/></xml>', 'a', ''],
  ['<xml><a>&lt;&amp;&gt;&quot;&apos;</a></xml>', 'a', '<&>"\''],
  ['<xml><a>&#20013;&#x4e2d;</a></xml>', 'a', '中中'],
  ['<xml><a><![CDATA[&amp;]]>&amp;</a></xml>', 'a', '&amp;&'],
  ['<xml><a>&own;</a></xml>', 'a', undefined],
  ['<!DOCTYPE xml [<!ENTITY own "x">]><xml><a>&own;</a></xml>', 'a', undefined],
  ['<xml><a>&#0;</a></xml>', 'a', undefined],
  ['<xml><a>1</a></xml>', 'b', undefined],
  ['<xml><a>1</a></xml>', 'constructor', undefined],
  ['no XML', 'a', undefined],
])('%s at %s', (xml, path, text) => {
  expect(xmlPath(xml, path)).toBe(text);
});

test('an element that has elements has no text', () => {
  expect(xmlPath('<xml><a><b>1</b></a></xml>', 'a')).toBeUndefined();
});
