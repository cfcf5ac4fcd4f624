/** The XML dialect: wiring only. */
import type { Dialect, Kind, V2Credentials } from '../dialect.ts';
import { readAck } from './ack.ts';
import type { Damage } from './damage.ts';
import { seal } from './seal.ts';
import { verify } from './verify.ts';

interface V2Types {
  readonly kind: Kind;
  readonly credentials: V2Credentials;
  readonly how: [damage?: Damage];
  readonly received: Uint8Array;
}

export const v2: Dialect<V2Types> = { version: 'v2', seal, verify, readAck };
