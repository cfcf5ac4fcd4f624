/** The merchant's side: every step of checking a received notification, in the order a sound handler takes them. */
import { timingSafeEqual } from 'node:crypto';
import type { Check, Fields, Kind, Pair, V2Credentials, Verification } from '../dialect.ts';
import { decryptAead } from '../aead.ts';
import { allRows } from '../notification.ts';
import { decrypt } from './cipher.ts';
import { eventBinding } from './event-binding.ts';
import { payment } from './kinds/payment.ts';
import { recogniseKind } from './recognise.ts';
import { sign } from './sign.ts';
import { readXml } from './xml.ts';

/**
 * Verifies a v2 notification, signed or encrypted.
 *
 * The algorithm is the kind's or the merchant's own (`credentials.sign_type`), or the one that the notification names when it is
 * at least as strong: letting the sender choose a weaker one is a hole.
 *
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7&index=8
 */
export function verify(body: Uint8Array, credentials: V2Credentials): Verification {
  const message = readMessage(body);
  if (!message.ok) return { ok: false, checks: [failed('form', message.why)], fields: {}, kind: undefined };
  const { pairs } = message;
  const outer = Object.fromEntries(pairs);
  const kind = recogniseKind(outer) ?? payment;
  const received: Received = { kind, pairs, outer, credentials };
  const opened = kind.seal === 'signed' ? { checks: [], fields: outer } : opens(received);
  const checks = [
    passed('form', `<${message.root}> with ${pairs.length} fields`),
    ...communication(received),
    ...(kind.seal === 'encrypted' ? [] : [signature(received)]),
    ...opened.checks,
    ...merchant(received),
  ];
  return { ok: checks.every((check) => check.ok), checks, fields: opened.fields, kind: kind.id };
}

interface Received {
  readonly kind: Kind;
  readonly pairs: readonly Pair[];
  readonly outer: Fields;
  readonly credentials: V2Credentials;
}

interface Opened {
  readonly checks: readonly Check[];
  readonly fields: Fields;
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

/** Some kinds have no `return_code` at all. */
function communication({ kind, outer: { return_code } }: Received): readonly Check[] {
  if (!allRows(kind).some(({ name }) => name === 'return_code')) return [];
  if (return_code === 'SUCCESS') return [passed('communication', 'return_code=SUCCESS')];
  return [failed('communication', `return_code=${return_code ?? '(missing)'}`)];
}

/** Real notifications are signed with HMAC-SHA256 without saying so: it is not the weaker one, so it may be taken. */
const HMAC_LENGTH = 64;

function signature({ kind, pairs, outer, credentials }: Received): Check {
  const given = outer['sign'];
  if (given === undefined || given === '') return failed('sign', 'no sign');
  const agreed = kind.sign_type ?? credentials.sign_type;
  const named = outer[kind.names_algorithm] ?? (given.length === HMAC_LENGTH ? 'HMAC-SHA256' : agreed);
  const type = named === agreed || named === 'HMAC-SHA256' ? named : undefined;
  if (type === undefined) return failed('sign', `${kind.names_algorithm}=${named}, and ${agreed} is agreed`);
  return equal(given, sign(pairs, credentials.api_key, type))
    ? passed('sign', `${type} matches`)
    : failed('sign', `${type} does not match`);
}

/** Opens what is encrypted, and reads the fields in it. */
function opens({ kind, outer, credentials }: Received): Opened {
  const into = kind.envelope?.into ?? '';
  const rest = Object.fromEntries(Object.entries(outer).filter(([name]) => name !== into));
  const plaintext = plaintextOf(outer[into] ?? '', outer, { kind, credentials });
  if (plaintext === undefined) {
    return { checks: [failed('decrypt', `${into} does not decrypt: another key, or damaged`)], fields: rest };
  }
  const xml = readFields(plaintext);
  if (!xml.ok) return { checks: [failed('decrypt', `${into}: ${xml.why}`)], fields: rest };
  const checks = [passed('decrypt', `${into} opens, with ${xml.pairs.length} fields`)];
  return { checks, fields: { ...rest, ...Object.fromEntries(xml.pairs) } };
}

function plaintextOf(
  ciphertext: string,
  outer: Fields,
  { kind, credentials }: Pick<Received, 'kind' | 'credentials'>,
): string | undefined {
  if (kind.envelope?.cipher === 'aes-256-ecb') return decrypt(ciphertext, credentials.api_key);
  const { api_v3_key } = credentials;
  return api_v3_key && decryptAead(ciphertext, api_v3_key, eventBinding(outer));
}

function merchant({ kind, outer, credentials }: Received): readonly Check[] {
  const owner = Object.entries(kind.owner) as ['appid' | 'mch_id', string][];
  return owner.map(([what, name]) => {
    const got = outer[name] ?? '(missing)';
    return got === credentials[what]
      ? passed('merchant', `${name}=${got}`)
      : failed('merchant', `${name}=${got}, and ours is ${credentials[what]}`);
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
