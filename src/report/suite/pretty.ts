/** `pretty`: a line for each scenario as it ends, the stories of those that failed after the last of them, and the totals. */
import type { RunEvent, ScenarioResult, SuiteEnd, SuiteEvent, SuiteStart } from '../../run/events.ts';
import { createPretty } from '../pretty.ts';
import { inert, printableLine } from '../printable.ts';
import { durationText } from '../suite-text/duration.ts';
import { endText } from '../suite-text/end-text.ts';
import { gistOf } from '../suite-text/failure-text.ts';
import { createStories, type Stories } from '../suite-text/stories.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** `--reporter pretty`. */
export const prettyReporter: Reporter = {
  name: 'pretty',
  summary: 'for people: a line for each scenario, and the whole story of each failure',
  document: false,
  create,
};

interface State {
  start: SuiteStart | undefined;
  /** Told at the end: in the middle, hundreds of lines would come after them. */
  readonly stories: Stories;
  /** How many scenarios got a line. */
  lines: number;
  /** With --verbose, what happens in the scenario. */
  detail: ReturnType<typeof createPretty> | undefined;
  /** What forgeries of the scenario were answered with. */
  readonly refusals: Set<string>;
}

type Handlers = { readonly [T in SuiteEvent['type']]: (event: Extract<SuiteEvent, { type: T }>) => string };

function create(options: ReporterOptions): (event: SuiteEvent) => string {
  const state: State = {
    start: undefined,
    stories: createStories(options),
    lines: 0,
    detail: undefined,
    refusals: new Set(),
  };
  const handlers: Handlers = {
    'suite-start': (event) => {
      state.start = event;
      return options.quiet ? '' : heading(event, options);
    },
    'suite-warning': () => '',
    'scenario-start': () => {
      state.refusals.clear();
      state.detail = options.verbose ? createPretty({ ...options, compact: true }) : undefined;
      return '';
    },
    'scenario-event': ({ event }) => {
      if (event.type === 'delivery' && !event.delivery.authentic)
        state.refusals.add(event.delivery.ack ?? 'no answer');
      return isFailure(event) ? '' : (state.detail?.(event) ?? '');
    },
    'scenario-end': ({ result }) => {
      const text = ended(result, state, options);
      if (text !== '') state.lines++;
      return text;
    },
    'suite-end': (event) => {
      if (options.quiet && isFine(event)) return '';
      const gap = state.lines > 0 ? '\n' : '';
      const end = endText(event, { start: state.start, chalk: options.chalk });
      return `${gap}${state.stories.text()}${end}${onlyFailed(event, options)}`;
    },
  };
  return (event) => inert((handlers[event.type] as (event: SuiteEvent) => string)(event));
}

/** The story of the scenario tells it. */
function isFailure(event: RunEvent): boolean {
  return 'reasons' in event && event.reasons.length > 0;
}

function isFine({ summary, interrupted, down }: SuiteEnd): boolean {
  return summary.failed + summary.flaky === 0 && !interrupted && down === null;
}

function heading({ scenarios, target, shard, insecure }: SuiteStart, { chalk }: ReporterOptions): string {
  const part = shard === null ? '' : chalk.dim(`  shard ${shard}`);
  const loud = insecure ? `${chalk.red.bold('TLS IS NOT VERIFIED (--insecure)')}\n` : '';
  const count = `${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}`;
  const to = target === '' ? '' : ` → ${printableLine(target)}`;
  return `${chalk.bold(`run ${count}`)}${to}${part}\n${loud}\n`;
}

function ended(result: ScenarioResult, state: State, options: ReporterOptions): string {
  state.stories.add(result);
  return options.quiet || isUntold(result)
    ? ''
    : `${line(result, state, options)}${gistLine(result, options)}`;
}

/** The totals say how many were skipped, and why nothing more was run. */
function isUntold({ status }: ScenarioResult): boolean {
  return status === 'skipped';
}

/** A server that is not there at this path, or that crashes, refuses everything. */
function isOddlyRefused({ refusals }: State): boolean {
  return refusals.size === 1 && refusals.has('INVALID');
}

/** What was wrong, in a line: the story follows at the end. */
function gistLine({ failures }: ScenarioResult, { chalk }: ReporterOptions): string {
  const [first] = failures;
  if (!first) return '';
  const gist = printableLine(gistOf(first));
  const shown = gist.length > GIST ? `${gist.slice(0, GIST - 1)}…` : gist;
  return `   ${chalk.red('→')} ${shown}  ${chalk.dim(printableLine(first.step.at))}\n`;
}

/** What to type next. */
function onlyFailed({ summary, down, interrupted }: SuiteEnd, { chalk }: ReporterOptions): string {
  if (summary.failed === 0 || down || interrupted) return '';
  return `${chalk.dim('      Next')}  wxnotify run --only-failed${chalk.dim(' (with the same options) runs what failed; --verbose shows all of it')}\n`;
}

function line(result: ScenarioResult, state: State, { chalk }: ReporterOptions): string {
  const { scenario, status, attempts, duration_ms, summary } = result;
  const marks = {
    passed: chalk.green('✓'),
    flaky: chalk.yellow('~'),
    failed: chalk.red('✗'),
    undelivered: chalk.red('✗'),
    skipped: chalk.dim('-'),
  };
  const { number, of } = scenario.repeat;
  const parts = [
    ` ${marks[status]} ${printableLine(scenario.name)}`,
    of > 1 ? chalk.dim(`run ${number} of ${of}`) : '',
    status === 'flaky' ? chalk.yellow(`flaky: passed at attempt ${attempts}`) : '',
    status === 'undelivered' ? chalk.yellow('undelivered') : '',
    summary && summary.sent > 1 ? chalk.dim(`${summary.sent} sent`) : '',
    status === 'passed' && isOddlyRefused(state)
      ? chalk.yellow('refused without a FAIL: did the handler check it?')
      : '',
    chalk.dim(durationText(duration_ms)),
  ];
  return `${parts.filter((part) => part !== '').join('  ')}\n`;
}

/** How long that line is at most, in characters. */
const GIST = 140;
