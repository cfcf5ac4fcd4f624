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

/** How soon after it was used a kept connection ends that the server was closing already, in milliseconds. */
export const STALE_MS = 10;
