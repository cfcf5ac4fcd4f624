/** What a forger or a fault does to a v2 notification. The only door to an invalid message. */
import { own, type DocumentDamage } from '../damage/document.ts';
import type { TransferDamage } from '../damage/transfer.ts';
import type { Pair, SignType } from '../dialect.ts';
import { BLOCK } from './cipher.ts';

/** What can happen to XML. */
export interface XmlDamage extends DocumentDamage {
  /** Other names of the root, in its two tags. */
  readonly root?: readonly [open: string, close: string];
}

/** Everything that `tamper` in a scenario can say; each part is done after signing. */
export interface Damage extends XmlDamage, TransferDamage {
  /** New values for fields that are there. */
  readonly change?: Readonly<Record<string, string>>;
  /** Fields to take out. */
  readonly drop?: readonly string[];
  /** Fields to say twice: the second time with this value, or with the same one (`null`). */
  readonly duplicate?: Readonly<Record<string, string | null>>;
  /** Fields to put at the end, unsigned. */
  readonly add?: Readonly<Record<string, string>>;
  readonly sign?: SignDamage;
  /** Sign, or encrypt, with this key instead. */
  readonly key?: string;
  /** Sign with this algorithm, whatever the message says. */
  readonly sign_type?: SignType;
  /** What happens to the encrypted part. */
  readonly ciphertext?: CiphertextDamage;
  /** What happens to the XML that is encrypted, before it is. */
  readonly inner?: XmlDamage;
  /** Headers to replace, add, or take out (`null`). */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly method?: string;
}

export type SignDamage = keyof typeof signDamages;
export type CiphertextDamage = keyof typeof ciphertextDamages;

/** What can happen to a signature. `undefined` takes the field out. */
export const signDamages = {
  /** Its last digit is another one. */
  break: (sign: string) => sign.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
  drop: () => undefined,
  blank: () => '',
  'lower-case': (sign: string) => sign.toLowerCase(),
  /** Half of it. */
  truncate: (sign: string) => sign.slice(0, sign.length / 2),
  /** A digit more at its end. */
  extend: (sign: string) => `${sign}0`,
  /** A space on both sides. */
  pad: (sign: string) => ` ${sign} `,
} satisfies Record<string, (sign: string) => string | undefined>;

/** What can happen to a ciphertext (base64). */
export const ciphertextDamages = {
  /** A bit of the last block is flipped. PKCS#7 padding then fails, but for one chance in some hundred. */
  break: (text: string) => {
    const bytes = Buffer.from(text, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    return bytes.toString('base64');
  },
  /** It stops in the middle of a block. */
  truncate: (text: string) =>
    Buffer.from(text, 'base64')
      .subarray(0, -BLOCK / 2)
      .toString('base64'),
  empty: () => '',
  /** Base64 of as many whole blocks, every bit of which is another one. */
  garbage: (text: string) => Buffer.from(Buffer.from(text, 'base64').map((byte) => ~byte)).toString('base64'),
  'not-base64': (text: string) => '*'.repeat(text.length),
} satisfies Record<string, (text: string) => string>;

/** Alters signed elements: `drop`, `change`, `sign`, `duplicate`, `add`, in this order. */
export function damagePairs(pairs: readonly Pair[], damage: Damage): readonly Pair[] {
  const kept = pairs.flatMap((pair) => damagePair(pair, damage));
  const added = Object.entries(damage.add ?? {});
  return [...kept, ...added];
}

function damagePair([name, value]: Pair, damage: Damage): readonly Pair[] {
  if (damage.drop?.includes(name)) return [];
  const changed = changedValue(name, value, damage);
  if (changed === undefined) return [];
  const twice = own(damage.duplicate, name);
  return twice === undefined
    ? [[name, changed]]
    : [
        [name, changed],
        [name, twice ?? changed],
      ];
}

function changedValue(name: string, value: string, damage: Damage): string | undefined {
  const given = own(damage.change, name) ?? value;
  return name === 'sign' && damage.sign ? signDamages[damage.sign](given) : given;
}
