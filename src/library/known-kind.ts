/** The kinds of notification, by their ids. */
import { allKinds, type SomeKind } from '../protocol/all-kinds.ts';
import type { KindId, Version } from '../protocol/dialect.ts';
import { suggest } from '../scenario/suggest.ts';
import { InputError } from './input-error.ts';

/** The ids of the notifications that can be built, of both versions or of one. */
export type KnownKind<V extends Version = Version> = Extract<
  keyof typeof allKinds & KindId,
  `${V}/${string}`
>;

/** All of them, for `test.each`. */
export const knownKinds = Object.keys(allKinds) as readonly KnownKind[];

/** What is known of a kind. */
export function kindOf(given: unknown): SomeKind {
  const id = typeof given === 'string' ? given : typeof given;
  if (Object.hasOwn(allKinds, id)) return allKinds[id as KnownKind];
  const message = `there is no kind \`${id}\``;
  throw new InputError([{ code: 'unknown-kind', message, fix: suggest(id, knownKinds) }]);
}
