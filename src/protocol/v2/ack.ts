import { timingSafeEqual } from 'node:crypto';
import { redirection, textOf } from '../answer-text.ts';
import type { Ack, Answer, Kind, Pair, SignType, V2Credentials } from '../dialect.ts';
import { sign } from './sign.ts';
import { readXml } from './xml.ts';

/**
 * Reads what a merchant answered to a v2 notification, as the platform does: HTTP 200 and
 * `<xml><return_code>SUCCESS</return_code>…</xml>` is an acknowledgement, nothing else is. A kind may want the same
 * under other names (`code`, `message`), or a signed order.
 *
 * Read as well, because real SDKs send them: a prolog, white space, no CDATA, no `return_msg`, another root
 * name, `return_code=ERROR`. Entities are never expanded.
 *
 * @param credentials with them, the signature of an order is checked
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7&index=8
 */
export function readAck(answer: Answer, kind: Pick<Kind, 'answer'>, credentials?: V2Credentials): Ack {
  const redirected = redirection(answer);
  if (redirected !== undefined) return invalid(redirected);
  const text = textOf(answer);
  const said = typeof text === 'string' ? readBody(text, kind, credentials) : invalid(text.why);
  if (answer.status === 200) return said;
  return invalid(`HTTP ${answer.status}, where only 200 counts; ${inner(said)}`);
}

function inner(ack: Ack): string {
  if (ack.as === 'INVALID') return ack.message;
  return `its body says ${ack.as}${ack.message === '' ? '' : ` (${ack.message})`}`;
}

function readBody(text: string, { answer }: Pick<Kind, 'answer'>, credentials?: V2Credentials): Ack {
  const body = text.replace(/^\uFEFF/, '').trim();
  const known = notXml(body);
  if (known !== undefined) return invalid(known);
  const xml = readXml(body);
  if (!xml.ok) return invalid(`the answer is XML that cannot be read: ${xml.why}`);
  const ack = readCode(xml.pairs, answer);
  return answer === 'order' && ack.as === 'SUCCESS' ? readOrder(xml.pairs, credentials) : ack;
}

/** `code` and `message` take the place of `return_code` and `return_msg` where a kind has it so. */
function readCode(pairs: readonly Pair[], answer: Kind['answer']): Ack {
  const other = answer === 'code' && !pairs.some(([name]) => name === 'return_code');
  const [codeName, messageName] = other ? ['code', 'message'] : ['return_code', 'return_msg'];
  const codes = pairs.filter(([name]) => name === codeName).map(([, value]) => value.trim());
  const message = pairs.find(([name]) => name === messageName)?.[1].trim() ?? '';
  if (codes.length > 1) return invalid(`the answer has more than one ${codeName}`);
  return byCode(codes[0], message);
}

/**
 * An answer to the native call, mode one: an order that the platform can show to the payer.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/api/native.php?chapter=6_4
 */
function readOrder(pairs: readonly Pair[], credentials: V2Credentials | undefined): Ack {
  const order = Object.fromEntries(pairs);
  if (order['result_code'] === 'FAIL') return { as: 'FAIL', message: order['err_code_des']?.trim() ?? '' };
  if (order['result_code'] !== 'SUCCESS')
    return invalid('the order has no result_code, which says SUCCESS or FAIL');
  const missing = ['appid', 'mch_id', 'nonce_str', 'prepay_id', 'sign'].find(
    (name) => (order[name] ?? '') === '',
  );
  if (missing !== undefined) return invalid(`the order has no ${missing}`);
  const wrong = credentials && wrongOrder(pairs, credentials);
  return wrong === undefined
    ? { as: 'SUCCESS', message: `prepay_id ${order['prepay_id'] ?? ''}` }
    : invalid(wrong);
}

function wrongOrder(pairs: readonly Pair[], credentials: V2Credentials): string | undefined {
  const order = Object.fromEntries(pairs);
  const name = (['appid', 'mch_id'] as const).find((key) => order[key] !== credentials[key]);
  if (name !== undefined)
    return `the order’s ${name} is ${order[name] ?? ''}, and ours is ${credentials[name]}`;
  const given = Buffer.from(order['sign'] ?? '');
  const types: readonly SignType[] = ['MD5', 'HMAC-SHA256'];
  const fits = types.some((type) => {
    const expected = Buffer.from(sign(pairs, credentials.api_key, type));
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return fits ? undefined : 'the order’s sign does not match';
}

function byCode(code: string | undefined, message: string): Ack {
  if (code === 'SUCCESS') return { as: 'SUCCESS', message };
  if (code === 'FAIL' || code === 'ERROR') return { as: 'FAIL', message };
  if (code === undefined) return invalid('the answer is XML without a return_code');
  const near = code.toUpperCase() === 'SUCCESS' ? '; it must be SUCCESS, in upper case' : '';
  return invalid(`return_code is ${JSON.stringify(code.slice(0, 60))}, neither SUCCESS nor FAIL${near}`);
}

/** What a body that is not XML most likely is. */
function notXml(body: string): string | undefined {
  if (body === '') return 'the answer is empty';
  if (/^[{[]/.test(body)) return 'the answer is JSON, and a v2 notification must be answered with XML';
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(body)) return 'the answer is an HTML page';
  if (/^success$/i.test(body)) return `the answer is plain text ${JSON.stringify(body)}, not XML`;
  return body.startsWith('<') ? undefined : 'the answer is plain text, not XML';
}

function invalid(message: string): Ack {
  return { as: 'INVALID', message };
}
