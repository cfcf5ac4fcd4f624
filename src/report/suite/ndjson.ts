/** One JSON document a line, for each event as it comes. Lines are whole, so that what was interrupted can be read. */
import type { ScenarioFacts, ScenarioResult, SuiteEvent } from '../../run/events.ts';
import { SCHEMA, jsonLine } from '../json-text.ts';
import { summaryJson } from '../json.ts';
import { createEnding } from '../suite-json/ending.ts';
import { runLine } from '../suite-json/run-line.ts';
import { factsJson, failuresJson, resultJson } from '../suite-json/scenario.ts';
import type { Reporter } from './reporter.ts';

/** The event stream. */
export const ndjsonReporter: Reporter = {
  name: 'ndjson',
  summary: 'one JSON document a line, for each event as it comes',
  document: true,
  create: ({ version }) => {
    const ending = createEnding();
    const rest = (event: SuiteEvent): object => {
      switch (event.type) {
        case 'suite-start':
          return { version, ...event, at: new Date(event.at).toISOString() };
        case 'suite-warning':
          return event.problem;
        case 'scenario-start':
          return { ...nameOf(event.scenario), ...factsJson(event.scenario) };
        case 'scenario-event':
          return { ...nameOf(event.scenario), run: event.attempt, ...runLine(event.event) };
        case 'scenario-end':
          ending.add(event.result);
          return endLine(event.result);
        case 'suite-end':
          return ending.document(event);
      }
    };
    return (event) => {
      const type = event.type === 'scenario-event' ? event.event.type : event.type;
      return jsonLine({ schema: SCHEMA, type, ...rest(event) });
    };
  },
};

/** Repetitions have the same name, and different numbers. */
function nameOf({ name, number }: ScenarioFacts): object {
  return { scenario: name, number };
}

function endLine(result: ScenarioResult): object {
  return {
    ...nameOf(result.scenario),
    ...resultJson(result),
    summary: result.summary && summaryJson(result.summary),
    failures: failuresJson(result.failures),
    failures_not_listed: result.failures_not_listed,
  };
}
