/** What ends an exchange early, in every client. */

/** The longest answer that is read, in bytes. */
export const ANSWER_LIMIT = 1024 * 1024;

/** Says that the time was up, and what had become of the exchange. */
export function slow(limitMs: number, stage: string): string {
  return `no complete answer within ${limitMs} ms (${stage})`;
}

/** What has become of an exchange: without a status, no answer began. */
export function stageOf(status?: number): string {
  return status === undefined ? 'it did not begin' : `HTTP ${status} came, its body did not end`;
}

/** A kept connection that the server was closing as it was used ends sooner than this, in milliseconds. */
export const STALE_MS = 100;
