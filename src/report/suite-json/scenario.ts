/** A scenario of a suite, as documents have it. */
import type { Failure, ScenarioFacts, ScenarioResult } from '../../run/events.ts';
import { reasonJson, type FailureJson } from '../json.ts';

/** What is known before it runs, but for its name and number. Its counts are called `summary`, as everywhere. */
export function factsJson({
  name: _,
  number: _number,
  summary: title,
  repeat,
  ...facts
}: ScenarioFacts): object {
  return { title, ...facts, ...(repeat.of > 1 && { repeat }) };
}

/** How it ended, but for what was sent and what failed. */
export function resultJson({ status, why, attempts, at, duration_ms }: ScenarioResult): object {
  return { status, ...(why !== null && { why }), attempts, at: new Date(at).toISOString(), duration_ms };
}

/** Each reason by itself, as in the documents of single runs, with the place of its step. */
export function failuresJson(
  failures: readonly Failure[],
): readonly (FailureJson & { readonly at: string })[] {
  return failures.flatMap(({ step, reasons, delivery }) =>
    reasons.map((reason) => ({
      ...reasonJson(reason, step.number, delivery?.attempt ?? null),
      at: step.at,
    })),
  );
}
