import { writeXml } from '../protocol/v2/write-xml.ts';

/** The acknowledgement as the platform wants it, or a refusal that says why. */
export function answerXml(ok: boolean, message: string): string {
  const layout = { root: 'xml', order: 'table', separator: '', plain: [] } as const;
  const pairs = [['return_code', ok ? 'SUCCESS' : 'FAIL'] as const, ['return_msg', message] as const];
  return writeXml(pairs, layout);
}
