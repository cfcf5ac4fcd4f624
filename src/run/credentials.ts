/** What a merchant and the platform share, by version: asked for when a notification needs it, for most merchants have only one. */
import type { V2Credentials } from '../protocol/dialect.ts';
import type { V3Credentials } from '../protocol/platform-key.ts';
import type { Result } from '../scenario/problem.ts';

/** The keys of both versions, or what is missing of them. */
export interface Credentials {
  readonly v2: () => Result<V2Credentials>;
  readonly v3: () => Result<V3Credentials>;
}
