/** What an audit works with: settings, endpoints, keys, cases. Nothing is sent yet. */
import type { BaselineEntry } from '../../../audit/baseline.ts';
import { caseOf, kindsOf, versionOf, type AuditCase, type Version } from '../../../audit/case.ts';
import { hostOf, isPrivateAddress } from '../../../delivery/guard.ts';
import { allKinds } from '../../../protocol/all-kinds.ts';
import { freshSeed } from '../../../run/source.ts';
import type { Library } from '../../../scenario/library.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Cli } from '../../context.ts';
import { readAuditSettings, type AuditSettings } from '../../settings/audit/audit-settings.ts';
import { credentialsOf } from '../../settings/credentials.ts';
import { unchosenText, unsetText } from '../../settings/references.ts';
import { readSettings, type Settings } from '../../settings/settings.ts';
import { libraryOf } from '../load.ts';
import { readBaseline } from './baseline-file.ts';
import { endpointsOf, versionName, type Endpoints } from './endpoints.ts';
import { controlCase } from './controls.ts';
import type { Building } from './members.ts';
import type { AuditOptions } from './options.ts';
import { everyCase, selectCases, sortCases, type Sorted } from './plan.ts';

/** An audit that can begin. */
export interface Prepared extends Sorted {
  readonly settings: Settings;
  readonly audit: AuditSettings;
  readonly endpoints: Endpoints;
  readonly seed: string;
  /** Requests a second, unless somebody says. */
  readonly rate: number;
  /** One authentic notification of each kind. */
  readonly controls: readonly AuditCase[];
  /** Versions that are not audited, and why. */
  readonly notes: readonly Problem[];
  readonly building: Omit<Building, 'callback' | 'timing'>;
  /** What is accepted. */
  readonly baseline: readonly BaselineEntry[];
}

/** Reads settings and catalogue, and sorts out what can be tried. */
export function prepareAudit(cli: Cli, options: AuditOptions): Result<Prepared> {
  const read = readSettings(cli, options);
  if (!read.ok) return read;
  const settings = read.value;
  const audit = readAuditSettings(settings.audit, settings.env);
  if (!audit.ok) return audit;
  const endpoints = endpointsOf(settings, audit.value.endpoints);
  const library = libraryOf(cli, settings.root);
  const selected = selectCases(library, options);
  if (!selected.ok) return selected;
  const baseline = baselineOf(cli, library, options);
  if (!baseline.ok) return baseline;
  const keys = versionsOf(settings, selected.value);
  const isNear = isAtLoopback(endpoints.first);
  const sorted = sortCases(selected.value, {
    endpoint: endpoints.of,
    versions: keys.versions,
    canClose: audit.value.probes.close_order !== undefined,
    canBomb: options.allowDos === true || isNear,
    canCall: options.oobHost !== undefined || isNear,
  });
  if (sorted.cases.length + sorted.left.length === 0)
    return fail(...nothingToAudit(settings, endpoints, keys.notes));
  const seed = options.seed ?? freshSeed(new Date());
  const kinds = [...new Set(sorted.cases.flatMap(kindsOf))];
  const building = {
    ...{ settings, audit: audit.value, endpoints, options, seed },
    credentials: credentialsOf(settings),
    kinds: allKinds,
    permission: {
      hosts: settings.hosts,
      yes: options.yes === true,
      hint: `${unchosenText(settings.unchosen)}${unsetText(settings.unset.target)}`,
      known: new Map(),
    },
  };
  const controls = kinds.flatMap((kind) =>
    kind in allKinds ? [controlCase(allKinds[kind as keyof typeof allKinds])] : [],
  );
  const rate = isNear ? NEAR_RATE : FAR_RATE;
  return succeed({
    ...sorted,
    ...{ settings, audit: audit.value, endpoints, seed, rate, controls, building },
    notes: keys.notes,
    baseline: baseline.value,
  });
}

/** Entries may be about any case, tried now or not. */
function baselineOf(
  cli: Cli,
  library: Library,
  { baseline }: AuditOptions,
): Result<readonly BaselineEntry[]> {
  if (baseline === undefined) return succeed([]);
  const every = everyCase(library);
  if (!every.ok) return every;
  const cases = every.value.flatMap((scenario) => (caseOf(scenario) ? [scenario.name] : []));
  const controls = Object.values(allKinds).map((kind) => controlCase(kind).scenario.name);
  return readBaseline(baseline, { cwd: cli.cwd, known: [...cases, ...controls] });
}

/** Requests a second, to this machine and to others. */
const NEAR_RATE = 1000;
const FAR_RATE = 20;

interface Keys {
  readonly versions: readonly Version[];
  readonly notes: readonly Problem[];
}

/** The versions that the cases are of, and that there are keys for. */
function versionsOf(settings: Settings, cases: readonly AuditCase[]): Keys {
  const wanted = [...new Set(cases.map(({ about }) => versionOf(about.kind.id)))];
  const credentials = credentialsOf(settings);
  const asked = wanted.map((version) => ({ version, key: credentials[version]() }));
  return {
    versions: asked.flatMap(({ version, key }) => (key.ok ? [version] : [])),
    notes: asked.flatMap(({ version, key }) =>
      key.ok ? [] : key.problems.map((problem) => notAudited(version, problem)),
    ),
  };
}

function notAudited(version: Version, { message, ...rest }: Problem): Problem {
  return { ...rest, message: `${versionName(version)} is not audited: ${message}` };
}

function nothingToAudit(
  settings: Settings,
  { first }: Endpoints,
  notes: readonly Problem[],
): readonly [Problem, ...Problem[]] {
  const [note, ...rest] = notes;
  if (first !== undefined && note) return [note, ...rest];
  const fix = `${unchosenText(settings.unchosen)}${unsetText(settings.unset.target)}Pass --target http://127.0.0.1:8080/notify, or configure \`audit.endpoints\`.`;
  return [{ code: 'no-target', message: 'there is no endpoint to audit', fix }, ...notes];
}

/** Whether the handler is on this machine. */
function isAtLoopback(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const host = hostOf(new URL(url));
  return host === 'localhost' || host === '::1' || (host.startsWith('127.') && isPrivateAddress(host));
}
