/** Answers that are alike are read once: a load gets the same few over and over. */
import { util } from 'undici';
import type { WireResponse } from './request.ts';

/** An answer as it comes off the wire. */
export interface RawAnswer {
  readonly status: number;
  /** Names and values in turn. */
  readonly headers: readonly Buffer[];
  readonly truncated: boolean;
  readonly body: () => Buffer;
}

/** What reads answers. */
export interface Reading<Verdict> {
  readonly read: (response: WireResponse) => Verdict;
  /** Answers to attempts up to this one are always read. */
  readonly fresh: number;
}

/** An answer that was read: all that a verdict may rest on. */
interface Known<Verdict> {
  readonly status: number;
  /** Of the headers, those that count: names and values in turn, as they came. */
  readonly headers: readonly Buffer[];
  readonly body: Buffer;
  verdict: Verdict;
}

/** How many verdicts are kept, and for bodies of how many bytes: a merchant may answer differently every time. */
const KEPT = 16;
const KEPT_BYTES = 64 * 1024;

/** Makes a reader that remembers: a verdict may rest on the status, the content type, the location and the body. */
export function createReader<Verdict>({
  read,
  fresh,
}: Reading<Verdict>): (attempt: number, answer: RawAnswer) => Verdict {
  const known: Known<Verdict>[] = [];
  let oldest = 0;
  return (attempt, answer) => {
    const body = answer.body();
    const found = known.find((candidate) => isAlike(candidate, answer, body));
    if (found && attempt > fresh) return found.verdict;
    const { status, headers, truncated } = answer;
    const own = Buffer.from(body); // the network's buffers are far larger than what came in them
    const verdict = read({ status, headers: util.parseHeaders([...headers]), body: own, truncated });
    if (found) found.verdict = verdict;
    else if (body.length <= KEPT_BYTES) {
      known[oldest] = {
        status,
        headers: counting(headers).map((part) => Buffer.from(part)),
        body: own,
        verdict,
      };
      oldest = (oldest + 1) % KEPT;
    }
    return verdict;
  };
}

/** Compares bytes, without making a string of any. */
function isAlike(known: Known<unknown>, { status, headers }: RawAnswer, body: Buffer): boolean {
  return known.status === status && known.body.equals(body) && sameHeaders(known.headers, headers);
}

function sameHeaders(known: readonly Buffer[], headers: readonly Buffer[]): boolean {
  let next = 0;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? EMPTY;
    const same = known[next]?.equals(name) === true && known[next + 1]?.equals(headers[index + 1] ?? EMPTY);
    if (same === true) next += 2;
    else if (counts(name)) return false;
  }
  return next === known.length;
}

const EMPTY = Buffer.alloc(0);

function counting(headers: readonly Buffer[]): readonly Buffer[] {
  return headers.filter((_, index) => counts(headers[index - (index % 2)] ?? EMPTY));
}

const COUNTING = ['content-type', 'location'];
const LENGTHS = COUNTING.map(({ length }) => length);

/** Whether a header is one that a verdict may rest on. Most are not, by their length already. */
function counts(name: Buffer): boolean {
  return LENGTHS.includes(name.length) && COUNTING.includes(name.toString('latin1').toLowerCase());
}
