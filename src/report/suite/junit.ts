/** JUnit XML as Jenkins, GitLab and others read it: a suite a folder, a case a scenario; strict enough for both common schemas. */
import { Chalk } from 'chalk';
import type { ScenarioFacts, ScenarioResult, SuiteEnd, SuiteStart } from '../../run/events.ts';
import { failureText, messageOf } from '../suite-text/failure-text.ts';
import { element, escapeXml } from '../suite-text/xml.ts';
import type { Reporter, ReporterOptions } from './reporter.ts';

/** The document. */
export const junitReporter: Reporter = {
  name: 'junit',
  summary: 'JUnit XML, for Jenkins, GitLab and others',
  document: true,
  create: (options) => {
    const folders = new Map<string, Folder>();
    let start: SuiteStart | undefined;
    return (event) => {
      if (event.type === 'suite-start') start = event;
      if (event.type === 'scenario-end') addTo(folders, event.result, options);
      if (event.type !== 'suite-end') return '';
      const suites = [...folders].map(([name, folder], id) => suiteXml(name, folder, { id, start, options }));
      const ending = endingXml(event, { id: suites.length, start, options });
      return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join('')}${ending}</testsuites>\n`;
    };
  },
};

/** The cases of a folder, and what is said of all of them. */
interface Folder {
  readonly cases: string[];
  readonly flaky: string[];
  readonly stories: string[];
  failures: number;
  errors: number;
  skipped: number;
  ms: number;
  readonly at: number;
}

function addTo(folders: Map<string, Folder>, result: ScenarioResult, { verbose }: ReporterOptions): void {
  const { scenario, status, at, duration_ms } = result;
  const name = scenario.family.includes('/') ? scenario.family.replace(/\/[^/]*$/, '') : 'scenarios';
  const folder = folders.get(name) ?? newFolder(at);
  folders.set(name, folder);
  const story = result.failures.length > 0 ? failureText(result, { chalk: PLAIN, verbose }) : '';
  folder.cases.push(caseXml(result, story));
  if (status === 'failed') folder.failures++;
  if (status === 'undelivered') folder.errors++;
  if (status === 'skipped') folder.skipped++;
  if (status === 'flaky') {
    folder.flaky.push(`${caseName(scenario)}: ${result.attempts} attempts`);
    folder.stories.push(story);
  }
  folder.ms += duration_ms;
}

const PLAIN = new Chalk({ level: 0 });

function newFolder(at: number): Folder {
  return { cases: [], flaky: [], stories: [], failures: 0, errors: 0, skipped: 0, ms: 0, at };
}

function caseXml(result: ScenarioResult, story: string): string {
  const attributes = {
    name: caseName(result.scenario),
    classname: className(result.scenario.family),
    time: seconds(result.duration_ms),
  };
  return `    ${element('testcase', attributes, outcomeXml(result, story))}\n`;
}

function outcomeXml({ status, why, failures }: ScenarioResult, story: string): string {
  if (status === 'skipped') return element('skipped', { message: why ?? 'skipped' });
  if (status !== 'failed' && status !== 'undelivered') return '';
  const type = failures[0]?.reasons[0]?.code ?? status;
  const name = status === 'failed' ? 'failure' : 'error';
  return element(name, { type, message: messageOf(failures) }, escapeXml(`\n${story}`));
}

/** Unique: repetitions say which one they are. */
function caseName({ name, repeat }: ScenarioFacts): string {
  return repeat.of > 1 ? `${name} (${repeat.number} of ${repeat.of})` : name;
}

/** Where Jenkins expects a package and a class: `payment.paid`. */
function className(family: string): string {
  return family.replaceAll('.', '_').replaceAll('/', '.');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

interface Around {
  readonly id: number;
  readonly start: SuiteStart | undefined;
  readonly options: ReporterOptions;
}

function suiteXml(name: string, folder: Folder, { id, start, options }: Around): string {
  const { cases, flaky, stories, failures, errors, skipped, ms, at } = folder;
  const attributes = {
    name,
    package: className(name),
    id,
    timestamp: new Date(at).toISOString().slice(0, 19), // one schema takes neither fractions nor a time zone
    hostname: 'localhost',
    tests: cases.length,
    failures,
    errors,
    skipped,
    time: seconds(ms),
  };
  const facts: readonly (readonly [string, string])[] = [
    ['wxnotify', options.version],
    ...(start ? [['seed', start.seed] as const, ['target', start.target] as const] : []),
    ...flaky.map((text) => ['flaky', text] as const),
  ];
  const properties = facts.map(([name, value]) => `      ${element('property', { name, value })}\n`);
  const content = [
    `    <properties>\n${properties.join('')}    </properties>\n`,
    ...cases,
    `    ${element('system-out', {}, escapeXml(stories.join('\n')))}\n`,
    '    <system-err/>\n',
  ];
  return `  ${element('testsuite', attributes, `\n${content.join('')}  `)}\n`;
}

/** A suite that came to no end is red, whatever its scenarios are: those that were not run are skipped. */
function endingXml({ down, interrupted }: SuiteEnd, around: Around): string {
  const why = down
    ? { type: 'down', message: `The target is down: ${down.target}: ${down.detail}` }
    : { type: 'interrupted', message: 'Interrupted: not everything was run' };
  if (!down && !interrupted) return '';
  const attributes = { name: 'the suite came to its end', classname: 'wxnotify', time: '0.000' };
  const cases = [`    ${element('testcase', attributes, element('error', why, escapeXml(why.message)))}\n`];
  return suiteXml('wxnotify', { ...newFolder(around.start?.at ?? 0), cases, errors: 1 }, around);
}
