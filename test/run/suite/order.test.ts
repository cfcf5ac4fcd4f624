/** What overlaps is told in order: a rule for all inputs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SuiteEvent } from '../../../src/run/events.ts';
import { createLanes } from '../../../src/run/suite/order.ts';
import { inParallel } from '../../../src/run/suite/pool.ts';
import { scenario } from '../../support/suite-events.ts';

function started(number: number, name: string): SuiteEvent {
  return { type: 'scenario-start', scenario: scenario({ number, name }) };
}

test('however they overlap, lanes are told one after the other, and nothing is lost', () => {
  const steps = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (order, ends) => {
      const told: string[] = [];
      const lanes = createLanes(5, (event) => {
        if (event.type === 'scenario-start') told.push(event.scenario.name);
      });
      const expected: string[][] = [[], [], [], [], []];
      for (const [index, lane] of order.entries()) {
        lanes[lane]?.emit(started(lane + 1, `${lane}.${index}`));
        expected[lane]?.push(`${lane}.${index}`);
      }
      for (const lane of ends) lanes[lane]?.end();
      expect(told).toEqual(expected.flat());
    }),
  );
});

test('the first lane that has not ended is told at once', () => {
  const told: number[] = [];
  const lanes = createLanes(2, (event) => {
    if (event.type === 'scenario-start') told.push(event.scenario.number);
  });
  lanes[1]?.emit(started(2, 'b'));
  expect(told).toEqual([]);
  lanes[0]?.emit(started(1, 'a'));
  expect(told).toEqual([1]);
  lanes[0]?.end();
  expect(told).toEqual([1, 2]);
});

test('so many run at once and no more, and what is alone is alone', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ alone: fc.boolean(), ticks: fc.nat({ max: 3 }) }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      async (plan, workers) => {
        let active = 0;
        let most = 0;
        const done: number[] = [];
        const tasks = plan.map(({ alone, ticks }, index) => ({
          alone,
          run: async () => {
            active++;
            most = Math.max(most, active);
            if (alone) expect(active).toBe(1);
            for (let tick = 0; tick < ticks; tick++) {
              await Promise.resolve();
              if (alone) expect(active).toBe(1);
            }
            active--;
            done.push(index);
          },
        }));
        await inParallel(tasks, workers);
        expect(most).toBeLessThanOrEqual(workers);
        expect([...done].sort((a, b) => a - b)).toEqual(plan.map((_, index) => index));
      },
    ),
  );
});

test('one that fails to run at all does not leave the others behind', async () => {
  const boom = async (): Promise<void> => Promise.reject(new Error('boom'));
  await expect(inParallel([{ alone: false, run: boom }], 2)).rejects.toThrow('boom');
});
