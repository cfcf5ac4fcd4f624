/** Whether damage of API v3 can be done at all. */
import type { Notification, SignedRequest, V3Kind } from '../../../protocol/dialect.ts';
import type { Damage } from '../../../protocol/v3/damage/damage.ts';
import { ancestorsOf } from '../../../protocol/names.ts';
import { ENVELOPE } from '../../../protocol/v3/envelope.ts';
import { suggest } from '../../../scenario/suggest.ts';
import { impossibleDocument, impossibleInner } from '../document-damage.ts';
import { isSame, NO_DAMAGE, wrongHeader, type ImpossibleDamage } from '../damage.ts';

/** The first part of the damage that this notification has nothing for. */
export function impossibleV3Damage(
  damage: Damage,
  notification: Notification<V3Kind>,
): ImpossibleDamage | undefined {
  const names = [...Object.keys(notification.fields), CIPHERTEXT];
  const [outer, inner] = [names.filter(isOuter), names.filter((name) => !isOuter(name))];
  return (
    wrongKey(damage) ??
    absentField(damage, names) ??
    impossibleDocument(damage, withNests(outer)) ??
    impossibleInner(damage.inner, withNests(inner)) ??
    wrongHeader(damage)
  );
}

/** The names, and those of what they are nested in: raw JSON can stand in the place of all of it. */
function withNests(names: readonly string[]): readonly string[] {
  return [...new Set(names.flatMap((name) => [name, ...ancestorsOf(name)]))];
}

function isOuter(name: string): boolean {
  return name.startsWith(ENVELOPE);
}

/** Damage after which a request is what it would be without, or that has no header to damage. */
export function uselessV3Damage(
  damage: Damage,
  request: SignedRequest,
  authentic: SignedRequest,
): ImpossibleDamage | undefined {
  return absentHeader(damage, authentic) ?? (isSame(authentic, request) ? NO_DAMAGE : undefined);
}

function wrongKey({ key }: Damage): ImpossibleDamage | undefined {
  if (key === undefined || Buffer.byteLength(key) === 32) return undefined;
  return { part: 'key', message: 'an APIv3 key has 32 bytes', fix: 'Give another one of that length.' };
}

const CIPHERTEXT = `${ENVELOPE}resource.ciphertext`;

function absentField(damage: Damage, visible: readonly string[]): ImpossibleDamage | undefined {
  const named = [
    ...Object.keys(damage.change ?? {}).map((name) => ['change', name] as const),
    ...(damage.drop ?? []).map((name) => ['drop', name] as const),
  ];
  const absent = named.find(([, name]) => !visible.includes(name));
  if (!absent) return undefined;
  const [part, name] = absent;
  const message = `${name} is not in the message, so there is nothing to ${part}`;
  return { part, message, fix: suggest(name, visible) };
}

function absentHeader({ duplicate }: Damage, authentic: SignedRequest): ImpossibleDamage | undefined {
  const there = authentic.headers.map(([name]) => name);
  const lower = there.map((name) => name.toLowerCase());
  const absent = Object.keys(duplicate ?? {}).find((name) => !lower.includes(name.toLowerCase()));
  if (absent === undefined) return undefined;
  const message = `${absent} is not among the headers, so there is nothing to duplicate`;
  return { part: 'duplicate', message, fix: suggest(absent, there) };
}
