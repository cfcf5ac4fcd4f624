/** When copies start. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { paced } from '../../src/delivery/pace.ts';

/** Runs a pace and notes what started, and how many at once. */
async function watch(
  pace: Parameters<typeof paced>[0],
  work = 5,
): Promise<{ started: number[]; most: number }> {
  const started: number[] = [];
  let running = 0;
  let most = 0;
  await paced(pace, async (attempt) => {
    started.push(attempt);
    most = Math.max(most, ++running);
    await sleep(work);
    running--;
  });
  expect(running).toBe(0);
  return { started, most };
}

test.each([
  { times: 1, concurrency: 1, most: 1 },
  { times: 6, concurrency: 1, most: 1 },
  { times: 6, concurrency: 3, most: 3 },
  { times: 6, concurrency: 100, most: 6 },
])('$times copies, $concurrency at once', async ({ times, concurrency, most }) => {
  const seen = await watch({ times, concurrency, everyMs: 0 });
  expect(seen.started).toEqual(Array.from({ length: times }, (_, index) => index + 1));
  expect(seen.most).toBe(most);
});

test('starts are so far apart, not ends', async () => {
  const began = performance.now();
  const { started, most } = await watch({ times: 4, concurrency: 4, everyMs: 50 }, 200);
  expect(started).toEqual([1, 2, 3, 4]);
  expect(most).toBeGreaterThan(1);
  expect(performance.now() - began).toBeGreaterThan(300);
});

test('a slow copy delays the next, when there is no room', async () => {
  expect((await watch({ times: 3, concurrency: 1, everyMs: 1 }, 20)).most).toBe(1);
});

test('an abort starts nothing more, and waits for what runs', async () => {
  const stop = new AbortController();
  let ended = 0;
  const started: number[] = [];
  await paced({ times: 100, concurrency: 2, everyMs: 0, signal: stop.signal }, async (attempt) => {
    started.push(attempt);
    if (attempt === 4) stop.abort();
    await sleep(5);
    ended++;
  });
  expect(started.length).toBeLessThanOrEqual(5);
  expect(ended).toBe(started.length);
});

test('an abort ends the wait for the next copy', async () => {
  const stop = new AbortController();
  const started: number[] = [];
  await paced({ times: 3, concurrency: 3, everyMs: 3_600_000, signal: stop.signal }, (attempt) => {
    started.push(attempt);
    setTimeout(() => stop.abort(), 20);
    return Promise.resolve();
  });
  expect(started).toEqual([1]);
});

test('aborted before it began: nothing starts', async () => {
  expect(
    (await watch({ times: 3, concurrency: 1, everyMs: 0, signal: AbortSignal.abort() })).started,
  ).toEqual([]);
});

test('a wait of more days than a timer can count is still a wait', async () => {
  const stop = new AbortController();
  const started: number[] = [];
  setTimeout(() => stop.abort(), 100);
  await paced({ times: 3, concurrency: 3, everyMs: 2 ** 32, signal: stop.signal }, (attempt) => {
    started.push(attempt);
    return Promise.resolve();
  });
  expect(started).toEqual([1]);
});
