/** Whether damage can be done at all: what does nothing would prove nothing. */
import type { Notification, SignedRequest, V2Credentials } from '../../protocol/dialect.ts';
import { split } from '../../protocol/notification.ts';
import type { Damage } from '../../protocol/v2/damage.ts';
import { seal } from '../../protocol/v2/seal.ts';
import { suggest } from '../../scenario/suggest.ts';
import { impossibleDocument, impossibleInner } from './document-damage.ts';

/** Damage that proves nothing, or cannot be done. */
export interface ImpossibleDamage {
  /** Undefined: all of it. */
  readonly part: string | undefined;
  readonly message: string;
  readonly fix: string;
}

/** A notification, and the request that was made of it. */
export interface Damaged {
  readonly notification: Notification;
  readonly request: SignedRequest;
  readonly credentials: V2Credentials;
}

/** Damage that has nothing to damage, or after which the request is the same. */
export function uselessDamage(
  damage: Damage,
  { notification, request, credentials }: Damaged,
): ImpossibleDamage | undefined {
  const impossible = impossibleDamage(damage, notification);
  return impossible ?? (isSame(seal(notification, credentials), request) ? NO_DAMAGE : undefined);
}

/** What is said of damage that does nothing. */
export const NO_DAMAGE: ImpossibleDamage = {
  part: undefined,
  message: '`tamper` changes nothing here, so nothing would be proven',
  fix: 'Say what is damaged, or leave `tamper` out.',
};

/** Whether two requests are the same on the wire. */
export function isSame(a: SignedRequest, b: SignedRequest): boolean {
  const head = ({ method, headers, transfer }: SignedRequest): string =>
    JSON.stringify([method, headers, transfer]);
  return head(a) === head(b) && Buffer.compare(a.body, b.body) === 0;
}

/** The first part of the damage that this notification has nothing for. */
export function impossibleDamage(damage: Damage, notification: Notification): ImpossibleDamage | undefined {
  const { visible, hidden } = namesOf(notification);
  return (
    wrongSeal(damage, notification) ??
    absentField(damage, notification) ??
    impossibleDocument(damage, visible) ??
    impossibleInner(damage.inner, hidden) ??
    wrongHeader(damage)
  );
}

function wrongSeal(
  { sign, ciphertext, inner, key }: Damage,
  { kind }: Notification,
): ImpossibleDamage | undefined {
  if (sign && kind.seal === 'encrypted') {
    return { part: 'sign', message: `${kind.id} carries no sign`, fix: 'Use `ciphertext` or `key`.' };
  }
  if (key !== undefined && kind.envelope?.cipher === 'aes-256-gcm' && Buffer.byteLength(key) !== 32) {
    return {
      part: 'key',
      message: `a key for ${kind.id} has 32 bytes`,
      fix: 'Give another one of that length.',
    };
  }
  if (kind.seal !== 'signed') return undefined;
  const message = `${kind.id} is not encrypted`;
  if (ciphertext) return { part: 'ciphertext', message, fix: 'Use `sign` or `change`.' };
  return inner && { part: 'inner', message, fix: 'What stands under it belongs to `tamper` itself.' };
}

function absentField(damage: Damage, notification: Notification): ImpossibleDamage | undefined {
  const { visible, hidden } = namesOf(notification);
  const named = [
    ...Object.keys(damage.change ?? {}).map((name) => ['change', name] as const),
    ...(damage.drop ?? []).map((name) => ['drop', name] as const),
    ...Object.keys(damage.duplicate ?? {}).map((name) => ['duplicate', name] as const),
  ];
  const absent = named.find(([, name]) => !visible.includes(name));
  if (!absent) return undefined;
  const [part, name] = absent;
  const fix = hidden.includes(name)
    ? 'It is encrypted: set it under `fields`, or damage the `ciphertext`.'
    : suggest(name, visible);
  return { part, message: `${name} is not in the message, so there is nothing to ${part}`, fix };
}

/** Headers that the connection itself has the say over. */
const CONNECTION = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
];

/** A header that cannot be sent. */
export function wrongHeader({ headers = {} }: Pick<Damage, 'headers'>): ImpossibleDamage | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (CONNECTION.includes(name.toLowerCase())) {
      return { part: 'headers', message: `the header ${name} is the connection’s own`, fix: 'Leave it out.' };
    }
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value ?? '')) {
      const fix =
        'A name is letters, digits and `-`; a value has no line breaks, and no characters above U+00FF.';
      return { part: 'headers', message: `the header ${JSON.stringify(name)} cannot be sent`, fix };
    }
  }
  return undefined;
}

/** The elements that stand in the message, and those that are encrypted in it. */
function namesOf(notification: Notification): { visible: readonly string[]; hidden: readonly string[] } {
  const { envelope, seal } = notification.kind;
  const { outer, inner } = split(notification);
  const sign = seal === 'encrypted' ? [] : ['sign'];
  if (!envelope) return { visible: [...Object.keys(inner), ...sign], hidden: [] };
  return { visible: [...Object.keys(outer), envelope.into, ...sign], hidden: Object.keys(inner) };
}
