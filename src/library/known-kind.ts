/** The kinds of notification, by their ids. */
import type { Kind, KindId } from '../protocol/dialect.ts';
import { kinds } from '../protocol/kinds.gen.ts';
import { suggest } from '../scenario/suggest.ts';
import { InputError } from './input-error.ts';

/** The ids of the notifications that can be built. */
export type KnownKind = keyof typeof kinds & KindId;

/** All of them, for `test.each`. */
export const knownKinds = Object.keys(kinds) as readonly KnownKind[];

/** What is known of a kind. */
export function kindOf(given: unknown): Kind {
  const id = typeof given === 'string' ? given : typeof given;
  if (Object.hasOwn(kinds, id)) return kinds[id as KnownKind];
  const message = `there is no kind \`${id}\``;
  throw new InputError([{ code: 'unknown-kind', message, fix: suggest(id, knownKinds) }]);
}
