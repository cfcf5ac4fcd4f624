/** Where each kind of notification goes in an audit. */
import { versionOf, type Version } from '../../../audit/case.ts';
import type { Settings } from '../../settings/settings.ts';
import { targetFor } from '../load.ts';

/** Endpoints by kind or by version, and what is there for everything else. */
export interface Endpoints {
  /** The URL for a kind; `undefined` when it has none. */
  readonly of: (kind: string) => string | undefined;
  /** Whether it was said of this kind, or of its version, and not of everything. */
  readonly isNamed: (kind: string) => boolean;
  /** The origin that calls may refer to. */
  readonly first: string | undefined;
}

/**
 * A URL that is said for a kind comes before one for its version, and that before the target. `--target` replaces
 * them, but for those on the same server: they say more.
 */
export function endpointsOf(settings: Settings, configured: Readonly<Record<string, string>>): Endpoints {
  const { target } = settings;
  const isFlag = target !== undefined && !target.from.startsWith('profile');
  const named = Object.fromEntries(
    Object.entries(configured).filter(([, url]) => !isFlag || originOf(url) === originOf(target.value)),
  );
  const own = (kind: string): string | undefined => named[kind] ?? named[versionOf(kind)];
  return {
    of: (kind) => own(kind) ?? targetFor(settings, kind),
    isNamed: (kind) => own(kind) !== undefined || Object.hasOwn(settings.targets, kind),
    first: target?.value ?? Object.values(named)[0],
  };
}

/** The settings, with the endpoints as targets. */
export function withEndpoints(settings: Settings, endpoints: Endpoints, kinds: readonly string[]): Settings {
  const given = (url: string): NonNullable<Settings['target']> => ({ value: url, from: 'audit.endpoints' });
  const targets = kinds.flatMap((kind) => {
    const url = endpoints.of(kind);
    return url === undefined ? [] : [[kind, given(url)] as const];
  });
  const target = settings.target ?? (endpoints.first === undefined ? undefined : given(endpoints.first));
  return { ...settings, target, targets: Object.fromEntries(targets) };
}

/** What stands for a version in messages. */
export function versionName(version: Version): string {
  return version === 'v2' ? 'API v2' : 'API v3';
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}
