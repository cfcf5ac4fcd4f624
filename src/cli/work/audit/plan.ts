/** Which cases an audit tries, and which it cannot. */
import { readFileSync } from 'node:fs';
import { caseOf, kindsOf, versionOf, type AuditCase, type Version } from '../../../audit/case.ts';
import type { Undecided } from '../../../audit/result.ts';
import { hasTags } from '../../../run/suite/select.ts';
import { listScenarios, type Entry, type Library } from '../../../scenario/library.ts';
import { collect, fail, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Scenario } from '../../../scenario/scenario.ts';
import { loadEntry } from '../load.ts';
import { scenariosFor } from '../run/references.ts';
import type { AuditOptions } from './options.ts';

/** The cases that are asked for: of the built-in catalogue, and the user's own. */
export function selectCases(library: Library, options: AuditOptions): Result<readonly AuditCase[]> {
  const scenarios = options.case ? scenariosFor(options.case, library) : everyCase(library);
  if (!scenarios.ok) return scenarios;
  const { tag = [], only } = options;
  const all = scenarios.value.flatMap((scenario) => caseOf(scenario) ?? []);
  const chosen = all.filter(
    ({ scenario, about }) =>
      hasTags(scenario, tag) && (only === undefined || versionOf(about.kind.id) === only),
  );
  return collect(chosen.length > 0 ? [] : [nothing(scenarios.value, all)], () => chosen);
}

/** A file is read as a scenario only when it has the word: there may be many. */
export function everyCase(library: Library): Result<readonly Scenario[]> {
  const loaded = listScenarios(library)
    .filter(isCase)
    .map((entry) => loadEntry(entry, library));
  const problems = loaded.flatMap((one) => (one.ok ? [] : one.problems));
  return collect(problems, () => loaded.flatMap((one) => (one.ok ? one.value : [])));
}

function isCase({ path }: Entry): boolean {
  try {
    return /^audit:/m.test(readFileSync(path, 'utf8'));
  } catch {
    return false; // it went away, or is not ours to read
  }
}

function nothing(scenarios: readonly Scenario[], cases: readonly AuditCase[]): Problem {
  const [first] = scenarios;
  return {
    code: 'nothing-selected',
    message:
      cases.length === 0 && first
        ? `${first.name} is no case of an audit: it has no \`audit\` block`
        : 'there is no such case',
    fix: '`wxnotify audit --list` shows them all.',
  };
}

/** What an audit has at hand. */
export interface Means {
  /** The URL for a kind. */
  readonly endpoint: (kind: string) => string | undefined;
  /** Versions that there are keys for. */
  readonly versions: readonly Version[];
  readonly canClose: boolean;
  readonly canBomb: boolean;
  readonly canCall: boolean;
}

/** The cases that can be tried, and why others cannot. What has no endpoint or no key is not even meant. */
export interface Sorted {
  readonly cases: readonly AuditCase[];
  readonly left: readonly Undecided[];
}

/** Sorts the cases by whether they can be tried. */
export function sortCases(all: readonly AuditCase[], means: Means): Sorted {
  const meant = all.filter((one) => isMeant(one, means));
  const judged = meant.map((one) => ({ one, missing: missing(one, means) }));
  return {
    cases: judged.flatMap(({ one, missing: without }) => (without ? [] : [one])),
    left: judged.flatMap(({ one, missing: without }) => (without ? [leftOut(one, without)] : [])),
  };
}

function isMeant(one: AuditCase, { endpoint, versions }: Means): boolean {
  const { about, block } = one;
  if (!versions.includes(versionOf(about.kind.id))) return false;
  if (!kindsOf(one).every((kind) => endpoint(kind) !== undefined)) return false;
  // what is sent to another endpoint is nothing new when both are the same
  return block.endpoint === undefined || endpoint(endpointKind(block.endpoint)) !== endpoint(about.kind.id);
}

/** The kind whose endpoint a case is sent to. */
export function endpointKind(name: NonNullable<AuditCase['block']['endpoint']>): string {
  return name === 'v3' ? 'v3/transaction' : name;
}

type Missing = Pick<Undecided, 'why' | 'fix'>;

function missing({ block }: AuditCase, { canClose, canBomb, canCall }: Means): Missing | undefined {
  if (block.dos && !canBomb)
    return {
      why: 'it could exhaust the handler, which is not at loopback',
      fix: 'Pass --allow-dos, if you may.',
    };
  if (block.oob && !canCall)
    return {
      why: 'the handler cannot reach a listener at loopback',
      fix: 'Pass --oob-host with an address of this machine that it can reach.',
    };
  if (block.setup?.includes('closed') && !canClose)
    return { why: 'nothing closes an order', fix: 'Configure `audit.close_order`.' };
  return undefined;
}

/** A case of which nothing can be said. */
export function leftOut({ scenario, block, about }: AuditCase, { why, fix }: Missing): Undecided {
  return { case: scenario.name, kind: about.kind.id, title: block.finding, why, fix };
}

/** Something is wrong with what was asked for. */
export function nobody(problems: readonly Problem[]): Result<never> {
  const [first = noKeys, ...rest] = problems;
  return fail(first, ...rest);
}

const noKeys: Problem = {
  code: 'no-target',
  message: 'there is nothing to audit',
  fix: 'Pass --target http://127.0.0.1:8080/notify, or configure `audit.endpoints`.',
};
