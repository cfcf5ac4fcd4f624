/** Wire bytes ↔ what a function is given, and what it answers. */
import { ANSWER_LIMIT } from '../limits.ts';
import type { WireRequest, WireResponse } from '../request.ts';
import type {
  FetchedAnswer,
  HandedHeaders,
  HandedRequest,
  HttpMethod,
  InjectedAnswer,
  PlainAnswer,
} from './handed.ts';

/** Turns a request into what a function gets. */
export function handedRequest(
  url: URL,
  { method, headers, body }: WireRequest,
  signal: AbortSignal,
): HandedRequest {
  return {
    method: method as HttpMethod, // scenarios may invent one, which is then the handler’s to refuse
    url: url.href,
    headers: Object.fromEntries(headers),
    ...(body.byteLength > 0 && { body: Buffer.from(body).toString('utf8') }),
    signal,
  };
}

/** Reads an answer in any of its forms; why it is none, when it is in no form. */
export async function readHanded(answer: unknown): Promise<WireResponse | string> {
  if (answer === null || typeof answer !== 'object') return noAnswer(answer);
  return isFetched(answer) ? readFetched(answer) : readPlain(answer);
}

async function readFetched(answer: FetchedAnswer): Promise<WireResponse> {
  const headers: Record<string, string> = {};
  answer.headers.forEach((value, name) => (headers[name] = value));
  return response(answer.status, headers, new Uint8Array(await answer.arrayBuffer()));
}

function readPlain(answer: Partial<PlainAnswer & InjectedAnswer>): WireResponse | string {
  const { status, statusCode = status, headers = {}, body, rawPayload } = answer;
  const content: unknown = rawPayload ?? body ?? '';
  if (!isStatus(statusCode)) return noAnswer(answer);
  if (typeof content !== 'string' && !(content instanceof Uint8Array))
    return 'the body of the answer is neither text nor bytes: JSON.stringify makes text of an object';
  return response(statusCode, lowerCase(headers), content);
}

function isFetched(answer: object): answer is FetchedAnswer {
  return 'arrayBuffer' in answer && typeof answer.arrayBuffer === 'function';
}

function isStatus(code: unknown): code is number {
  return Number.isInteger(code) && Number(code) >= 100 && Number(code) <= 999;
}

function noAnswer(answer: unknown): string {
  const got = answer === null ? 'null' : typeof answer;
  return `an answer is { status, headers, body }, a Response, or what inject() gives; ${got} came without a status`;
}

function response(status: number, headers: WireResponse['headers'], body: string | Uint8Array): WireResponse {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  return {
    status,
    headers,
    body: bytes.subarray(0, ANSWER_LIMIT),
    truncated: bytes.byteLength > ANSWER_LIMIT,
  };
}

function lowerCase(headers: HandedHeaders): WireResponse['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      typeof value === 'number' ? String(value) : value,
    ]),
  );
}
