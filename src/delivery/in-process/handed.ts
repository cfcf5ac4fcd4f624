/** What a handler in the same process is given, and the ways in which it may answer. */

/** What clients know as a method. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** A request as a function gets it: `fetch`, Hono’s `request` and `inject` of light-my-request take it as it is. */
export interface HandedRequest {
  readonly method: HttpMethod;
  /** The whole URL. There is no `path` beside it: `inject` takes only one of them. */
  readonly url: string;
  /** Names as the platform writes them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text; not there when there is none, as with GET. */
  readonly body?: string;
  /** Aborts when the answer is not waited for any more. */
  readonly signal: AbortSignal;
}

/** Header values by name, in any case. */
export type HandedHeaders = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** An answer in plain values. */
export interface PlainAnswer {
  readonly status: number;
  readonly headers?: HandedHeaders | FetchedAnswer['headers'];
  readonly body?: string | Uint8Array | ArrayBuffer | null;
}

/** What `inject` of Fastify and light-my-request gives. */
export interface InjectedAnswer {
  readonly statusCode: number;
  readonly headers: HandedHeaders;
  readonly body: string;
  /** The bytes, where there are any: an answer need not be UTF-8. */
  readonly rawPayload?: Uint8Array;
}

/** What `fetch` and Hono’s `request` give: a `Response`. */
export interface FetchedAnswer {
  readonly status: number;
  readonly headers: { readonly forEach: (each: (value: string, name: string) => void) => void };
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

/** An answer in one of the forms that there are. */
export type HandedAnswer = PlainAnswer | InjectedAnswer | FetchedAnswer;

/** Hands a request to a handler, and gives what it answers. What it throws is told as a request without an answer. */
export type Deliver = (request: HandedRequest) => HandedAnswer | Promise<HandedAnswer>;
