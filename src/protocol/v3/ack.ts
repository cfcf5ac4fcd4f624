import { redirection, textOf } from '../answer-text.ts';
import type { Ack, Answer } from '../dialect.ts';

/**
 * Reads what a merchant answered to a v3 notification, as the platform does: by its status. 200 and 204 acknowledge,
 * whatever the body says; 4xx or 5xx with `{"code":"FAIL","message":…}` refuses; nothing else is an answer in the
 * protocol's form. What a body says against its status is told.
 *
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export function readAck(answer: Answer): Ack {
  const { status } = answer;
  const redirected = redirection(answer);
  if (redirected !== undefined) return { as: 'INVALID', message: redirected };
  const said = saying(answer);
  if (status === 200 || status === 204) return { as: 'SUCCESS', message: acknowledged(status, said) };
  if (status < 400) {
    return { as: 'INVALID', message: `HTTP ${status}, where only 200 and 204 count; ${told(said)}` };
  }
  if (said.code === undefined || SUCCEEDED.test(said.code)) {
    return { as: 'INVALID', message: `HTTP ${status} refuses, and ${told(said)}` };
  }
  return { as: 'FAIL', message: said.message };
}

/** What a body says: a code where it is JSON with one, else what it is. */
interface Saying {
  readonly code?: string;
  readonly message: string;
  readonly is: string;
  /** What it says against a status that acknowledges, in whatever form. */
  readonly against?: string | undefined;
}

/** How handlers say that all is well; the documents have only the first. */
const SUCCEEDED = /^(?:success|succeed|ok|true|0+|200)$/i;

function acknowledged(status: number, { message, against }: Saying): string {
  return against === undefined ? message : `HTTP ${status} acknowledges${against}`;
}

function told({ code, message, is }: Saying): string {
  return code === undefined ? is : `its body says ${words(code, message)}`;
}

function saying(answer: Answer): Saying {
  const text = textOf(answer);
  if (typeof text !== 'string') return { message: '', is: text.why };
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return { message: '', is: 'the body is empty, and not {"code","message"}' };
  if (body.startsWith('<')) return isHtml(body) ? HTML : fromXml(body);
  return fromJson(body);
}

/**
 * Whether a body refuses, whatever its status says: a handler of API v2 answers so with HTTP 200, and many of API v3
 * do as well.
 */
export function refusesInWords(body: string): boolean {
  const text = body.replace(/^\uFEFF/, '').trim();
  const code = text.startsWith('<') ? xmlCode(text) : jsonCode(text);
  return code !== undefined && !SUCCEEDED.test(code);
}

const HTML: Saying = {
  message: '',
  is: 'the body is an HTML page',
  against: '; the body is an HTML page: did the handler see it at all?',
};

function isHtml(body: string): boolean {
  return /^(?:<!--[^]*?-->\s*)?<(!doctype\s+html|html|head|body)\b/i.test(body);
}

function fromXml(body: string): Saying {
  const code = xmlCode(body);
  const form = '; the body is XML, as API v2 wants it';
  const against = code === undefined || SUCCEEDED.test(code) ? form : `${although(code, '')}${form}`;
  return { message: '', is: 'the body is XML, and not {"code","message"}', against };
}

function xmlCode(text: string): string | undefined {
  return /<return_code>\s*(?:<!\[CDATA\[)?\s*(\w+)/.exec(text)?.[1];
}

function jsonCode(text: string): string | undefined {
  try {
    return firstOf((JSON.parse(text) ?? {}) as Readonly<Record<string, unknown>>, CODES);
  } catch {
    return undefined;
  }
}

/** Under which names bodies say whether all is well; the documents have only the first. */
const CODES = ['code', 'return_code', 'errcode'];

function fromJson(body: string): Saying {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return plainText(body);
  }
  const said = (value ?? {}) as Readonly<Record<string, unknown>>;
  const { code, message } = said;
  const meant = firstOf(said, CODES);
  const why = firstOf(said, ['message', 'return_msg', 'errmsg', 'msg']) ?? '';
  const against = meant === undefined || SUCCEEDED.test(meant) ? undefined : although(meant, why);
  if (typeof code !== 'string' || code === '')
    return { message: '', is: 'the body is JSON without a code that is text', against };
  return { code, message: typeof message === 'string' ? message.trim() : '', is: 'JSON', against };
}

function plainText(body: string): Saying {
  const is = `the body is plain text (${short(body)}), and not {"code","message"}`;
  return { message: '', is, against: SUCCEEDED.test(body) ? undefined : although(body, '') };
}

/** The first of these that is there, as text. */
function firstOf(said: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined {
  const found = names.map((name) => said[name]).find((value) => value !== undefined && value !== '');
  return typeof found === 'string' || typeof found === 'number' ? String(found).trim() : undefined;
}

function although(code: string, message: string): string {
  return `, although the body says ${words(code, message)}`;
}

function words(code: string, message: string): string {
  return message === '' ? short(code) : `${short(code)} (${message})`;
}

function short(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
