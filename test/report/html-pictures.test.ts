/** The pictures of the page: what is merged is still counted, and nothing is drawn where it was not. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logTicks, ticks } from '../../src/report/html/picture/axis.ts';
import { barsOf, lanesOf, type Span } from '../../src/report/html/picture/bars.ts';
import { createBuckets } from '../../src/report/html/picture/buckets.ts';

const times = fc.double({ min: 0.05, max: 60_000, noNaN: true });
const spans = fc.array(
  fc
    .record({
      from: fc.integer({ min: 0, max: 1000 }),
      ms: fc.integer({ min: 0, max: 50 }),
      sort: fc.constantFrom('a', 'b'),
    })
    .map(({ from, ms, sort }): Span<string> => ({ from, to: from + ms, sort })),
);

describe('bars', () => {
  test('each span is in exactly one bar of its sort, and covered by it', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const bars = barsOf(given, 2);
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(given.length);
        for (const { from, to, sort } of given) {
          expect(bars.some((bar) => bar.sort === sort && bar.from <= from && bar.to >= to)).toBe(true);
        }
      }),
    );
  });

  test('bars of one sort are apart', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const bars = barsOf(given, 2).filter(({ sort }) => sort === 'a');
        const sorted = [...bars].sort((x, y) => x.from - y.from);
        for (const [index, bar] of sorted.slice(1).entries())
          expect(bar.from - (sorted[index]?.to ?? 0)).toBeGreaterThan(2);
      }),
    );
  });

  test('what overlaps is in different lanes, unless there are too many', () => {
    fc.assert(
      fc.property(spans, (given) => {
        const lanes = lanesOf(given, 1000);
        expect(lanes.flat()).toHaveLength(given.length);
        for (const lane of lanes) {
          for (const [index, span] of lane.slice(1).entries())
            expect(span.from).toBeGreaterThanOrEqual(lane[index]?.to ?? 0);
        }
        expect(lanesOf(given, 3).length).toBeLessThanOrEqual(3);
        expect(lanesOf(given, 3).flat()).toHaveLength(given.length);
      }),
    );
  });
});

describe('buckets', () => {
  test('everything is counted where it belongs', () => {
    fc.assert(
      fc.property(fc.array(times, { minLength: 1 }), (given) => {
        const buckets = createBuckets();
        given.forEach((ms) => buckets.add(ms));
        const read = buckets.read(40);
        const counts = read?.counts ?? [];
        expect(buckets.total()).toBe(given.length);
        expect(counts.length).toBeGreaterThanOrEqual(12);
        expect(counts.length).toBeLessThanOrEqual(40);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(given.length);
        for (const ms of given) {
          const index = Math.floor((read?.place(ms) ?? 0) * counts.length + 1e-6);
          expect(counts[index]).toBeGreaterThan(0);
        }
      }),
    );
  });

  test('the edges are times, and grow', () => {
    const buckets = createBuckets();
    [1, 10, 100].forEach((ms) => buckets.add(ms));
    const read = buckets.read(40);
    const edges = Array.from(
      { length: (read?.counts.length ?? 0) + 1 },
      (_, index) => read?.edge(index) ?? 0,
    );
    expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? 0))).toBe(true);
    expect(edges.some((edge) => Math.abs(edge - 10) < 1e-9)).toBe(true);
  });

  test('nothing', () => {
    expect(createBuckets().read(40)).toBeNull();
  });
});

describe('axes', () => {
  test.each([
    [80, 5, [0, 20, 40, 60, 80]],
    [1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [12_300, 8, [0, 2000, 4000, 6000, 8000, 10_000, 12_000]],
  ])('%d ms', (span, wanted, expected) => {
    expect(ticks(span, wanted)).toEqual(expected);
  });

  test('logarithmic ones have round times, fewer when they reach far', () => {
    expect(logTicks(4, 60, 7)).toEqual([5, 10, 20, 50]);
    expect(logTicks(0.9, 400, 7)).toEqual([1, 3, 10, 30, 100, 300]);
    expect(logTicks(0.01, 60_000, 7)).toEqual([0.01, 0.1, 1, 10, 100, 1000, 10_000]);
  });
});
