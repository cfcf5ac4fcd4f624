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
  return response(answer.status, listed(answer.headers), new Uint8Array(await answer.arrayBuffer()));
}

function readPlain(answer: Partial<PlainAnswer & InjectedAnswer>): WireResponse | string {
  const { status, statusCode = status, headers, body, rawPayload } = answer;
  const content: unknown = rawPayload ?? body ?? '';
  if (!isStatus(statusCode)) return noAnswer(answer);
  const bytes = bytesOf(content);
  if (!bytes)
    return 'the body of the answer is neither text nor bytes: JSON.stringify makes text of an object';
  const given = headersOf(headers ?? {});
  return typeof given === 'string' ? given : response(statusCode, given, bytes);
}

/** The headers by name; what is wrong with them, when something is. */
function headersOf(headers: object | string): WireResponse['headers'] | string {
  if (typeof headers !== 'object' || Array.isArray(headers)) return 'the headers of the answer are no object';
  const given = isHeaders(headers) ? listed(headers) : lowerCase(headers as HandedHeaders);
  const odd = Object.keys(given).find((name) => !isHeader(given[name]));
  return odd === undefined ? given : `the header ${odd} of the answer is neither text nor a list of texts`;
}

/** A test runner may have classes of its own: what it is made of tells, and not its class. */
function bytesOf(content: unknown): Uint8Array | undefined {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  if (ArrayBuffer.isView(content))
    return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  const isBuffer = Object.prototype.toString.call(content) === '[object ArrayBuffer]';
  return isBuffer ? new Uint8Array(content as ArrayBuffer) : undefined;
}

function isHeaders(headers: object): headers is FetchedAnswer['headers'] {
  return 'forEach' in headers && typeof headers.forEach === 'function';
}

function listed(headers: FetchedAnswer['headers']): Record<string, string> {
  const all: Record<string, string> = {};
  headers.forEach((value, name) => (all[name] = value));
  return all;
}

function isHeader(value: unknown): boolean {
  return [value].flat().every((item) => typeof item === 'string');
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

function response(status: number, headers: WireResponse['headers'], bytes: Uint8Array): WireResponse {
  return {
    status,
    headers,
    body: bytes.subarray(0, ANSWER_LIMIT),
    truncated: bytes.byteLength > ANSWER_LIMIT,
  };
}

function lowerCase(headers: HandedHeaders): WireResponse['headers'] {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), typeof value === 'number' ? String(value) : value]],
    ),
  );
}
