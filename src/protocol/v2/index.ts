/** The XML dialect: wiring only. */
import type { Dialect, V2Credentials } from '../dialect.ts';
import { readAck } from './ack.ts';
import type { Damage } from './damage.ts';
import { seal } from './seal.ts';
import { verify } from './verify.ts';

export const v2: Dialect<V2Credentials, Damage> = { version: 'v2', seal, verify, readAck };
