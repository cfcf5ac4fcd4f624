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
  if (said.code === undefined || said.code === 'SUCCESS') {
    return { as: 'INVALID', message: `HTTP ${status} refuses, and ${told(said)}` };
  }
  return { as: 'FAIL', message: said.message };
}

/** What a body says: a code where it is JSON with one, else what it is. */
interface Saying {
  readonly code?: string;
  readonly message: string;
  readonly is: string;
}

function acknowledged(status: number, { code, message, is }: Saying): string {
  if (code !== undefined && code !== 'SUCCESS') {
    return `HTTP ${status} acknowledges, although the body says ${short(code)}${message === '' ? '' : ` (${message})`}`;
  }
  return code === undefined && is === XML
    ? `HTTP ${status} acknowledges; the body is XML, as API v2 wants it`
    : message;
}

function told({ code, message, is }: Saying): string {
  if (code === undefined) return is;
  return `its body says ${short(code)}${message === '' ? '' : ` (${message})`}`;
}

const XML = 'the body is XML, and not {"code","message"}';

function saying(answer: Answer): Saying {
  const text = textOf(answer);
  if (typeof text !== 'string') return { message: '', is: text.why };
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return { message: '', is: 'the body is empty, and not {"code","message"}' };
  if (body.startsWith('<')) return { message: '', is: isHtml(body) ? 'the body is an HTML page' : XML };
  return fromJson(body);
}

function isHtml(body: string): boolean {
  return /^<(!doctype\s+html|html|head|body)\b/i.test(body);
}

function fromJson(body: string): Saying {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { message: '', is: `the body is plain text (${short(body)}), and not {"code","message"}` };
  }
  const { code, message } = (value ?? {}) as { code?: unknown; message?: unknown };
  const words = typeof message === 'string' ? message.trim() : '';
  if (typeof code !== 'string' || code === '')
    return { message: '', is: 'the body is JSON without a code that is text' };
  return { code, message: words, is: 'JSON' };
}

function short(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
