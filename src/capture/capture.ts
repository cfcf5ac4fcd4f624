/** What somebody captured, a request or a part of one: from a file, a log, a proxy. */
import type { Version } from '../protocol/dialect.ts';

export interface Capture {
  readonly version: Version;
  /** What it was read as. */
  readonly form: 'xml' | 'http' | 'har' | 'json' | 'text';
  readonly method: string | null;
  readonly url: string | null;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The message itself. */
  readonly body: string;
  /** When it came, where the capture says so. */
  readonly at?: Date | undefined;
  /** What was done to find it, and what else there is. */
  readonly notes: readonly string[];
}

/** The capture, or why there is none. */
export type ReadCapture =
  | { readonly ok: true; readonly capture: Capture }
  | { readonly ok: false; readonly message: string; readonly fix: string };
