/** The common beginning of `send`, `build` and `replay --scenario`: settings, scenario, requests. */
import type { Prepared } from '../../run/prepare.ts';
import { fail, succeed, type Result } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import { libraryOf, loadScenario, prepareScenario } from './load.ts';
import { masker } from './mask.ts';
import type { SendingOptions } from '../options.ts';
import { credentialsOf } from '../settings/credentials.ts';
import { readSettings, type Settings } from '../settings/settings.ts';

export interface Named {
  readonly settings: Settings;
  readonly prepared: Prepared;
  /** Takes the key out of a text. */
  readonly mask: (text: string) => string;
}

/** Reads the settings, finds the scenario, and builds its requests. */
export function prepareNamed(
  cli: Cli,
  reference: string,
  flags: SendingOptions & { readonly strict?: true },
): Result<Named> {
  const settings = readSettings(cli, flags);
  if (!settings.ok) return settings;
  const scenario = loadScenario(reference, libraryOf(cli, settings.value.root));
  if (!scenario.ok) return scenario;
  const credentials = credentialsOf(settings.value);
  if (!credentials.ok) return credentials;
  const preparing = { settings: settings.value, credentials: credentials.value, flags };
  const prepared = prepareScenario(scenario.value, preparing);
  if (!prepared.ok) return prepared;
  const [first, ...rest] = prepared.value.warnings;
  if (flags.strict && first) return fail(first, ...rest);
  const mask = masker([credentials.value.api_key.reveal()]);
  return succeed({ settings: settings.value, prepared: prepared.value, mask });
}
