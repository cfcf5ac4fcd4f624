/** A character a scenario, for long suites and small logs; what went wrong is told at the end. */
import type { ScenarioResult, ScenarioStatus, SuiteEnd, SuiteStart } from '../../run/events.ts';
import { inert } from '../printable.ts';
import { endText } from '../suite-text/end-text.ts';
import { createStories } from '../suite-text/stories.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** Dots. */
export const dotReporter: Reporter = {
  name: 'dot',
  summary:
    'a character a scenario (. passed, F failed, E undelivered, f flaky, s skipped), failures at the end',
  document: false,
  create: (options) => {
    const { quiet } = options;
    const stories = createStories(options);
    let start: SuiteStart | undefined;
    let column = 0;
    const dot = ({ status }: ScenarioResult): string => {
      if (quiet) return '';
      column = (column % WIDTH) + 1;
      return `${dotOf(status, options)}${column === WIDTH ? '\n' : ''}`;
    };
    const ending = (end: SuiteEnd): string => {
      if (quiet && stories.count() === 0 && !end.interrupted && !end.down) return '';
      const line = column === 0 || column === WIDTH ? '' : '\n';
      return `${line}${column === 0 ? '' : '\n'}${inert(stories.text())}${endText(end, { start, chalk: options.chalk })}`;
    };
    return (event) => {
      if (event.type === 'suite-end') return ending(event);
      if (event.type === 'suite-start') start = event;
      if (event.type !== 'scenario-end') return '';
      stories.add(event.result);
      return dot(event.result);
    };
  },
};

const WIDTH = 80;

function dotOf(status: ScenarioStatus, { chalk }: ReporterOptions): string {
  const dots = {
    passed: chalk.green('.'),
    failed: chalk.red.bold('F'),
    undelivered: chalk.red.bold('E'),
    flaky: chalk.yellow.bold('f'),
    skipped: chalk.dim('s'),
  };
  return dots[status];
}
