/** The stream of dice for copies: as repeatable as any source, and no ten digits come twice. */
import { expect, test } from 'vitest';
import { seededSource } from '../../src/run/source.ts';
import { streamSource } from '../../src/run/prepare/stream.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const digits = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte % 10).join('');

test('the same origin gives the same bytes, another one others', () => {
  const [one, same, other] = ['a', 'a', 'b'].map((seed) => streamSource(seededSource(seed)));
  const sizes = [1, 10, 32, 5, 70_000, 3, 64 * 1024, 0, 7];
  for (const size of sizes) {
    const bytes = one?.bytes(size) ?? Buffer.alloc(0);
    expect(bytes).toHaveLength(size);
    expect(hex(same?.bytes(size) ?? Buffer.alloc(0))).toBe(hex(bytes));
    if (size > 9) expect(hex(other?.bytes(size) ?? Buffer.alloc(0))).not.toBe(hex(bytes));
  }
});

test('the moment is the origin’s, and a fork goes on with the stream', () => {
  const origin = seededSource('1f2e3d4c-1795473257');
  const stream = streamSource(origin);
  expect(stream.now()).toEqual(origin.now());
  expect(hex(stream.fork('x').bytes(8))).not.toBe(hex(stream.fork('x').bytes(8)));
});

test.each([5, 9, 10, 11, 32])('%i decimal digits come again as late as can be', (length) => {
  const stream = streamSource(seededSource('digits'));
  const most = Math.min(10 ** length, 100_000);
  const seen = new Set(Array.from({ length: most }, () => digits(stream.bytes(length))));
  expect(seen.size).toBe(most);
});

test('every byte looks random', () => {
  const stream = streamSource(seededSource('even'));
  const counts = { decimal: Array<number>(10).fill(0), hexadecimal: Array<number>(16).fill(0) };
  for (let round = 0; round < 5000; round++) {
    for (const byte of stream.bytes(32)) {
      counts.decimal[byte % 10] = (counts.decimal[byte % 10] ?? 0) + 1;
      counts.hexadecimal[byte % 16] = (counts.hexadecimal[byte % 16] ?? 0) + 1;
    }
  }
  for (const count of counts.decimal) expect(count / 16_000).toBeCloseTo(1, 1);
  for (const count of counts.hexadecimal) expect(count / 10_000).toBeCloseTo(1, 1);
});
