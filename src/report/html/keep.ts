/** What a page keeps of failures: what is alike is told once, and long texts are cut, so that a page stays readable. */
import { lasting } from '../alike.ts';
import type {
  DeliveryFacts,
  Exchange,
  Failure,
  Reason,
  RequestFacts,
  ResponseFacts,
} from '../../run/events.ts';

/** Failures of one step that are alike in everything but what each request needs. */
export interface FailureGroup {
  /** The first of them. Request and answer are `null` when there was no room for them. */
  readonly failure: Failure;
  /** The deliveries' numbers among the repeats of the step. */
  readonly attempts: readonly number[];
  /** How long they took, in milliseconds; empty when nothing was sent. */
  readonly durations: readonly number[];
  /** There was a request, which is left out. */
  readonly withoutExchange: boolean;
}

/** How much of requests and answers is kept. */
export interface Room {
  /** Keeps a failure whole, or without request and answer. */
  readonly fit: (failure: Failure, among: number) => Failure | null;
}

/** Characters of a single body; more than that is seldom read, and is in the journal or at the merchant. */
const BODY = 4000;
/** Characters of all requests and answers of a page. */
const PAGE = 3_000_000;
/** So many failures of a scenario have their request and answer with them. */
const WHOLE = 5;

/** The room of one page. */
export function createRoom(): Room {
  let left = PAGE;
  return {
    fit: (failure, among) => {
      if (among >= WHOLE) return null;
      const text = JSON.stringify(cutFailure(failure));
      if (text.length > left) return null;
      left -= text.length;
      return JSON.parse(text) as Failure;
    },
  };
}

/** Puts together what is alike. */
export function groupFailures(failures: readonly Failure[], room: Room): readonly FailureGroup[] {
  const groups = new Map<string, Failure[]>();
  for (const failure of failures) {
    const key = gist(failure);
    groups.set(key, [...(groups.get(key) ?? []), failure]);
  }
  return [...groups.values()].flatMap((alike, index) => {
    const [first] = alike;
    if (!first) return [];
    const kept = room.fit(first, index);
    const sent = alike.flatMap(({ delivery }) => delivery ?? []);
    return {
      failure: kept ?? copied({ ...cutReasons(first), delivery: null, exchange: null }),
      attempts: sent.map(({ attempt }) => attempt),
      durations: alike.flatMap(({ delivery, exchange }) => (delivery ?? exchange)?.duration_ms ?? []),
      withoutExchange: kept === null && (first.delivery ?? first.exchange) !== null,
    };
  });
}

/** Everything but which of the repeats it was, and how long it took. */
function gist({ step, reasons, delivery, exchange }: Failure): string {
  const told = reasons.map(lasting);
  const answer = delivery && [delivery.response?.status, delivery.response?.body, delivery.error];
  return JSON.stringify([step.number, step.at, told, answer, exchange]);
}

function cutFailure(failure: Failure): Failure {
  const { delivery, exchange } = failure;
  return {
    ...cutReasons(failure),
    delivery: delivery && cutDelivery(delivery),
    exchange: exchange && cutExchange(exchange),
  };
}

function cutReasons(failure: Failure): Failure {
  const cut = failure.reasons.map((reason) => {
    const texts = Object.entries(reason).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' ? cutText(value) : value,
    ]);
    return Object.fromEntries(texts) as Reason;
  });
  return { ...failure, reasons: cut };
}

function cutDelivery(delivery: DeliveryFacts): DeliveryFacts {
  const { request, response, message } = delivery;
  return {
    ...delivery,
    message: cutText(message),
    request: cutRequest(request),
    response: response && cutResponse(response),
  };
}

function cutExchange(exchange: Exchange): Exchange {
  if (exchange.does === 'call') {
    const { request, response } = exchange;
    return { ...exchange, request: cutRequest(request), response: response && cutResponse(response) };
  }
  const { stdin, stdout, stderr } = exchange;
  return {
    ...exchange,
    stdin: stdin && cutText(stdin),
    stdout: cutText(stdout),
    stderr: cutText(stderr),
  };
}

function cutRequest(request: RequestFacts): RequestFacts {
  return { ...request, body: cutText(request.body) };
}

function cutResponse(response: ResponseFacts): ResponseFacts {
  const headers = Object.entries(response.headers).map(([name, value]) => [name, cutText(String(value))]);
  return {
    ...response,
    headers: Object.fromEntries(headers) as ResponseFacts['headers'],
    body: cutText(response.body),
  };
}

/** The beginning of a text, and how much is missing. */
export function cutText(text: string): string {
  if (text.length <= BODY) return text;
  return `${text.slice(0, BODY)}\n… ${text.length - BODY} more characters are left out`;
}

/** Parts of a text keep the whole of it in memory; what was written and read again is text of its own. */
function copied(failure: Failure): Failure {
  return JSON.parse(JSON.stringify(failure)) as Failure;
}
