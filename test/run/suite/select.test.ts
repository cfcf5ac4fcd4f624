/** Which scenarios of many are meant. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasTags, shardOf, shuffled } from '../../../src/run/suite/select.ts';
import { nextSeed, seededSource } from '../../../src/run/source.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';

describe('tags', () => {
  test.each([
    [['smoke'], ['smoke', 'slow'], true],
    [['smoke'], ['slow'], false],
    [['smoke', 'refund'], ['refund'], true],
    [['smoke', '!slow'], ['smoke', 'slow'], false],
    [['smoke', '!slow'], ['smoke'], true],
    [['!slow'], [], true],
    [['!slow'], ['slow'], false],
    [[], ['anything'], true],
  ])('%j of %j: %s', (words, tags, selected) => {
    expect(hasTags({ tags }, words)).toBe(selected);
  });
});

/** All that a shard looks at. */
function named(name: string): Scenario {
  return { name } as Scenario;
}

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 60 });

describe('shards', () => {
  test('together are everything, share nothing, and are of the same size but for one', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 9 }), (all, of) => {
        const shards = Array.from({ length: of }, (_, index) =>
          shardOf(all.map(named), { index: index + 1, of }).map(({ name }) => name),
        );
        expect(shards.flat().sort()).toEqual([...all].sort());
        const sizes = shards.map(({ length }) => length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('do not depend on the order in which the scenarios were found', () => {
    fc.assert(
      fc.property(names, (all) => {
        const part = { index: 1, of: 3 };
        const forwards = shardOf(all.map(named), part).map(({ name }) => name);
        const backwards = shardOf([...all].reverse().map(named), part).map(({ name }) => name);
        expect([...backwards].sort()).toEqual([...forwards].sort());
      }),
    );
  });
});

test('shuffling loses nothing, and the same seed gives the same order', () => {
  fc.assert(
    fc.property(names, fc.string(), (all, seed) => {
      const once = shuffled(all, seededSource(seed));
      expect([...once].sort()).toEqual([...all].sort());
      expect(shuffled(all, seededSource(seed))).toEqual(once);
    }),
  );
});

test('shuffling does shuffle', () => {
  const all = Array.from({ length: 50 }, (_, index) => index);
  expect(shuffled(all, seededSource('a'))).not.toEqual(all);
  expect(shuffled(all, seededSource('a'))).not.toEqual(shuffled(all, seededSource('b')));
});

describe('the seed of a retry', () => {
  test('is another, of the same moment', () => {
    const next = nextSeed('1f2e3d4c-1795473257', 2);
    expect(next).toMatch(/^[0-9a-f]{8}-1795473257$/);
    expect(next).not.toBe('1f2e3d4c-1795473257');
    expect(seededSource(next).now()).toEqual(seededSource('1f2e3d4c-1795473257').now());
  });

  test('is the seed itself at first, and another each time, of any text', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const seeds = [1, 2, 3, 4].map((number) => nextSeed(seed, number));
        expect(seeds[0]).toBe(seed);
        expect(new Set(seeds).size).toBe(4);
      }),
    );
  });
});
