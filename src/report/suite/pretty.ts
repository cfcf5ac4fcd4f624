/** `pretty`: a line for each scenario, the whole story of each that failed, and the totals. */
import type { RunEvent, ScenarioResult, SuiteEnd, SuiteEvent, SuiteStart } from '../../run/events.ts';
import { createPretty } from '../pretty.ts';
import { printableLine } from '../printable.ts';
import { durationText } from '../suite-text/duration.ts';
import { endText } from '../suite-text/end-text.ts';
import { failureText, gistOf } from '../suite-text/failure-text.ts';
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
  /** Those that are told again at the end: after hundreds of lines nobody has seen them. */
  readonly wrong: ScenarioResult[];
  /** How many scenarios got a line. */
  lines: number;
  /** With --verbose, what happens in the scenario. */
  detail: ReturnType<typeof createPretty> | undefined;
}

type Handlers = { readonly [T in SuiteEvent['type']]: (event: Extract<SuiteEvent, { type: T }>) => string };

function create(options: ReporterOptions): (event: SuiteEvent) => string {
  const state: State = { start: undefined, wrong: [], lines: 0, detail: undefined };
  const handlers: Handlers = {
    'suite-start': (event) => {
      state.start = event;
      return options.quiet ? '' : heading(event, options);
    },
    'suite-warning': () => '',
    'scenario-start': () => {
      state.detail = options.verbose ? createPretty({ ...options, compact: true }) : undefined;
      return '';
    },
    'scenario-event': ({ event }) => (isFailure(event) ? '' : (state.detail?.(event) ?? '')),
    'scenario-end': ({ result }) => {
      const text = ended(result, state, options);
      if (text !== '') state.lines++;
      return text;
    },
    'suite-end': (event) => {
      if (options.quiet && isFine(event)) return '';
      const gap = state.lines > 0 ? '\n' : '';
      return `${recap(state, options)}${gap}${endText(event, { start: state.start, chalk: options.chalk })}`;
    },
  };
  return (event) => (handlers[event.type] as (event: SuiteEvent) => string)(event);
}

/** The story of the scenario tells it. */
function isFailure(event: RunEvent): boolean {
  return 'reasons' in event && event.reasons.length > 0;
}

function isFine({ summary, interrupted, down }: SuiteEnd): boolean {
  return summary.failed === 0 && !interrupted && down === null;
}

function heading({ scenarios, target, shard, insecure }: SuiteStart, { chalk }: ReporterOptions): string {
  const part = shard === null ? '' : chalk.dim(`  shard ${shard}`);
  const loud = insecure ? `${chalk.red.bold('TLS IS NOT VERIFIED (--insecure)')}\n` : '';
  const count = `${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'}`;
  const to = target === '' ? '' : ` → ${printableLine(target)}`;
  return `${chalk.bold(`run ${count}`)}${to}${part}\n${loud}\n`;
}

function ended(result: ScenarioResult, state: State, options: ReporterOptions): string {
  const { chalk, quiet } = options;
  const isWrong = ['failed', 'undelivered', 'flaky'].includes(result.status);
  if (!isWrong) return quiet || isUntold(result) ? '' : line(result, options);
  state.wrong.push(result);
  if (quiet && result.status === 'flaky') return '';
  const rule = chalk.dim('─'.repeat(72));
  return `${quiet ? '' : line(result, options)}\n${failureText(result, options)}${rule}\n\n`;
}

/** When nothing could be sent, or it was interrupted, the end tells of all of them together. */
function isUntold({ status, why }: ScenarioResult): boolean {
  return status === 'skipped' && why !== '--bail';
}

function line(result: ScenarioResult, { chalk }: ReporterOptions): string {
  const { scenario, status, attempts, duration_ms, why, summary } = result;
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
    chalk.dim(why === null ? durationText(duration_ms) : `skipped (${why})`),
  ];
  return `${parts.filter((part) => part !== '').join('  ')}\n`;
}

function recap({ wrong }: State, { chalk }: ReporterOptions): string {
  const failed = wrong.filter(({ status }) => status !== 'flaky');
  if (failed.length < 2 && wrong.length < 2) return '';
  const rows = wrong.map((result) => {
    const { scenario, failures, status } = result;
    const mark = status === 'flaky' ? chalk.yellow('~') : chalk.red('✗');
    const [first] = failures;
    const gist = first ? `  ${chalk.dim(printableLine(gistOf(first)).slice(0, GIST))}` : '';
    return ` ${mark} ${printableLine(scenario.name)}${gist}\n`;
  });
  return `${chalk.bold('Not as expected:')}\n${rows.join('')}`;
}

/** How much of what was wrong the list at the end tells, in characters. */
const GIST = 100;
