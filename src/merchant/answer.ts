import type { Pair } from '../protocol/dialect.ts';
import { writeXml } from '../protocol/v2/write-xml.ts';

/** The acknowledgement as the platform wants it, or a refusal that says why. */
export function answerXml(ok: boolean, message: string): string {
  return elementsXml([
    ['return_code', ok ? 'SUCCESS' : 'FAIL'],
    ['return_msg', message],
  ]);
}

/** An answer of other elements. */
export function elementsXml(pairs: readonly Pair[]): string {
  return writeXml(pairs, { root: 'xml', order: 'table', separator: '', plain: [] });
}
