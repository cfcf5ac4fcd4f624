/** From what a user typed to a scenario and its requests. */
import path from 'node:path';
import type { V2Credentials } from '../../protocol/dialect.ts';
import { prepare } from '../../run/prepare/prepare.ts';
import type { Overriding, Prepared } from '../../run/prepare/prepared.ts';
import { freshSeed } from '../../run/source.ts';
import { findScenario, isFolder, readEntry, type Library } from '../../scenario/library.ts';
import type { Result } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { readScenario } from '../../scenario/check/validate.ts';
import type { Cli } from '../context.ts';
import type { BuildingOptions } from '../options.ts';
import type { Settings } from '../settings/settings.ts';

/** Where this user's scenarios are: `scenarios/` beside wxnotify.yaml, and the built-in ones. */
export function libraryOf(cli: Cli, root: string): Library {
  const builtin = path.join(cli.home, 'scenarios');
  const own = path.join(root, 'scenarios');
  return { builtin, own: isFolder(own) && own !== builtin ? own : undefined, cwd: cli.cwd };
}

/** Finds and reads a scenario. */
export function loadScenario(reference: string, library: Library): Result<Scenario> {
  const entry = findScenario(reference, library);
  if (!entry.ok) return entry;
  const text = readEntry(entry.value);
  if (!text.ok) return text;
  return readScenario(text.value, entry.value.file, entry.value.name);
}

interface Preparing {
  readonly settings: Settings;
  readonly credentials: V2Credentials;
  readonly secrets: ReadonlySet<string>;
  readonly flags: BuildingOptions;
}

/** Builds a scenario's requests with what is in force. */
export function prepareScenario(
  scenario: Scenario,
  { settings, credentials, secrets, flags }: Preparing,
): Result<Prepared> {
  return prepare({
    scenario,
    credentials,
    secrets,
    seed: flags.seed ?? freshSeed(new Date()),
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
