/** The damages that `new` offers, each as a scenario says it, and where it does something. */
import type { Kind } from '../../protocol/dialect.ts';

/** `tamper` of a scenario, as far as `new` writes it. */
export type Tamper = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** One of them. */
export interface TamperRow {
  readonly name: string;
  readonly title: string;
  /** What it says for a kind; nothing where it would do nothing. */
  readonly of: (kind: Kind) => Tamper | undefined;
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
  { name: 'missing-signature', title: 'without its signature', of: whenSigned({ sign: 'drop' }) },
  { name: 'blank-signature', title: 'with an empty signature', of: whenSigned({ sign: 'blank' }) },
  {
    name: 'broken-signature',
    title: 'with one wrong digit in its signature',
    of: whenSigned({ sign: 'break' }),
  },
  {
    name: 'changed-amount',
    title: 'with another amount than was signed',
    of: (kind) => {
      const amount = kind.fields.find(({ type, required }) => type === 'fen' && required);
      return kind.seal === 'signed' && amount ? { change: { [amount.name]: '1' } } : undefined;
    },
  },
  {
    name: 'broken-ciphertext',
    title: 'with a bit flipped in its encrypted part',
    of: ({ seal }) => (seal === 'signed' ? undefined : { ciphertext: 'break' }),
  },
  { name: 'no-xml', title: 'with a body that is no XML', of: () => ({ body: 'hello' }) },
];

function whenSigned(tamper: Tamper): TamperRow['of'] {
  return ({ seal }) => (seal === 'encrypted' ? undefined : tamper);
}
