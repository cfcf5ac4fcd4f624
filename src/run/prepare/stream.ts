/** Dice for many values in a row, far cheaper than a hash for each. */
import { createCipheriv } from 'node:crypto';
import type { Source } from '../../protocol/dialect.ts';

const BLOCK = 64 * 1024;
/** What a number of ten digits goes on by. Its last digit shares no factor with ten, so all numbers have their turn. */
const STEP = [7, 1, 8, 2, 8, 1, 8, 2, 8, 3];

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
  const digits = Array.from(origin.fork('digits').bytes(STEP.length), (byte) => byte % 10);
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
      const bytes = take(n);
      let carry = 0;
      for (let index = digits.length - 1, at = n - 1; index >= 0; index--, at--) {
        const sum = (digits[index] ?? 0) + (STEP[index] ?? 0) + carry;
        carry = sum >= 10 ? 1 : 0;
        const digit = sum - 10 * carry;
        digits[index] = digit;
        if (at >= 0) bytes[at] = ((bytes[at] ?? 0) % 25) * 10 + digit;
      }
      return bytes;
    },
    fork: () => stream,
  };
  return stream;
}
