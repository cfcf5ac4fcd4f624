/** One request and its answer: a limit on time and size, no redirects, failures as values. */
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { causeOf } from './cause.ts';
import type { SafeTarget } from './guard.ts';
import { ANSWER_LIMIT, slow, stageOf } from './limits.ts';
import { bufferOf, type Delivery, type WireRequest, type WireResponse } from './request.ts';
import { streamed } from './streamed.ts';
import type { Watch } from './watch.ts';

/** What every HTTP client is made with: one request at a time on a connection, and no limits beside the watch. */
export const HTTP = { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 } as const;

/** What is sent, and how long is waited. */
export interface Exchange {
  readonly request: WireRequest;
  /** The request's body, when it does not come all at once. */
  readonly stream?: Readable | undefined;
  readonly watch: Watch;
}

/** Sends a request and reads the answer. The watch is stopped at the end. */
export async function exchange(http: Dispatcher, { url }: SafeTarget, sending: Exchange): Promise<Delivery> {
  const { watch } = sending;
  const progress: Progress = { answerBegan: false };
  try {
    const whole = sending.stream ? sending : { ...sending, ...streamed(sending.request, watch) };
    const sent = send(http, url, { ...whole, progress });
    const response = await Promise.race([sent, whenAborted(watch.signal)]);
    return { outcome: 'answered', response, ms: watch.ms() };
  } catch (error) {
    const ms = watch.ms();
    if (watch.expired())
      return { outcome: 'undelivered', cause: 'timeout', detail: slow(watch.timeoutMs, watch.stage), ms };
    const { answerBegan } = progress;
    return { outcome: 'undelivered', ...causeOf(error, watch.signal.aborted), ms, answerBegan };
  } finally {
    watch.stop();
  }
}

interface Progress {
  answerBegan: boolean;
}

/** The client's own signal ends nothing before there is a connection. */
async function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = (): void => reject(new Error('aborted'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

interface Sending extends Exchange {
  readonly progress: Progress;
}

async function send(
  http: Dispatcher,
  url: URL,
  { request, stream, watch, progress }: Sending,
): Promise<WireResponse> {
  const { method, headers, body } = request;
  const answer = await http.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method,
    headers: headers.flat(),
    body: stream ?? bufferOf(body),
    signal: watch.signal,
  });
  progress.answerBegan = true;
  watch.stage = stageOf(answer.statusCode);
  const read = await readLimited(answer.body);
  return { status: answer.statusCode, headers: answer.headers, ...read };
}

async function readLimited(
  stream: AsyncIterable<unknown>,
): Promise<Pick<WireResponse, 'body' | 'truncated'>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > ANSWER_LIMIT)
      return { body: Buffer.concat(chunks).subarray(0, ANSWER_LIMIT), truncated: true };
  }
  return { body: Buffer.concat(chunks), truncated: false };
}
