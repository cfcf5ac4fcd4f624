/** From what a user typed to a scenario and its requests. */
import { prepare } from '../../run/prepare/prepare.ts';
import type { Overriding, Prepared } from '../../run/prepare/prepared.ts';
import type { Credentials } from '../../run/credentials.ts';
import { freshSeed } from '../../run/source.ts';
import { findScenario, foldersOf, readEntry, type Entry, type Library } from '../../scenario/library.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { readScenarios } from '../../scenario/expand/read-scenarios.ts';
import type { BuildingOptions } from '../options.ts';
import type { Settings } from '../settings/settings.ts';
export { libraryOf } from './library-of.ts';

/** Finds a file and reads every scenario in it; the one of a row, when the reference names that (`paid[zero]`). */
export function loadScenarios(reference: string, library: Library): Result<readonly Scenario[]> {
  const entry = findScenario(reference, library);
  return entry.ok ? loadEntry(entry.value, library) : entry;
}

/** Reads every scenario of a file that was found. */
export function loadEntry(entry: Entry, library: Library): Result<readonly Scenario[]> {
  const text = readEntry(entry);
  return text.ok
    ? readScenarios({ ...entry, text: text.value, folders: foldersOf(entry, library), cwd: library.cwd })
    : text;
}

/** Finds and reads exactly one scenario. */
export function loadScenario(reference: string, library: Library): Result<Scenario> {
  const all = loadScenarios(reference, library);
  if (!all.ok) return all;
  const [only, second] = all.value;
  return only && !second ? succeed(only) : fail(several(reference, all.value));
}

function several(reference: string, scenarios: readonly Scenario[]): Problem {
  const listed = scenarios.slice(0, 10).map(({ name }) => name);
  const more = scenarios.length > listed.length ? `, and ${scenarios.length - listed.length} more` : '';
  return {
    code: 'ambiguous',
    message: `\`${reference}\` is ${scenarios.length} scenarios`,
    fix: `Name one: ${listed.join(' ')}${more}. \`wxnotify run ${scenarios[0]?.family ?? reference}\` runs them all.`,
  };
}

interface Preparing {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly secrets: ReadonlySet<string>;
  readonly flags: BuildingOptions;
  /** Whether nobody asked for the bytes of a seed: API v3 is then signed of the moment at which it is sent. */
  readonly isFresh: boolean;
}

/** Builds a scenario's requests with what is in force. */
export function prepareScenario(
  scenario: Scenario,
  { settings, credentials, secrets, flags, isFresh }: Preparing,
): Result<Prepared> {
  return prepare({
    scenario,
    credentials,
    secrets,
    seed: flags.seed ?? freshSeed(new Date()),
    clock: isFresh ? () => new Date() : undefined,
    env: settings.env,
    targetFor: (kind) => targetFor(settings, kind),
    overriding: overridingOf(flags),
  });
}

/** The URL for a kind: its own in the profile, or the one for all. */
export function targetFor(settings: Settings, kind: string): string | undefined {
  const { targets, target } = settings;
  return (Object.hasOwn(targets, kind) ? targets[kind] : target)?.value;
}

function overridingOf(flags: BuildingOptions): Overriding {
  return {
    set: flags.set ?? {},
    times: flags.times,
    concurrency: flags.concurrency,
    every_ms: flags.every,
    timeout_ms: flags.timeout,
    ack: flags.expect,
    race: flags.race,
    unique: flags.unique,
    schedule: flags.schedule && { name: flags.schedule, speed: flags.speed ?? 1 },
  };
}
