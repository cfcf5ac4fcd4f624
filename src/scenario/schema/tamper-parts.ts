/** The parts that `tamper` is made of. */
import * as v from 'valibot';
import { bytesDamages } from '../../protocol/damage/bytes.ts';
import { encodings } from '../../protocol/damage/encoding.ts';
import { about, name } from './schema-parts.ts';

/** One of the damages of a table. */
export function oneOf<T extends object>(damages: T) {
  return v.picklist(Object.keys(damages) as (keyof T & string)[]);
}

/** What is put together from pieces has at most so many characters. */
const LONGEST = 64 * 1024 * 1024;
const LENGTH = 'no more than 64 Mi characters in all';

const repeated = v.strictObject({
  repeat: v.pipe(v.string(), v.description('A text; $n in it is the number of the copy, from 0')),
  times: v.pipe(
    v.number(),
    v.integer('a whole number'),
    v.minValue(1, 'at least 1'),
    v.description('How many copies of it'),
  ),
});
const piece = v.union([v.string(), repeated]);

type Piece = v.InferOutput<typeof piece>;

/** A text, a text many times over, or a list of such pieces, which are joined. */
export const pieces = v.pipe(v.union([v.string(), repeated, v.array(piece)]), v.check(isShort, LENGTH));

function isShort(form: Piece | Piece[]): boolean {
  const lengths = [form].flat().map((one) => {
    return typeof one === 'string' ? one.length : one.times * (one.repeat.length + String(one.times).length);
  });
  return lengths.reduce((sum, length) => sum + length, 0) <= LONGEST;
}

/** What can be done to a document: the message, or what is encrypted in it. */
export const documentTamper = {
  markup: about(
    v.record(name, pieces),
    'Raw markup in the place of a value: what was signed, or would be, is still the value',
  ),
  first: about(pieces, 'v2: raw elements, v3: raw members, before all others in the root'),
  last: about(pieces, 'v2: raw elements, v3: raw members, after all others in the root'),
  body: about(pieces, 'Send this text instead'),
  prolog: about(pieces, 'Raw text before the root: an XML declaration, a DTD'),
  epilog: about(pieces, 'Raw text after the root'),
  bytes: about(oneOf(bytesDamages), 'What happens to the text once it is written'),
};

/** What can be done to its bytes. */
export const encodingTamper = {
  encoding: about(oneOf(encodings), 'The bytes that the text becomes, which are not UTF-8'),
};

/** What can be done to XML besides. */
export const xmlTamper = {
  root: about(
    v.union([name, v.tuple([name, name])]),
    'v2: another name of the root; two names: of its start and of its end tag',
  ),
};
