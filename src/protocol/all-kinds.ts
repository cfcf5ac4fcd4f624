/** Every kind of both versions, and which version one is of. */
import type { Kind, V3Kind } from './dialect.ts';
import { kinds } from './kinds.gen.ts';
import { v3Kinds } from './v3/kinds.gen.ts';

/** Every kind of notification, by its id. */
export const allKinds = { ...kinds, ...v3Kinds } as const;

/** A kind of either version. */
export type SomeKind = Kind | V3Kind;

/** Whether a kind, or what names one, is of API v3. */
export function isV3(kind: SomeKind): kind is V3Kind {
  return isV3Id(kind.id);
}

/** Whether an id is that of a kind of API v3. */
export function isV3Id(id: string): boolean {
  return id.startsWith('v3/');
}

/** What is computed, and stands in the message although it is no field. */
export function computedNames(kind: SomeKind): readonly string[] {
  if (isV3(kind)) return ['envelope.resource.ciphertext'];
  return kind.envelope ? ['sign', kind.envelope.into] : ['sign'];
}
