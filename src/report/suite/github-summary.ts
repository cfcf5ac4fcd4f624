/** The summary of a job of GitHub Actions: totals, what failed in a table, each story to unfold. Nothing of others is Markdown in it. */
import { Chalk } from 'chalk';
import type { ScenarioResult, SuiteEnd, SuiteStart } from '../../run/events.ts';
import { printableLine } from '../printable.ts';
import { durationText } from '../suite-text/duration.ts';
import { countsText, sentText } from '../suite-text/end-text.ts';
import { failureText, gistOf } from '../suite-text/failure-text.ts';
import { escapeXml } from '../suite-text/xml.ts';
import type { Reporter } from './reporter.ts';

/** The summary. */
export const githubSummaryReporter: Reporter = {
  name: 'github-summary',
  summary: 'Markdown for the job summary of GitHub Actions',
  document: true,
  create: () => {
    const rows = createPart(ROWS_LIMIT);
    const stories = createPart(STORIES_LIMIT);
    let start: SuiteStart | undefined;
    return (event) => {
      if (event.type === 'suite-start') start = event;
      if (event.type === 'scenario-end' && event.result.status in MARKS) {
        rows.add(rowText(event.result));
        stories.add(storyText(event.result));
      }
      if (event.type !== 'suite-end') return '';
      return `${headText(event, start)}${tableText(rows)}${stories.text()}${leftOutText(rows, stories)}`;
    };
  },
};

/** GitHub shows nothing of a summary of more than 1 MiB, those of other tools in the same step included. */
const ROWS_LIMIT = 100 * 1024;
const STORIES_LIMIT = 400 * 1024;

interface Part {
  readonly add: (text: string) => void;
  readonly text: () => string;
  /** How many had no room. */
  readonly leftOut: () => number;
}

/** Keeps what there is room for, in bytes. */
function createPart(limit: number): Part {
  const kept: string[] = [];
  let size = 0;
  let leftOut = 0;
  return {
    add: (text) => {
      const bytes = new TextEncoder().encode(text).length;
      if (size + bytes > limit) {
        leftOut++;
        return;
      }
      size += bytes;
      kept.push(text);
    },
    text: () => kept.join(''),
    leftOut: () => leftOut,
  };
}

const PLAIN = new Chalk({ level: 0 });

/** Those that are told. */
const MARKS: Readonly<Partial<Record<ScenarioResult['status'], string>>> = {
  failed: '❌',
  undelivered: '🔌',
  flaky: '⚠️',
};

/** Numbers only, and what is code. */
function headText({ summary, down, interrupted }: SuiteEnd, start: SuiteStart | undefined): string {
  const { latency_ms: ms, duration_ms } = summary;
  const facts = [
    `sent ${sentText(summary)}`,
    ...(ms ? [`latency p50 ${ms.p50} ms, p99 ${ms.p99} ms`] : []),
    durationText(duration_ms),
    ...(start ? [`seed ${code(start.seed)}`] : []),
    ...(start?.target ? [`target ${code(start.target)}`] : []),
    ...(start?.shard ? [`shard ${code(start.shard)}`] : []),
  ];
  const stopped = [
    ...(down ? [`❌ The target is down: ${code(`${down.target}: ${down.detail}`)}`] : []),
    ...(interrupted ? ['⚠️ Interrupted: this is what was done so far.'] : []),
  ];
  const lines = [...stopped, facts.join(' · ')].map((line) => `<p>${line}</p>\n\n`);
  return `## wxnotify: ${countsText(summary, PLAIN).replaceAll(' |', ',')}\n\n${lines.join('')}`;
}

function tableText(rows: Part): string {
  const text = rows.text();
  if (text === '') return '';
  const head = '<tr><th></th><th>scenario</th><th>where</th><th>what</th></tr>\n';
  return `<table>\n${head}${text}</table>\n\n`;
}

function rowText({ scenario, status, failures }: ScenarioResult): string {
  const [failure] = failures;
  const at = failure?.step.at ?? `${scenario.file}:${scenario.line}`;
  const cells = [
    MARKS[status] ?? '',
    code(scenario.name),
    code(at),
    failure ? code(gistOf(failure)) : status,
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}

/** A block of its own, from which no blank line leads back to Markdown: only the end of `pre` does, and that is escaped. */
function storyText(result: ScenarioResult): string {
  const story = escapeXml(failureText(result, { chalk: PLAIN, verbose: false }));
  const title = `${MARKS[result.status] ?? ''} ${code(result.scenario.name)}`;
  return `<details><summary>${title}</summary>\n\n<pre>\n${story}</pre>\n\n</details>\n\n`;
}

function leftOutText(rows: Part, stories: Part): string {
  const [names, told] = [rows.leftOut(), stories.leftOut()];
  if (names === 0 && told === 0) return '';
  return `<p>Left out, because there is no room: ${names} scenarios of the table, ${told} stories. The other reports have them.</p>\n`;
}

/** GitHub makes links of names and numbers in text, but not in code. */
function code(text: string): string {
  const line = printableLine(text);
  return `<code>${escapeXml(line.length > CODE ? `${line.slice(0, CODE - 1)}…` : line)}</code>`;
}

const CODE = 300;
