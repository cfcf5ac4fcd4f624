/** The clock and the dice, made of a seed: the same seed gives the same notification, byte for byte. */
import { hash, randomBytes } from 'node:crypto';
import type { Source } from '../protocol/dialect.ts';

/** What a seed without a moment in it takes for now: any fixed time serves. */
const FIXED = Date.UTC(2026, 0, 1, 4, 0, 0);

/** A seed that says when it was made, in seconds since 1970. */
const OWN_MOMENT = /^[0-9a-f]{8}-(\d{9,11})$/;

/** A fresh seed. It carries the moment, so that printing it is enough to build the same bytes again. */
export function freshSeed(now: Date): string {
  return `${randomBytes(4).toString('hex')}-${Math.floor(now.getTime() / 1000)}`;
}

/** A source for a seed: any text; one made by {@link freshSeed} has its own moment, unless another is given. */
export function seededSource(seed: string, at?: Date): Source {
  const seconds = OWN_MOMENT.exec(seed)?.[1];
  const moment = seconds === undefined ? FIXED : Number(seconds) * 1000;
  return source(seed, at?.getTime() ?? moment);
}

function source(label: string, moment: number): Source {
  return {
    now: () => new Date(moment),
    bytes: (n) => expand(label, n),
    fork: (more) => source(`${label}\u0000${more}`, moment),
  };
}

function expand(label: string, n: number): Uint8Array {
  const blocks = Array.from({ length: Math.ceil(n / 32) }, (_, index) =>
    hash('sha256', `${label}\u0000#${index}`, 'buffer'),
  );
  return Buffer.concat(blocks).subarray(0, n);
}

/** The seed of a repetition or of a retry: other values, of the same moment. */
export function nextSeed(seed: string, number: number): string {
  if (number === 1) return seed;
  const [, moment] = OWN_MOMENT.exec(seed) ?? [];
  return moment === undefined
    ? `${seed}#${number}`
    : `${hash('sha256', `${seed}#${number}`).slice(0, 8)}-${moment}`;
}
