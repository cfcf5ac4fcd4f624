/** The page of a suite. */
import type { ReporterOptions } from '../suite/reporter.ts';
import type { Suite } from './collect.ts';
import { htmlDocument } from './document.ts';
import { markup } from './markup.ts';
import { histogram } from './picture/histogram.ts';
import { timeline } from './picture/timeline.ts';
import { scenarioGroups } from './scenarios.ts';
import { tone, totals, verdict } from './totals.ts';

export type PageOptions = Pick<ReporterOptions, 'version' | 'verbose'>;

/** The whole document. */
export function page(suite: Suite, { version, verbose }: PageOptions): string {
  return htmlDocument({
    title: verdict(suite),
    tone: tone(suite),
    main: markup`${totals(suite, version)}${timeline(suite)}${histogram(suite)}${scenarioGroups(suite, { verbose })}`,
    footer:
      'Times count from the start of the suite, clock times are UTC. Keys are masked. Of a body the first 4,000 characters are kept; failures that are alike are told once.',
  });
}
