/** One named scenario, from its name to its verdict: `send`, and `replay --scenario`. */
import { stopped, type Cli, type Ending } from '../context.ts';
import { prepareNamed } from './named.ts';
import type { BuildingOptions } from '../options.ts';
import { wrongPaths } from '../../run/prepare/paths.ts';
import { oldCertificate } from './old-certificate.ts';
import { oldSeed } from './old-seed.ts';
import { aim } from './sendables.ts';
import { wrongSending } from './sending.ts';
import { readCa, runSession } from './session.ts';
import { unchosenText, unsetText } from '../settings/references.ts';
import { stateFolder } from '../settings/state.ts';

export interface NamedDelivery {
  readonly command: string;
  readonly reference: string;
  readonly options: BuildingOptions & { readonly strict?: true };
}

/** Builds, checks the target, sends, reports. */
export async function deliverNamed(
  cli: Cli,
  { command, reference, options }: NamedDelivery,
): Promise<Ending> {
  const wrong = wrongSending(options);
  if (wrong) return stopped([wrong]);
  const named = prepareNamed(cli, reference, options);
  if (!named.ok) return stopped(named.problems);
  const { settings, prepared } = named.value;
  const aimed = await aim(cli, prepared, {
    hosts: settings.hosts,
    yes: options.yes === true,
    hint: `${unchosenText(settings.unchosen)}${unsetText(settings.unset.target)}`,
  });
  if (!aimed.ok) return stopped(aimed.problems);
  const paths = wrongPaths(prepared);
  if (paths) return stopped(paths);
  const ca = readCa(cli, settings, options);
  if (!ca.ok) return stopped(ca.problems);
  const { scenario, seed, warnings } = prepared;
  const now = new Date();
  const old = [...oldSeed(prepared, options.seed, now), ...oldCertificate(prepared, settings, now)];
  const session = {
    command,
    scenario: scenario.name,
    summary: scenario.summary,
    seed,
    target: aimed.value.target,
    steps: aimed.value.steps,
    warnings: [...settings.warnings, ...warnings, ...aimed.value.warnings, ...old],
    env: settings.env,
    journalFolder: await stateFolder(cli, settings),
    mask: cli.mask,
    ca: ca.value,
  };
  return runSession(cli, session, options);
}
