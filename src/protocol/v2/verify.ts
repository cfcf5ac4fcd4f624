/** The merchant's side: every step of checking a received notification, in the order a sound handler takes them. */
import { timingSafeEqual } from 'node:crypto';
import type { Check, Fields, KindId, Pair, SignType, V2Credentials, Verification } from '../dialect.ts';
import { decrypt } from './cipher.ts';
import { sign } from './sign.ts';
import { readXml } from './xml.ts';

/**
 * Verifies a v2 notification, signed or encrypted.
 *
 * The algorithm is the merchant's own (`credentials.sign_type`), or the one that the notification names when it is
 * at least as strong: letting the sender choose a weaker one is a hole.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7&index=8
 */
export function verify(body: Uint8Array, credentials: V2Credentials): Verification {
  const message = readMessage(body);
  if (!message.ok) return { ok: false, checks: [failed('form', message.why)], fields: {}, kind: undefined };
  const { pairs } = message;
  const outer = Object.fromEntries(pairs);
  const form: Check[] = [passed('form', `<${message.root}> with ${pairs.length} fields`)];
  const open = Object.hasOwn(outer, 'req_info')
    ? opened(outer, credentials)
    : signed(pairs, outer, credentials);
  const checks = [...form, ...communication(outer), ...open.checks, ...merchant(outer, credentials)];
  return { ok: checks.every((check) => check.ok), checks, fields: open.fields, kind: open.kind };
}

interface Opened {
  readonly checks: readonly Check[];
  readonly fields: Fields;
  readonly kind: KindId | undefined;
}

type Message = { ok: true; root: string; pairs: readonly Pair[] } | { ok: false; why: string };

function readMessage(body: Uint8Array): Message {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return { ok: false, why: 'not UTF-8' };
  }
  return readFields(text);
}

/** XML in which no field is there twice: what was signed must be what is read. */
function readFields(text: string): Message {
  const xml = readXml(text);
  if (!xml.ok) return xml;
  const seen = new Set<string>();
  for (const [name] of xml.pairs) {
    if (seen.has(name)) return { ok: false, why: `${name} is there more than once` };
    seen.add(name);
  }
  return xml;
}

function communication({ return_code }: Fields): readonly Check[] {
  if (return_code === 'SUCCESS') return [passed('communication', 'return_code=SUCCESS')];
  return [failed('communication', `return_code=${return_code ?? '(missing)'}`)];
}

function signed(pairs: readonly Pair[], fields: Fields, credentials: V2Credentials): Opened {
  const kind: KindId = 'v2/payment';
  const given = fields['sign'];
  if (given === undefined || given === '') return { checks: [failed('sign', 'no sign')], fields, kind };
  const type = algorithm(fields, credentials);
  if (type === undefined) {
    const named = fields['sign_type'] ?? '';
    return {
      checks: [failed('sign', `sign_type=${named}, and ${credentials.sign_type} is agreed`)],
      fields,
      kind,
    };
  }
  const expected = sign(pairs, credentials.api_key, type);
  const check = equal(given, expected)
    ? passed('sign', `${type} matches`)
    : failed('sign', `${type} does not match`);
  return { checks: [check], fields, kind };
}

function algorithm(fields: Fields, credentials: V2Credentials): SignType | undefined {
  const named = fields['sign_type'] ?? credentials.sign_type;
  if (named === credentials.sign_type) return credentials.sign_type;
  return named === 'HMAC-SHA256' ? named : undefined;
}

function opened(outer: Fields, { api_key }: V2Credentials): Opened {
  const { req_info = '', ...rest } = outer;
  const plaintext = decrypt(req_info, api_key);
  if (plaintext === undefined) {
    const checks = [failed('decrypt', 'req_info does not decrypt: another key, or damaged')];
    return { checks, fields: rest, kind: 'v2/refund' };
  }
  const xml = readFields(plaintext);
  if (!xml.ok)
    return { checks: [failed('decrypt', `req_info: ${xml.why}`)], fields: rest, kind: 'v2/refund' };
  const inner = Object.fromEntries(xml.pairs);
  const checks = [passed('decrypt', `req_info opens, with ${xml.pairs.length} fields`)];
  return { checks, fields: { ...rest, ...inner }, kind: 'v2/refund' };
}

function merchant(outer: Fields, credentials: V2Credentials): readonly Check[] {
  return (['appid', 'mch_id'] as const).map((name) => {
    const got = outer[name] ?? '(missing)';
    return got === credentials[name]
      ? passed('merchant', `${name}=${got}`)
      : failed('merchant', `${name}=${got}, and ours is ${credentials[name]}`);
  });
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function passed(step: Check['step'], saw: string): Check {
  return { step, ok: true, saw };
}

function failed(step: Check['step'], saw: string): Check {
  return { step, ok: false, saw };
}
