/** Bytes on their way: what delivery knows of a message. */

export interface WireRequest {
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** How the body comes, when not all at once: in chunks, without a length; or in drips. */
  readonly transfer?: 'chunked' | 'slow';
}

export interface WireResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
  /** Whether reading stopped at the size limit. */
  readonly truncated: boolean;
}

/** Why no complete answer came. */
export type Cause = 'refused' | 'dns' | 'tls' | 'timeout' | 'reset' | 'unreachable' | 'protocol' | 'aborted';

/** One POST and what came of it. */
export type Delivery =
  | {
      readonly outcome: 'answered';
      readonly response: WireResponse;
      readonly ms: number;
      /** Whether it was sent twice: the kept connection was being closed when it went out. */
      readonly resent?: boolean;
      /** Whether the answer came before the request was complete. */
      readonly early?: boolean;
    }
  | {
      readonly outcome: 'undelivered';
      readonly cause: Cause;
      readonly detail: string;
      readonly ms: number;
      /** Whether the head of an answer had come. */
      readonly answerBegan?: boolean;
    };

/** What came of a POST that no complete answer came to. */
export type Undelivered = Extract<Delivery, { readonly outcome: 'undelivered' }>;

/** A body as the HTTP library takes it: the same bytes. */
export function bufferOf(body: Uint8Array): Buffer | null {
  if (body.byteLength === 0) return null;
  return Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
