/** What a body says against a status that acknowledges. */
import { expect, test } from 'vitest';
import { refusesInWords } from '../../../src/protocol/v3/ack.ts';

test.each<[string, boolean]>([
  ['', false],
  ['{"code":"SUCCESS"}', false],
  ['{"code":0,"data":null}', false],
  ['{"code":"FAIL","message":"sign"}', true],
  ['{"errcode":40001}', true],
  ['<xml><return_code><![CDATA[FAIL]]></return_code></xml>', true],
  ['<xml>\n  <return_code>SUCCESS</return_code>\n</xml>', false],
  ['<!doctype html><p>welcome', false],
  ['null', false],
  ['[1]', false],
  ['success', false],
])('%s: %s', (body, refuses) => {
  expect(refusesInWords(body)).toBe(refuses);
});
