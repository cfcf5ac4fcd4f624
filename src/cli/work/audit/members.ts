/** Cases → members of a suite: each is a composed flow, with endpoints of its own. */
import { compose, type Composed, type Composing, type Probe } from '../../../audit/compose.ts';
import { kindsOf, type AuditCase } from '../../../audit/case.ts';
import type { Undecided } from '../../../audit/result.ts';
import type { SafeTarget } from '../../../delivery/guard.ts';
import type { Credentials } from '../../../run/credentials.ts';
import type { Member } from '../../../run/suite/member.ts';
import { namesIn } from '../../../scenario/fill/template.ts';
import { collect, distinct, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Cli } from '../../context.ts';
import type { AuditSettings } from '../../settings/audit/audit-settings.ts';
import type { Settings } from '../../settings/settings.ts';
import { commandLine, flag } from '../quoted.ts';
import { knownSet, toMembers, type MemberContext } from '../run/members.ts';
import { withEndpoints, type Endpoints } from './endpoints.ts';
import type { AuditOptions } from './options.ts';
import { endpointKind, leftOut } from './plan.ts';

/** What cases are built with. */
export interface Building {
  readonly settings: Settings;
  readonly audit: AuditSettings;
  readonly endpoints: Endpoints;
  readonly credentials: Credentials;
  readonly options: AuditOptions;
  readonly seed: string;
  readonly kinds: Composing['kinds'];
  readonly permission: MemberContext['permission'];
  /** The URL at our listener for a case; `undefined` without one. */
  readonly callback: ((name: string) => string) | undefined;
  readonly timing: Timing;
}

/** How long what was notified is given to be booked. */
export type Timing = Pick<Composing, 'settleMs' | 'waitMs'>;

/** A case that can be run. */
export interface ReadyCase {
  readonly audited: AuditCase;
  readonly roles: Composed['roles'];
  readonly member: Member;
  readonly targets: readonly SafeTarget[];
  /** How many requests it takes. */
  readonly requests: number;
  /** The kinds of notification that it sends. */
  readonly kinds: readonly string[];
  /** What of our listener is its own. */
  readonly callbackName: string;
}

/** Cases that can be run, and those that say nothing to this merchant. */
export interface ReadyCases {
  readonly cases: readonly ReadyCase[];
  readonly left: readonly Undecided[];
}

/** Builds all cases, or says what is wrong with the configuration. */
export async function readyCases(
  cli: Cli,
  cases: readonly AuditCase[],
  building: Building,
): Promise<Result<ReadyCases>> {
  const ready: ReadyCase[] = [];
  const left: Undecided[] = [];
  const problems: Problem[] = [];
  for (const [index, audited] of cases.entries()) {
    const made = await readyCase(cli, audited, { building, callbackName: `c${index}` }); // one question at a time
    const useless = made.ok ? undefined : ownProblem(audited, made.problems);
    if (made.ok) ready.push(made.value);
    else if (useless) left.push(leftOut(audited, { why: useless.message, fix: useless.fix }));
    else problems.push(...made.problems);
  }
  return collect(distinct(problems), () => ({ cases: ready, left }));
}

/** What a case cannot do with this merchant, as signing with the published key when it is the merchant's. */
function ownProblem({ scenario }: AuditCase, problems: readonly Problem[]): Problem | undefined {
  const isOwn = ({ at }: Problem): boolean => at?.file === scenario.file && at.file !== '';
  return problems.every(isOwn) ? problems[0] : undefined;
}

interface Here {
  readonly building: Building;
  readonly callbackName: string;
}

async function readyCase(cli: Cli, audited: AuditCase, here: Here): Promise<Result<ReadyCase>> {
  const { building, callbackName } = here;
  const { options, endpoints, seed, credentials, permission } = building;
  const { scenario, roles } = compose(audited, composingOf(audited, here));
  const settings = withEndpoints(building.settings, endpoints, kindsOf(audited));
  const { color, workers, timeout } = options;
  const set = knownSet(scenario, options.set);
  const flags = { color, workers, set, ...(timeout !== undefined && { timeout }), retries: 0, repeat: 1 };
  const context = { settings, credentials, permission, seed, options: flags };
  const members = await toMembers(cli, [scenario], context);
  return collect(members.ok ? [] : members.problems, () => {
    const [member] = members.ok ? members.value.members : [];
    if (!member || !members.ok) throw new Error('a scenario is a member');
    const reproduce = cli.mask(reproduceCommand(audited, options));
    return {
      audited,
      roles,
      member: {
        ...member,
        facts: { ...member.facts, reproduce },
        serial: scenario.serial || audited.block.must === 'survive', // what is slow for all says nothing of one
      },
      targets: members.value.targets,
      requests: scenario.steps.reduce((sum, step) => sum + (step.does === 'notify' ? step.times : 1), 0),
      kinds: kindsOf(audited),
      callbackName,
    };
  });
}

function composingOf({ scenario, block }: AuditCase, { building, callbackName }: Here): Composing {
  const { audit, kinds, settings, callback, endpoints, timing } = building;
  const { probes } = audit;
  const asked = Object.values(probes) as readonly (Probe | undefined)[];
  const wanted = namesIn(JSON.stringify(asked.map((probe) => probe?.step)));
  const own = Object.entries(settings.vars).filter(([name]) => wanted.includes(name));
  const oob = callback?.(callbackName);
  return {
    probes,
    kinds,
    ...timing,
    target: block.endpoint && endpoints.of(endpointKind(block.endpoint)),
    vars: {
      ...Object.fromEntries(own.map(([name, value]) => [name, String(value)])),
      ...(oob !== undefined && Object.hasOwn(scenario.vars, 'oob') && { oob }),
    },
  };
}

/** Without a seed: a transaction that the merchant has seen before would be another case. */
function reproduceCommand({ scenario }: AuditCase, options: AuditOptions): string {
  const { profile, target, config, set = {}, state, cacert, insecure, allowDos, oobHost } = options;
  return commandLine([
    ...['wxnotify', 'audit', '--case', scenario.reference],
    ...flag('--profile', profile),
    ...flag('--target', target),
    ...flag('--config', config),
    ...Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ...flag('--state', state),
    ...flag('--cacert', cacert),
    ...flag('--oob-host', oobHost),
    ...(allowDos ? ['--allow-dos'] : []),
    ...(insecure ? ['--insecure'] : []),
  ]);
}
