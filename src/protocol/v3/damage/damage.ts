/** What a forger or a fault does to a v3 notification. The only door to an invalid message. */
import type { KeyObject } from 'node:crypto';
import type { DocumentDamage } from '../../damage/document.ts';
import type { TransferDamage } from '../../damage/transfer.ts';
import type { headerNameDamages, serialDamages, timestampDamages } from './headers.ts';
import type { resourceDamages } from './resource.ts';
import type { signatureDamages } from './signature.ts';

/** Everything that `tamper` can say. Sealing takes the parts in this order. */
export interface Damage extends DocumentDamage, TransferDamage {
  /** Encrypt with this APIv3 key instead. */
  readonly key?: string;
  /** What happens to the JSON of the resource, before it is encrypted. */
  readonly inner?: DocumentDamage;
  /** What happens to the encrypted resource. It is signed like that: only opening it can tell. */
  readonly resource?: keyof typeof resourceDamages;
  /** New values for fields, after signing; those of the resource are encrypted again, with the right key. */
  readonly change?: Readonly<Record<string, string>>;
  /** Fields to take out, after signing. */
  readonly drop?: readonly string[];
  /** Fields to put at the end, after signing. */
  readonly add?: Readonly<Record<string, string>>;
  /** Sign what became of the body, as if the platform had sent it so. */
  readonly sign_again?: boolean;
  /** Sign with this RSA key instead. */
  readonly signing_key?: KeyObject;
  /** Another moment of signing; or, in the header alone, another moment than was signed. */
  readonly timestamp?: keyof typeof timestampDamages;
  readonly signature?: keyof typeof signatureDamages;
  readonly serial?: keyof typeof serialDamages;
  /** Headers to replace, add, or take out (`null`). */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Headers to say twice: the second time with this value, or with the same one (`null`). */
  readonly duplicate?: Readonly<Record<string, string | null>>;
  /** How the names of headers are written: their case means nothing. */
  readonly header_names?: keyof typeof headerNameDamages;
  readonly method?: string;
}
