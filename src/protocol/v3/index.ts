/** The JSON dialect: wiring only. */
import type { Dialect, V3Kind } from '../dialect.ts';
import type { V3Credentials } from '../platform-key.ts';
import { readAck } from './ack.ts';
import { seal } from './seal.ts';
import type { Sealing } from './sign-request.ts';
import { verify, type Received } from './verify.ts';

interface V3Types {
  readonly kind: V3Kind;
  readonly credentials: V3Credentials;
  readonly how: [sealing: Sealing];
  readonly received: Received;
}

export const v3: Dialect<V3Types> = { version: 'v3', seal, verify, readAck };
