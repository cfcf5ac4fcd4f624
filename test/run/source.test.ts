/** The seed makes every byte; the tally counts without keeping. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freshSeed, seededSource } from '../../src/run/source.ts';
import { createTally } from '../../src/run/tally.ts';

test('the same seed gives the same bytes, another seed or label others', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.integer({ min: 4, max: 100 }), (seed, label, n) => {
      const once = seededSource(seed).fork(label).bytes(n);
      expect(once).toHaveLength(n);
      expect(seededSource(seed).fork(label).bytes(n)).toEqual(once);
      expect(seededSource(`${seed}x`).fork(label).bytes(n)).not.toEqual(once);
      expect(seededSource(seed).fork(`${label}x`).bytes(n)).not.toEqual(once);
    }),
  );
});

test('a fresh seed carries its moment', () => {
  const now = new Date('2026-11-23T15:00:00Z');
  const seed = freshSeed(now);
  expect(seed).toMatch(/^[0-9a-f]{8}-1795446000$/);
  expect(seededSource(seed).now()).toEqual(now);
  expect(freshSeed(now)).not.toBe(seed);
});

test('a seed of one’s own has a fixed moment', () => {
  expect(seededSource('42').now().toISOString()).toBe('2026-01-01T04:00:00.000Z');
});

test('counts and latencies', () => {
  const tally = createTally();
  for (let ms = 1; ms <= 100; ms++) tally.add(ms > 90 ? 'FAIL' : 'SUCCESS', ms);
  tally.add(null, 5000);
  tally.plan(104);
  tally.skip();
  const { latency_ms, duration_ms, ...counts } = tally.summary();
  expect(duration_ms).toBeGreaterThanOrEqual(0);
  expect(counts).toEqual({
    sent: 101,
    undelivered: 1,
    unsent: 3,
    skipped: 1,
    acks: { SUCCESS: 90, FAIL: 10 },
  });
  const rounded = Object.entries<number>({ ...latency_ms }).map(([name, ms]) => [name, Math.round(ms)]);
  // the histogram keeps three digits
  expect(Object.fromEntries(rounded)).toEqual({ min: 1, p50: 50, p90: 90, p99: 99, max: 100 });
});

test('nothing answered has no latency', () => {
  const tally = createTally();
  tally.add(null, 1);
  expect(tally.summary()).toMatchObject({ sent: 1, undelivered: 1, acks: {}, latency_ms: null });
});
