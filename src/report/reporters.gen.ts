// Generated from the files in suite/ by `npm run generate`. Do not edit.
import type { Reporter } from './suite/reporter.ts';

/** Every reporter of suites, by its name; each is loaded when it is asked for. */
export const reporters = {
  dot: async (): Promise<Reporter> => (await import('./suite/dot.ts')).dotReporter,
  github: async (): Promise<Reporter> => (await import('./suite/github.ts')).githubReporter,
  'github-summary': async (): Promise<Reporter> => (await import('./suite/github-summary.ts')).githubSummaryReporter,
  html: async (): Promise<Reporter> => (await import('./suite/html.ts')).htmlReporter,
  json: async (): Promise<Reporter> => (await import('./suite/json.ts')).jsonReporter,
  junit: async (): Promise<Reporter> => (await import('./suite/junit.ts')).junitReporter,
  ndjson: async (): Promise<Reporter> => (await import('./suite/ndjson.ts')).ndjsonReporter,
  pretty: async (): Promise<Reporter> => (await import('./suite/pretty.ts')).prettyReporter,
  tap: async (): Promise<Reporter> => (await import('./suite/tap.ts')).tapReporter,
} as const;
