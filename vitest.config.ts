import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build-once.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expandSnapshotDiff: true,
    maxWorkers: '100%',
    expect: { poll: { timeout: 20_000 } },
  },
});
