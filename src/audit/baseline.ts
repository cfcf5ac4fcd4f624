/** The baseline: findings that somebody accepted, each with a reason and a last day. */
import type { Place } from '../scenario/problem.ts';
import type { AcceptedFinding, Finding, Passed } from './result.ts';

/** One entry. */
export interface BaselineEntry {
  /** The full name of the case. */
  readonly case: string;
  readonly reason: string;
  /** The last day: `2027-01-31`. */
  readonly until: string;
  readonly place: Place;
}

/** What was found, sorted by it. */
export interface Weighed {
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** Entries that accept nothing any more. */
  readonly stale: readonly string[];
}

/**
 * Takes out what is accepted. An entry that has expired accepts nothing, and one whose case was stood is not needed:
 * both are told. Of a case that was not tried, or not decided, nothing is said.
 *
 * @param today as `2027-01-31`
 */
export function weigh(
  { findings, passed }: { readonly findings: readonly Finding[]; readonly passed: readonly Passed[] },
  entries: readonly BaselineEntry[],
  today: string,
): Weighed {
  const valid = entries.filter(({ until }) => today <= until);
  const entryOf = (finding: Finding): BaselineEntry | undefined =>
    valid.find((entry) => entry.case === finding.case);
  return {
    findings: findings.filter((finding) => !entryOf(finding)),
    accepted: findings.flatMap((finding) => {
      const entry = entryOf(finding);
      return entry ? [{ ...finding, reason: entry.reason, expires: entry.until }] : [];
    }),
    stale: entries.flatMap((entry) => {
      if (passed.some((one) => one.case === entry.case))
        return [`${entry.case} is mended: take it out (${placeText(entry)})`];
      const isFound = findings.some((one) => one.case === entry.case);
      return isFound && !valid.includes(entry)
        ? [`${entry.case} was accepted until ${entry.until}, and fails still (${placeText(entry)})`]
        : [];
    }),
  };
}

function placeText({ place: { file, line, col } }: BaselineEntry): string {
  return `${file}:${line}:${col}`;
}
