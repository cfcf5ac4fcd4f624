/** What ends an exchange early, in every client. */

/** The longest answer that is read, in bytes. */
export const ANSWER_LIMIT = 1024 * 1024;

/**
 * Says that the time was up.
 *
 * @param status of the answer whose body did not end; without, none began
 */
export function slow(limitMs: number, status?: number): string {
  const stage = status === undefined ? 'it did not begin' : `HTTP ${status} came, its body did not end`;
  return `no complete answer within ${limitMs} ms (${stage})`;
}
