/** Whether `tamper` leaves something that a merchant must refuse. */
import type { Damage } from '../protocol/v3/damage/damage.ts';
import { isHarmless } from '../protocol/v3/damage/words.ts';
import type { TamperForm } from './schema/schema.ts';

/** Some damage of API v3 does no harm: the case of a header’s name means nothing. */
export function isForged(form: TamperForm | undefined): boolean {
  if (!form) return false;
  return Object.keys(form).length === 0 || !isHarmless(form as Damage); // looks at names only
}
