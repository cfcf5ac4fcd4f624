/** What a seed means to API v3, where a signature grows old. */
import { isV3 } from '../../protocol/all-kinds.ts';
import { TOLERANCE } from '../../protocol/v3/damage/headers.ts';
import type { Prepared } from '../../run/prepare/prepared.ts';
import { seededSource } from '../../run/source.ts';
import type { Problem } from '../../scenario/problem.ts';

/** The same bytes again are signed of the seed’s moment: a merchant who is right refuses what is too old, or too early. */
export function oldSeed({ steps }: Prepared, seed: string | undefined, now: Date): readonly Problem[] {
  if (seed === undefined || !steps.some((step) => step.does === 'notify' && isV3(step.step.kind))) return [];
  const moment = seededSource(seed).now();
  if (Math.abs(moment.getTime() - now.getTime()) <= TOLERANCE * 1000) return [];
  const at = moment.toISOString().slice(0, 19).replace('T', ' ');
  return [
    {
      code: 'usage',
      message: `API v3 is signed of the seed’s moment, ${at} UTC, which a merchant must refuse`,
      fix: 'Without --seed it is signed of now, and `wxnotify replay` sends the same body again, signed of now. With --seed the bytes are the same each time, moment included.',
    },
  ];
}
