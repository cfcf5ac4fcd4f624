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

/** How many verdicts are kept, and for bodies of how many bytes: a merchant may answer differently every time. */
const KEPT = 256;
const KEPT_BYTES = 4096;

/** Makes a reader that remembers: a verdict may rest on the status, the content type, the location and the body. */
export function createReader<Verdict>({
  read,
  fresh,
}: Reading<Verdict>): (attempt: number, answer: RawAnswer) => Verdict {
  const known = new Map<string, { readonly verdict: Verdict }>();
  return (attempt, answer) => {
    const body = answer.body();
    const key = body.length > KEPT_BYTES ? undefined : keyOf(answer, body);
    const found = key === undefined || attempt <= fresh ? undefined : known.get(key);
    if (found) return found.verdict;
    const verdict = read(responseOf(answer, body));
    if (key !== undefined) keep(known, key, { verdict });
    return verdict;
  };
}

function keep<Value>(known: Map<string, Value>, key: string, value: Value): void {
  const [oldest] = known.size < KEPT ? [] : known.keys();
  if (oldest !== undefined) known.delete(oldest);
  known.set(key, value);
}

const CONTENT_TYPE = 'content-type';
const LOCATION = 'location';

/** Lengths come first, so that no two answers have the same key. */
function keyOf({ status, headers }: RawAnswer, body: Buffer): string {
  let key = `${status} ${body.length} ${body.toString('latin1')}`;
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index];
    const value = headers[index + 1];
    if (name && value && (isNamed(name, CONTENT_TYPE) || isNamed(name, LOCATION)))
      key += ` ${name.length} ${value.length} ${value.toString('latin1')}`;
  }
  return key;
}

function isNamed(name: Buffer, wanted: string): boolean {
  return name.length === wanted.length && name.toString('latin1').toLowerCase() === wanted;
}

function responseOf({ status, headers, truncated }: RawAnswer, body: Buffer): WireResponse {
  return { status, headers: util.parseHeaders([...headers]), body: Buffer.from(body), truncated };
}
