/** Dice for many values in a row, far cheaper than a hash for each. */
import { createCipheriv } from 'node:crypto';
import type { Source } from '../protocol/dialect.ts';

const BLOCK = 64 * 1024;
/** Ten digits, and a step through all their values: it has no factor in common with ten. */
const DIGITS = 10;
const VALUES = 10 ** DIGITS;
const STEP = 7_182_818_283;

/**
 * A source for values that are made one after the other: the bytes of one stream, and its forks are the stream itself.
 *
 * Values must not only look random but differ: among a million orders, ten random decimal digits would come twice
 * fifty times. The last bytes of each piece therefore stand for the digits of a number that comes again only when all
 * others had their turn.
 *
 * @param origin gives the moment, and what the stream is made of: the same origin gives the same stream
 */
export function streamSource(origin: Source): Source {
  const cipher = createCipheriv('aes-256-ctr', origin.bytes(32), Buffer.alloc(16));
  const zeros = Buffer.alloc(BLOCK);
  let block = Buffer.alloc(0);
  let used = 0;
  let number = Buffer.from(origin.fork('number').bytes(4)).readUInt32LE();
  const take = (n: number): Buffer => {
    if (used + n > block.length) {
      block = cipher.update(n > BLOCK ? Buffer.alloc(n) : zeros);
      used = 0;
    }
    used += n;
    return block.subarray(used - n, used);
  };
  const stream: Source = {
    now: origin.now,
    bytes: (n) => {
      number = (number + STEP) % VALUES;
      return withDigits(take(n), number);
    },
    fork: () => stream,
  };
  return stream;
}

/** Makes the last bytes, taken modulo ten, the digits of a number. */
function withDigits(bytes: Buffer, number: number): Buffer {
  let rest = number;
  for (let index = bytes.length - 1; index >= 0 && index >= bytes.length - DIGITS; index--) {
    bytes[index] = ((bytes[index] ?? 0) % 25) * 10 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
  return bytes;
}
