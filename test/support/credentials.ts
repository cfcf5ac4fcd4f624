/** Credentials of both versions, for what is prepared without a command line. */
import { demoV3Credentials } from '../../src/cli/work/demo-merchant.ts';
import type { V2Credentials } from '../../src/protocol/dialect.ts';
import type { Credentials } from '../../src/run/credentials.ts';
import { succeed } from '../../src/scenario/problem.ts';

/** A merchant’s own for API v2, and the demo platform’s key for API v3. */
export function credentialsFor(v2: V2Credentials): Credentials {
  return { v2: () => succeed(v2), v3: () => succeed(demoV3Credentials()) };
}
