/** TAP 14: a test point a scenario, with what is known of it in YAML. */
import { Chalk } from 'chalk';
import type { ScenarioResult, SuiteEnd, SuiteStart } from '../../run/events.ts';
import { inlineJson } from '../json-text.ts';
import { printableLine } from '../printable.ts';
import { failureText, messageOf } from '../suite-text/failure-text.ts';
import { failuresJson } from '../suite-json/scenario.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** The stream. */
export const tapReporter: Reporter = {
  name: 'tap',
  summary: 'TAP 14, a test point a scenario',
  document: true,
  create: (options) => {
    let told = 0;
    return (event) => {
      switch (event.type) {
        case 'suite-start':
          return `TAP version 14\n${startText(event)}`;
        case 'scenario-end':
          told++;
          return pointText(event.result, told, options);
        case 'suite-end':
          return endingText(event) ?? planText(told);
        default:
          return '';
      }
    };
  },
};

function startText({ seed, target, shard }: SuiteStart): string {
  const facts = [
    `seed ${seed}`,
    ...(target === '' ? [] : [`target ${target}`]),
    ...(shard === null ? [] : [`shard ${shard}`]),
  ];
  return facts.map((fact) => `# ${printableLine(fact)}\n`).join('');
}

function pointText(result: ScenarioResult, number: number, options: ReporterOptions): string {
  const { scenario, status, why } = result;
  const ok = status === 'failed' || status === 'undelivered' ? 'not ok' : 'ok';
  const { number: run, of } = scenario.repeat;
  const name = of > 1 ? `${scenario.name} (${run} of ${of})` : scenario.name;
  if (status === 'skipped')
    return `${ok} ${number} - ${escape(name)} # SKIP ${escape(why ?? '')}`.trimEnd() + '\n';
  return `${ok} ${number} - ${escape(name)}\n${diagnostics(result, options)}`;
}

/** A hash would begin a directive, a line feed another line. */
function escape(text: string): string {
  return printableLine(text).replace(/[\\#]/g, '\\$&');
}

const PLAIN = new Chalk({ level: 0 });

/** JSON is YAML too; only the story is a block, to be read. */
function diagnostics(result: ScenarioResult, { verbose }: ReporterOptions): string {
  const { scenario, status, attempts, duration_ms, failures } = result;
  const facts: Readonly<Record<string, unknown>> = {
    status,
    duration_ms,
    ...(attempts > 1 && { attempts }),
    ...(failures.length > 0 && {
      message: messageOf(failures),
      at: failures[0]?.step.at ?? `${scenario.file}:${scenario.line}`,
      seed: scenario.seed,
      reproduce: scenario.reproduce,
      failures: failuresJson(failures),
    }),
  };
  const lines = Object.entries(facts).map(([key, value]) => `  ${key}: ${inlineJson(value)}\n`);
  const story = failures.length > 0 ? failureText(result, { chalk: PLAIN, verbose }) : '';
  return `  ---\n${lines.join('')}${story === '' ? '' : `  story: |2\n${block(story)}`}  ...\n`;
}

/** As a block of YAML, whose text may begin with blanks. */
function block(text: string): string {
  const plain = text.replace(/[\u2028\u2029\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu, '\uFFFD');
  const lines = plain.split('\n');
  return lines.map((line) => (line === '' ? '\n' : `    ${line}\n`)).join('');
}

/** At the end: what is interrupted tells fewer than were planned. */
function planText(told: number): string {
  return told === 0 ? '1..0 # SKIP no scenario was run\n' : `1..${told}\n`;
}

/** Instead of a plan: whoever reads it need not wait for more. */
function endingText({ down, interrupted }: SuiteEnd): string | undefined {
  if (down) return `Bail out! The target is down: ${printableLine(`${down.target}: ${down.detail}`)}\n`;
  return interrupted ? 'Bail out! Interrupted: not everything was run\n' : undefined;
}
