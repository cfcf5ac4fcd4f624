/** Scenarios → members of a suite: each is built once before anything is sent, and again for each attempt. */
import type { SafeTarget } from '../../../delivery/guard.ts';
import type { Credentials } from '../../../run/credentials.ts';
import { wrongPaths } from '../../../run/prepare/paths.ts';
import type { Prepared } from '../../../run/prepare/prepared.ts';
import { wrongSetting } from '../../../run/prepare/set.ts';
import { expectsSilence } from '../../../run/judge.ts';
import { nextSeed } from '../../../run/source.ts';
import type { Attempt, Member } from '../../../run/suite/member.ts';
import { misspeltVars, withVars } from '../../../scenario/fill/vars.ts';
import { collect, distinct, fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Scenario } from '../../../scenario/scenario.ts';
import type { Cli } from '../../context.ts';
import type { Settings } from '../../settings/settings.ts';
import { prepareScenario } from '../load.ts';
import { oldCertificate } from '../old-certificate.ts';
import { oldSeed } from '../old-seed.ts';
import { aim, type AimPermission, type Aimed } from '../sendables.ts';
import type { RunOptions } from './options.ts';
import { reproduceCommand } from './reproduce.ts';

export interface MemberContext {
  readonly settings: Settings;
  readonly credentials: Credentials;
  readonly options: RunOptions;
  readonly seed: string;
  readonly permission: AimPermission;
}

export interface Members {
  readonly members: readonly Member[];
  /** Where somebody must listen: not what is expected to be silent. */
  readonly targets: readonly SafeTarget[];
  readonly warnings: readonly Problem[];
}

/** Builds every scenario, and every repetition of it; or says everything that is wrong with them. */
export async function toMembers(
  cli: Cli,
  scenarios: readonly Scenario[],
  context: MemberContext,
): Promise<Result<Members>> {
  const unknown = wrongSet(scenarios, context.options.set);
  if (unknown) return fail(unknown);
  const { repeat: of } = context.options;
  const numbers = Array.from({ length: of }, (_, index) => index + 1);
  const all: Result<Made>[] = [];
  for (const number of numbers) {
    const own = { ...context, seed: nextSeed(context.seed, number), repeat: { number, of } };
    for (const scenario of scenarios) all.push(await toMember(cli, scenario, own)); // one question at a time
  }
  const problems = all.flatMap((made) => (made.ok ? [] : made.problems));
  const made = all.flatMap((one) => (one.ok ? [one.value] : []));
  const targets = made.flatMap(({ isSilent, aimed }) => (isSilent ? [] : aimed.targets));
  return collect(distinct(problems), () => ({
    members: made.map(({ member }) => member),
    targets: [...new Map(targets.map((target) => [target.url.origin, target])).values()],
    warnings: distinct(made.flatMap(({ warnings }) => warnings)),
  }));
}

interface Made {
  readonly member: Member;
  readonly aimed: Aimed;
  readonly isSilent: boolean;
  readonly warnings: readonly Problem[];
}

interface OneContext extends MemberContext {
  readonly repeat: Member['facts']['repeat'];
}

async function toMember(cli: Cli, scenario: Scenario, context: OneContext): Promise<Result<Made>> {
  const { settings, options, seed, repeat } = context;
  const first = await makeReady(cli, scenario, context);
  if (!first.ok) return first;
  const { prepared, aimed } = first.value;
  const { warnings } = prepared;
  const [odd, ...rest] = warnings;
  if (options.strict && odd) return fail(odd, ...rest);
  const { name, family, file, summary, tags, serial } = scenario;
  const target = aimed.target;
  const now = new Date();
  const old = [...oldSeed(prepared, options.seed, now), ...oldCertificate(prepared, settings, now)];
  const reproduce = (with_: string): string =>
    cli.mask(reproduceCommand(scenario, with_, { ...options, npx: isNpx(cli) }));
  const facts = { name, family, file, line: scenario.place([]).line, summary, tags, seed, target };
  return succeed({
    member: {
      facts: { ...facts, repeat, reproduce: reproduce(seed) },
      serial,
      attempt: async (number): Promise<Result<Attempt>> => {
        const own = nextSeed(seed, number);
        const made = number === 1 ? first : await makeReady(cli, scenario, { ...context, seed: own });
        if (!made.ok) return made;
        return succeed({ seed: own, reproduce: reproduce(own), steps: made.value.aimed.steps, warnings: [] });
      },
    },
    aimed,
    isSilent: isSilent(prepared),
    warnings: [...warnings, ...misspeltVars(scenario, settings), ...aimed.warnings, ...old],
  });
}

interface Ready {
  readonly prepared: Prepared;
  readonly aimed: Aimed;
}

async function makeReady(
  cli: Cli,
  scenario: Scenario,
  { settings, credentials, options, seed, permission }: MemberContext,
): Promise<Result<Ready>> {
  const set = knownSet(scenario, options.set);
  const flags = { color: options.color, seed, set, ...(options.timeout && { timeout: options.timeout }) };
  const secrets = cli.secrets;
  const isFresh = options.seed === undefined;
  const preparing = { settings, credentials, secrets, flags, isFresh };
  const prepared = prepareScenario(withVars(scenario, settings), preparing);
  if (!prepared.ok) return prepared;
  const aimed = await aim(cli, prepared.value, permission);
  if (!aimed.ok) return aimed;
  const paths = wrongPaths(prepared.value);
  return collect(paths ?? [], () => ({ prepared: prepared.value, aimed: aimed.value }));
}

/** It is there to find nobody. */
function isSilent({ steps }: Prepared): boolean {
  const notifications = steps.flatMap((step) => (step.does === 'notify' ? [step] : []));
  return notifications.length > 0 && notifications.every(({ expect }) => expectsSilence(expect));
}

/** What of --set means something to this scenario. */
export function knownSet(scenario: Scenario, set: RunOptions['set'] = {}): Readonly<Record<string, string>> {
  const known = Object.entries(set).filter(([name, value]) => !wrongSetting(scenario, { [name]: value }));
  return Object.fromEntries(known);
}

/** What is wrong with a value that means nothing to any of the scenarios. */
function wrongSet(scenarios: readonly Scenario[], set: RunOptions['set'] = {}): Problem | undefined {
  for (const [name, value] of Object.entries(set)) {
    const wrong = scenarios.map((scenario) => wrongSetting(scenario, { [name]: value }));
    if (wrong.every((problem) => problem !== undefined)) return wrong[0];
  }
  return undefined;
}

/** Whether it was started by npx, or by a script of package.json: a shell does not find it then. */
function isNpx({ env }: Cli): boolean {
  return ['exec', 'run-script', 'test'].includes(env['npm_command'] ?? '');
}
