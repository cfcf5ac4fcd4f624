/** Few or many, percentiles mean the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLatency } from '../../src/run/latency.ts';

test.each([1, 20, 32, 33, 500])('of %i values, percentiles are those values, to three digits', (count) => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 5000, noNaN: true }), { minLength: count, maxLength: count }),
      (all) => {
        const latency = createLatency();
        for (const ms of all) latency.record(ms);
        const sorted = [...all].sort((a, b) => a - b);
        const told = latency.read();
        for (const [name, percent] of [
          ['p50', 50],
          ['p90', 90],
          ['p99', 99],
        ] as const) {
          const exact = sorted[Math.ceil((percent / 100) * count) - 1] ?? 0;
          expect(Math.abs((told?.[name] ?? NaN) - exact)).toBeLessThanOrEqual(exact * 0.002 + 0.011);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('nothing was answered', () => {
  expect(createLatency().read()).toBeNull();
});
