/** Whose a message says it is. */
import { kinds } from '../../protocol/kinds.gen.ts';
import { recogniseKind } from '../../protocol/v2/recognise.ts';
import { readXml } from '../../protocol/v2/xml.ts';

const MISSING = '(missing)';

/** The appid and merchant number that a message carries, under whatever names its kind has for them, or that they are missing. */
export function ownerOf(body: string): { readonly appid: string; readonly mch_id: string } {
  const xml = readXml(body.trim());
  const fields = Object.fromEntries(xml.ok ? xml.pairs : []);
  const { owner } = recogniseKind(fields) ?? kinds['v2/payment'];
  return {
    appid: fields['appid' in owner ? owner.appid : ''] ?? MISSING,
    mch_id: fields[owner.mch_id] ?? MISSING,
  };
}
