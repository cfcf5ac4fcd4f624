/** Annotations of GitHub Actions: workflow commands that put what went wrong on the YAML line where it is expected otherwise. */
import type { Failure, Problem, ScenarioResult, SuiteEnd } from '../../run/events.ts';
import { printable, printableLine } from '../printable.ts';
import { gistOf } from '../suite-text/failure-text.ts';
import { wordsFor } from '../words.ts';
import type { Reporter } from './reporter.ts';

/** Annotations. */
export const githubReporter: Reporter = {
  name: 'github',
  summary: 'annotations of GitHub Actions, on the line that failed',
  document: false,
  create: () => (event) => {
    switch (event.type) {
      case 'suite-warning':
        return warningText(event.problem);
      case 'scenario-end':
        return resultText(event.result);
      case 'suite-end':
        return endingText(event);
      default:
        return '';
    }
  },
};

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly at?: Place | undefined;
  readonly message: string;
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly col: number;
}

function resultText(result: ScenarioResult): string {
  const { scenario, status, attempts } = result;
  if (status === 'passed' || status === 'skipped') return '';
  const level = status === 'flaky' ? 'warning' : 'error';
  const how = { failed: '', undelivered: ': undelivered', flaky: `: flaky, passed at attempt ${attempts}` }[
    status
  ];
  const title = `${printableLine(scenario.name)}${how}`;
  const again = `Again: ${printableLine(scenario.reproduce)}`;
  if (result.failures.length === 0) {
    const at = { file: scenario.file, line: scenario.line, col: 1 };
    return annotation({ level, title, at, message: again });
  }
  const texts = [...byPlace(result.failures)].map(([place, failures]) =>
    annotation({ level, title, at: placeOf(place), message: `${messageOf(failures)}\n${again}` }),
  );
  return texts.join('');
}

/** What fails at one step is one annotation: only the first ten of a step of a workflow are shown. */
function byPlace(failures: readonly Failure[]): ReadonlyMap<string, readonly Failure[]> {
  const places = new Map<string, Failure[]>();
  for (const failure of failures)
    places.set(failure.step.at, [...(places.get(failure.step.at) ?? []), failure]);
  return places;
}

/** How many of them it tells. */
const TOLD = 3;

function messageOf(failures: readonly Failure[]): string {
  const gists = new Map(failures.map((failure) => [gistOf(failure), nextOf(failure)]));
  const told = [...gists].slice(0, TOLD).flat();
  const more = failures.length > 1 ? [`${failures.length} failures of this step.`] : [];
  return printable([...told, ...more].filter((text) => text !== '').join('\n'));
}

/** Of a notification; what is said of a call speaks of its answer, which does not stand here. */
function nextOf({ reasons, delivery }: Failure): string {
  const [reason] = reasons;
  return reason && delivery ? wordsFor(reason, delivery).next : '';
}

function placeOf(at: string): Place | undefined {
  const [, file, line, col] = /^([^]*):(\d+):(\d+)$/.exec(at) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), col: Number(col) };
}

function warningText({ message, fix, at }: Problem): string {
  return annotation({ level: 'warning', title: 'wxnotify', at, message: printable(`${message}\n${fix}`) });
}

function endingText({ down, interrupted }: SuiteEnd): string {
  const title = 'wxnotify';
  const message = down
    ? `The target is down: ${printable(`${down.target}\n${down.detail}`)}`
    : 'Interrupted: not everything was run';
  return down || interrupted ? annotation({ level: 'error', title, message }) : '';
}

function annotation({ level, title, at, message }: Annotation): string {
  const properties: readonly (readonly [string, string | number])[] = [
    ...(at
      ? ([
          ['file', printableLine(at.file)],
          ['line', at.line],
          ['col', at.col],
        ] as const)
      : []),
    ['title', title],
  ];
  const given = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(',');
  return `::${level} ${given}::${escapeData(message)}\n`;
}

/** As the toolkit of GitHub does: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
