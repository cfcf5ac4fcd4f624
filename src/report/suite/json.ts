/** One JSON document for the whole suite; what it says of a scenario is what `send --json` says of it. */
import type { ScenarioResult, SuiteEvent, SuiteStart } from '../../run/events.ts';
import { createJson, type JsonReport } from '../json.ts';
import { SCHEMA, jsonText } from '../json-text.ts';
import { createEnding } from '../suite-json/ending.ts';
import { factsJson, failuresJson, resultJson } from '../suite-json/scenario.ts';
import type { Reporter } from './reporter.ts';

/** The document. */
export const jsonReporter: Reporter = {
  name: 'json',
  summary: 'one JSON document at the end',
  document: true,
  create: ({ version }) => {
    const ending = createEnding();
    const scenarios: object[] = [];
    const warnings: object[] = [];
    let start: SuiteStart | undefined;
    let attempt = 0;
    let report = createJson();
    const add = (event: SuiteEvent): void => {
      if (event.type === 'suite-start') start = event;
      else if (event.type === 'suite-warning') warnings.push(event.problem);
      else if (event.type === 'scenario-start') attempt = 0;
      else if (event.type === 'scenario-event') {
        if (event.attempt !== attempt) report = createJson(); // the last attempt is the one that counts
        attempt = event.attempt;
        report.add(event.event);
      } else if (event.type === 'scenario-end') {
        ending.add(event.result);
        scenarios.push(scenarioDocument(event.result, attempt > 0 ? report : undefined));
      }
    };
    return (event) => {
      add(event);
      if (event.type !== 'suite-end') return '';
      const { ok, exit, interrupted, down, summary } = ending.document(event);
      return jsonText({
        schema: SCHEMA,
        command: 'run',
        version,
        ok,
        exit,
        ...startJson(start),
        ...(interrupted && { interrupted }),
        ...(down && { down }),
        summary,
        scenarios,
        warnings,
      });
    };
  },
};

function startJson(start: SuiteStart | undefined): object {
  if (!start) return {};
  const { seed, target, insecure, shard, at } = start;
  return {
    seed,
    target,
    at: new Date(at).toISOString(),
    ...(insecure && { insecure }),
    ...(shard !== null && { shard }),
  };
}

/** What the document of a run has that that of a suite does not say already. */
type RunDocument = Readonly<Partial<Record<(typeof TAKEN)[number], unknown>>>;

const TAKEN = [
  'summary',
  'deliveries',
  'steps',
  'schedules',
  'failures',
  'failures_not_listed',
  'warnings',
] as const;

/** The members that a scenario has even when it was not run. */
const NOT_RUN = { summary: null, deliveries: [], failures: [], warnings: [] };

function scenarioDocument(result: ScenarioResult, report: JsonReport | undefined): object {
  const run: RunDocument = { ...NOT_RUN, ...report?.document(0) };
  const taken = TAKEN.filter((key) => run[key] !== undefined).map((key) => [key, run[key]] as const);
  return {
    name: result.scenario.name,
    ...factsJson(result.scenario),
    ...resultJson(result),
    ...Object.fromEntries(taken),
    ...(result.status === 'flaky' && { failures_before: failuresJson(result.failures) }),
  };
}
