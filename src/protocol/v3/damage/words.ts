/** What each damage does, in words, and which of them nobody may refuse. */
import { bytesDamages } from '../../damage/bytes.ts';
import { transferDamages } from '../../damage/transfer.ts';
import type { Deed } from '../../damage/deed.ts';
import type { Damage } from './damage.ts';
import { headerNameDamages, serialDamages, timestampDamages } from './headers.ts';
import { resourceDamages } from './resource.ts';
import { signatureDamages } from './signature.ts';

type Named = 'resource' | 'bytes' | 'timestamp' | 'signature' | 'serial' | 'header_names' | 'transfer';

/** The parts of a damage that are chosen by name, and all the names. */
export const namedDamages: Readonly<Record<Named, Readonly<Record<string, Deed<unknown>>>>> = {
  resource: resourceDamages,
  bytes: bytesDamages,
  timestamp: timestampDamages,
  signature: signatureDamages,
  serial: serialDamages,
  header_names: headerNameDamages,
  transfer: transferDamages,
};

/** Whether a merchant must accept what a damage leaves: nothing in it does harm. */
export function isHarmless(damage: Damage): boolean {
  return Object.entries(damage).every(
    ([part, name]) =>
      Object.hasOwn(namedDamages, part) && namedDamages[part as Named][String(name)]?.harmless === true,
  );
}
