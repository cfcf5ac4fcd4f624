/** The damages that `new` offers, each as a scenario says it, and where it does something. */
import { isV3, type SomeKind } from '../../protocol/all-kinds.ts';

/** `tamper` of a scenario, as far as `new` writes it. */
export type Tamper = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** One of them. */
export interface TamperRow {
  readonly name: string;
  readonly title: string;
  /** What it says for a kind; nothing where it would do nothing. */
  readonly of: (kind: SomeKind) => Tamper | undefined;
}

/** Another merchant's key, as far as anybody knows. */
const OTHER_KEY = '0'.repeat(32);

/** Every one of them. */
export const tampers: readonly TamperRow[] = [
  {
    name: 'forged',
    title: 'made with a key that is not the merchant’s',
    of: () => ({ key: OTHER_KEY }),
  },
  { name: 'missing-signature', title: 'without its signature', of: whenSigned('drop') },
  { name: 'blank-signature', title: 'with an empty signature', of: whenSigned('blank') },
  {
    name: 'broken-signature',
    title: 'with one wrong digit in its signature',
    of: whenSigned('break'),
  },
  {
    name: 'changed-amount',
    title: 'with another amount than was signed',
    of: (kind) => {
      const amount = kind.fields.find(({ type, required }) => type === 'fen' && required);
      const shown = isV3(kind) || kind.seal === 'signed'; // what is not encrypted, or is encrypted again
      return shown && amount ? { change: { [amount.name]: '1' } } : undefined;
    },
  },
  {
    name: 'broken-ciphertext',
    title: 'with a bit flipped in its encrypted part',
    of: (kind) => {
      if (isV3(kind)) return { resource: 'first-byte' };
      return kind.seal === 'signed' ? undefined : { ciphertext: 'break' };
    },
  },
  {
    name: 'no-xml',
    title: 'with a body that is no XML',
    of: (kind) => (isV3(kind) ? undefined : { body: 'hello' }),
  },
  {
    name: 'no-json',
    title: 'with a body that is no JSON',
    of: (kind) => (isV3(kind) ? { body: 'hello' } : undefined),
  },
];

function whenSigned(damage: string): TamperRow['of'] {
  return (kind) => {
    if (isV3(kind)) return { signature: damage };
    return kind.seal === 'encrypted' ? undefined : { sign: damage };
  };
}
