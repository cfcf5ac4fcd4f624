/** Other orders of a kind: which fields are an order's own, and new values for them. */
import type { AnyKind, FieldContext, Source } from './dialect.ts';
import { buildNotification, rowOf, type Wish } from './notification.ts';

/** Orders that are alike but for what identifies each of them. */
export interface Orders {
  /** The fields that are an order's own: its numbers, its payer, its nonce. */
  readonly names: readonly string[];
  /** The values of the next order, in the order of the names. */
  readonly next: () => readonly string[];
}

/** A generated value that is the same in so many notifications is always the same. */
const PROBES = 4;

/**
 * Finds what differs between notifications that were made at the same moment, and makes it anew.
 *
 * @param stream where the values of all orders come from, one after the other
 */
export function createOrders(wish: Wish<AnyKind>, stream: Source): Orders {
  const { kind, merchant } = wish;
  const { fields, sign_type } = buildNotification(wish);
  const names = ownFields(wish);
  const rows = names.map((name) => rowOf(kind, name));
  let made: (string | undefined)[] = [];
  let begun: boolean[] = [];
  const make = (index: number): string | undefined => {
    if (begun[index] === true) return made[index]; // two fields that ask for each other both see nothing
    begun[index] = true;
    made[index] = rows[index]?.make?.(context) ?? fields[names[index] ?? ''];
    return made[index];
  };
  const get = (name: string): string | undefined => {
    const index = names.indexOf(name);
    return index === -1 ? fields[name] : make(index);
  };
  const context: FieldContext = { source: stream, merchant, sign_type, get };
  const next = (): readonly string[] => {
    made = [];
    begun = [];
    return names.map((_, index) => make(index) ?? '');
  };
  return { names, next };
}

function ownFields(wish: Wish<AnyKind>): readonly string[] {
  const { fields } = buildNotification(wish);
  const others = Array.from({ length: PROBES }, (_, index) =>
    buildNotification({ ...wish, source: wish.source.fork(`other order ${index}`) }),
  );
  return Object.keys(fields).filter((name) => others.some((other) => other.fields[name] !== fields[name]));
}
