/** A scenario that did not go well, as people read it: where, what was expected and what came, the exchange, how to see it again. */
import { lasting } from '../alike.ts';
import type { ChalkInstance } from 'chalk';
import type { Failure, Reason, ScenarioResult } from '../../run/events.ts';
import { inert, printable, printableLine } from '../printable.ts';
import type { ReporterOptions } from '../suite/reporter.ts';
import { sentence, type Words } from '../words.ts';
import { durationText } from './duration.ts';
import { differenceOf, type DiffLine, type Difference } from './difference.ts';
import { shorten, storyOf } from './story.ts';

export type FailureTextOptions = Pick<ReporterOptions, 'chalk' | 'verbose'>;

/** Failures of a scenario that are told in full; the others get a line. All are, when all is to be shown. */
const STORIES = 3;

/** The whole story of a scenario that failed, was not delivered, or is flaky. Ends with a line feed. */
export function failureText(result: ScenarioResult, options: FailureTextOptions): string {
  const { failures, failures_not_listed: hidden } = result;
  const told = options.verbose
    ? failures
    : alike(failures)
        .slice(0, STORIES)
        .map(({ first }) => first);
  const rest = failures.filter((failure) => !told.includes(failure));
  const more = hidden > 0 ? `\n${INDENT}and ${hidden} more failures\n` : '';
  return [
    headText(result, options.chalk),
    trailText(result, options.chalk),
    ...told.map((failure) => `\n${storyText(failure, options)}`),
    rest.length > 0 ? '\n' : '',
    restText(rest, options.chalk),
    more,
    `\n${footText(result, options.chalk)}`,
  ].join('');
}

/** The same, when others with the same thing wrong have been told in full. Ends with a line feed. */
export function shortFailureText(result: ScenarioResult, { chalk }: FailureTextOptions): string {
  const again = rows(chalk)('again', printableLine(result.scenario.reproduce), chalk.bold);
  return `${headText(result, chalk)}${restText(result.failures, chalk)}${again}`;
}

/** What makes failures of scenarios alike: what was expected and what came, wherever. */
export function sortOf({ failures }: ScenarioResult): string {
  return [...new Set(failures.flatMap(({ reasons }) => reasons.map(gistKey)))].sort().join();
}

/** The way to the failure, in a flow. */
function trailText({ trail }: ScenarioResult, chalk: ChalkInstance): string {
  if (trail.length < 2) return '';
  const marks = { passed: chalk.green('✓'), failed: chalk.red('✗'), skipped: chalk.dim('-') };
  const lines = trail.map(({ step, status, said }) => {
    const times = step.times > 1 ? ` × ${step.times}` : '';
    const what = `step ${step.number}: ${printableLine(step.title)}${times}`;
    return `${INDENT}${marks[status]} ${what}  ${chalk.dim(status === 'skipped' ? 'skipped' : said)}`.trimEnd();
  });
  return `\n${lines.join('\n')}\n`;
}

/** A failure on one line. */
export function gistOf({ reasons }: Failure): string {
  return shorten(reasons.map(sentence).join('; '), MESSAGE);
}

/** What was wrong with several, each thing once, on one line. */
export function messageOf(failures: readonly Failure[]): string {
  const gists = alike(failures).map(({ first }) => gistOf(first));
  const text = gists.join('; ');
  return shorten(text, MESSAGE);
}

/** How long it is at most. */
const MESSAGE = 500;

const INDENT = '   ';
const LABEL = 10;

interface Alike {
  readonly first: Failure;
  readonly count: number;
}

/** Those with the same thing wrong at the same place are told together. */
function alike(failures: readonly Failure[]): readonly Alike[] {
  const kinds = new Map<string, Alike>();
  for (const failure of failures) {
    const key = [failure.step.at, ...failure.reasons.map(gistKey)].join();
    const { first, count } = kinds.get(key) ?? { first: failure, count: 0 };
    kinds.set(key, { first, count: count + 1 });
  }
  return [...kinds.values()];
}

/** A line for each sort of those that are not told in full. */
function restText(failures: readonly Failure[], chalk: ChalkInstance): string {
  const lines = alike(failures).map(({ first, count }) => {
    const times = count > 1 ? chalk.dim(`  (${count} times)`) : '';
    return `${placeLine(first, chalk)}  ${printableLine(gistOf(first))}${times}\n`;
  });
  return lines.join('');
}

function gistKey(reason: Reason): string {
  return JSON.stringify(lasting(reason));
}

function headText({ scenario, status, attempts }: ScenarioResult, chalk: ChalkInstance): string {
  const labels = {
    failed: chalk.bgRed.white.bold(' FAIL '),
    undelivered: chalk.bgRed.white.bold(' UNDELIVERED '),
    flaky: chalk.bgYellow.black.bold(' FLAKY '),
    passed: chalk.bgGreen.black.bold(' PASS '),
    skipped: chalk.bgGray.white.bold(' SKIP '),
  };
  const { number, of } = scenario.repeat;
  const repeat = of > 1 ? chalk.dim(`  run ${number} of ${of}`) : '';
  const line = `${labels[status]} ${chalk.bold(printableLine(scenario.name))}${repeat}`;
  const about = printableLine(scenario.summary);
  return `${line}  ${chalk.dim(about)}`.trimEnd() + `\n${attemptsLine(status, attempts, chalk)}`;
}

function attemptsLine(status: ScenarioResult['status'], attempts: number, chalk: ChalkInstance): string {
  if (status === 'flaky')
    return `${INDENT}${chalk.yellow(`passed at attempt ${attempts}; what was wrong before:`)}\n`;
  return attempts > 1
    ? `${INDENT}${chalk.dim(`failed in all of ${attempts} attempts; the last one:`)}\n`
    : '';
}

function storyText(failure: Failure, { chalk, verbose }: FailureTextOptions): string {
  const row = rows(chalk);
  const story = storyOf(failure, { verbose });
  const reasons = failure.reasons.map((reason, index) => reasonText(reason, story.words[index], chalk));
  const parts = story.parts.map(({ name, text }) => row(name, printable(text), chalk.dim));
  const again = story.again === null ? '' : row('resend', story.again);
  const exchange = `${parts.join('')}${again}`;
  return `${placeLine(failure, chalk)}\n\n${reasons.join('')}${exchange === '' ? '' : `\n${exchange}`}`;
}

function placeLine(failure: Failure, chalk: ChalkInstance): string {
  const { place, step } = storyOf(failure, { verbose: false });
  return ` ${chalk.cyan('❯')} ${chalk.cyan(printableLine(place))}  ${chalk.dim(printableLine(step))}`;
}

function reasonText(reason: Reason, words: Words | undefined, chalk: ChalkInstance): string {
  if (!words) return '';
  const row = rows(chalk);
  const { expected, actual, next } = words;
  const difference = differenceOf(reason);
  const told = difference
    ? row('differs', differenceText(difference, chalk))
    : row('expected', printable(expected), chalk.green) + row('got', printable(actual), chalk.red);
  return told + row('next', printable(next));
}

function differenceText({ of, lines }: Difference, chalk: ChalkInstance): string {
  const legend = `${chalk.green('- expected')}  ${chalk.red('+ got')}`;
  return [`${printable(of)}  ${legend}`, ...lines.map((line) => lineText(line, chalk))].join('\n');
}

function lineText({ sign, pieces }: DiffLine, chalk: ChalkInstance): string {
  const paint = { ' ': chalk.dim, '-': chalk.green, '+': chalk.red }[sign];
  return (
    paint(`${sign} `) +
    pieces.map(({ text, differs }) => (differs ? paint.inverse : paint)(printable(text))).join('')
  );
}

type Paint = (text: string) => string;
type Row = (label: string, text: string, paint?: Paint) => string;

/** A label, and text beside it; each line is painted by itself, so that colours end with it. */
function rows(chalk: ChalkInstance): Row {
  const margin = `\n${INDENT}${' '.repeat(LABEL)}`;
  return (label, text, paint = (line) => line) => {
    const lines = inert(text)
      .split('\n')
      .map((line) => (line === '' ? '' : paint(line)));
    return `${INDENT}${chalk.dim(label.padEnd(LABEL))}${lines.join(margin).replace(/ +$/gm, '')}\n`;
  };
}

function footText({ scenario, duration_ms }: ScenarioResult, chalk: ChalkInstance): string {
  const row = rows(chalk);
  return [
    row('took', durationText(duration_ms)),
    row('seed', printableLine(scenario.seed)),
    row('again', printableLine(scenario.reproduce), chalk.bold),
  ].join('');
}
