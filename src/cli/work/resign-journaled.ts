/** A journaled delivery of API v3, signed again: the platform does so whenever it repeats one. */
import type { JournalRecord } from '../../delivery/journal.ts';
import type { WireRequest } from '../../delivery/request.ts';
import { isV3Id } from '../../protocol/all-kinds.ts';
import { resign } from '../../protocol/v3/seal.ts';
import { deliveryOf } from '../../run/prepare/version/v3.ts';
import { freshSeed, seededSource } from '../../run/source.ts';
import { fail, succeed, type Result } from '../../scenario/problem.ts';
import type { Settings } from '../settings/settings.ts';
import { v3CredentialsOf } from '../settings/v3/credentials.ts';

/** Makes the request of the next repetition; `undefined` where it is the very same bytes. */
export type Resigner = (() => WireRequest) | undefined;

/**
 * What signs a record again. API v2 has nothing to sign anew, and signing would heal what was tampered with.
 *
 * @param exact whether the old bytes are wanted
 */
export function resignerOf(
  { kind, authentic, request }: JournalRecord,
  settings: Settings,
  exact: boolean,
): Result<Resigner> {
  if (exact || !authentic || !isV3Id(kind)) return succeed(undefined);
  const credentials = v3CredentialsOf(settings);
  if (!credentials.ok) {
    const [{ fix, ...first }, ...rest] = credentials.problems;
    return fail({ ...first, fix: `${fix} Or send the old bytes: --exact.` }, ...rest);
  }
  const source = seededSource(freshSeed(new Date()));
  const signed = { ...request, signing: null };
  let made = 0;
  return succeed(() =>
    resign(signed, credentials.value, deliveryOf(source.fork(String(made++)), new Date())),
  );
}
