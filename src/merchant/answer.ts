import type { Pair } from '../protocol/dialect.ts';
import { isV3Message } from './received.ts';
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

/** An answer, ready to be sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is said, and to whom. */
export interface Said {
  readonly ok: boolean;
  readonly message: string;
  /** What a call of native mode one is answered with. */
  readonly order: readonly Pair[] | undefined;
}

/** API v2 reads the body, and API v3 the status. */
export function answerOf({ ok, message, order }: Said, received: Parameters<typeof isV3Message>[0]): Reply {
  if (!isV3Message(received)) {
    const body = order && ok ? elementsXml(order) : answerXml(ok, message);
    return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body };
  }
  if (ok) return { status: 204, headers: {}, body: '' };
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  return { status: 400, headers, body: JSON.stringify({ code: 'FAIL', message }) };
}
