/** The common beginning of `send`, `build` and `replay --scenario`: settings, scenario, requests. */
import { capturedNames } from '../../run/prepare/set.ts';
import type { Prepared } from '../../run/prepare/prepared.ts';
import { fail, succeed, type Result } from '../../scenario/problem.ts';
import { misspeltVars, withVars } from '../../scenario/fill/vars.ts';
import type { Cli } from '../context.ts';
import { libraryOf, loadScenario, prepareScenario } from './load.ts';
import type { BuildingOptions } from '../options.ts';
import { credentialsOf } from '../settings/credentials.ts';
import { readSettings, type Settings } from '../settings/settings.ts';

export interface Named {
  readonly settings: Settings;
  readonly prepared: Prepared;
}

/** Reads the settings, finds the scenario, and builds its requests. */
export function prepareNamed(
  cli: Cli,
  reference: string,
  flags: BuildingOptions & { readonly strict?: true },
): Result<Named> {
  const settings = readSettings(cli, flags);
  if (!settings.ok) return settings;
  const scenario = loadScenario(reference, libraryOf(cli, settings.value.root));
  if (!scenario.ok) return scenario;
  const credentials = credentialsOf(settings.value);
  const isFresh = flags.seed === undefined;
  const preparing = { settings: settings.value, credentials, secrets: cli.secrets, flags, isFresh };
  const prepared = prepareScenario(withVars(scenario.value, settings.value), preparing);
  if (!prepared.ok) return prepared;
  const odd = settings.value.warnings.filter(({ code }) => code === 'field-rule');
  const [first, ...rest] = [...odd, ...prepared.value.warnings];
  if (flags.strict && first) return fail(first, ...rest);
  const warnings = [...settings.value.warnings, ...misspeltVars(scenario.value, settings.value)];
  return succeed({ settings: { ...settings.value, warnings }, prepared: prepared.value });
}

/** What stands in, while nothing is sent, for what a flow captures when it runs. */
export function standInNote({ scenario }: Prepared, set: Readonly<Record<string, string>> = {}): string {
  const names = capturedNames(scenario).filter((name) => !Object.hasOwn(set, name));
  const [first] = names;
  if (first === undefined) return '';
  return `${names.join(', ')}: captured when the flow runs; the name stands in for it (--set ${first}=… gives a value).\n`;
}
