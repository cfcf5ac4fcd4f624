/** `tamper` of API v3 as it is written → damage as it is done. */
import type { Damage } from '../../protocol/v3/damage/damage.ts';
import type { TamperForm } from '../schema/schema.ts';
import { defined, sharedDamageOf, type FillText } from './damage-of.ts';
import { documentDamageOf, inside } from './document-damage.ts';

/** Normalises `tamper` of API v3; `fill` fills in each text of it. */
export function v3DamageOf(form: TamperForm, fill: FillText): Damage {
  const { resource, sign_again, timestamp, signature, serial, header_names, inner } = form;
  return defined({
    ...sharedDamageOf(form, fill),
    ...documentDamageOf(form, fill),
    inner: inner && documentDamageOf(inner, inside(fill)),
    ...{ resource, sign_again, timestamp, signature, serial, header_names },
  });
}
