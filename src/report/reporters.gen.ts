// Generated from the files in suite/ by `npm run generate`. Do not edit.
import type { Reporter } from './suite/reporter.ts';

/** Every reporter of suites, by its name; each is loaded when it is asked for. */
export const reporters = {
  pretty: async (): Promise<Reporter> => (await import('./suite/pretty.ts')).prettyReporter,
} as const;
