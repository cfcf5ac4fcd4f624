/** What there is to tell of a failure, in plain text: every reporter of suites tells the same, each in its own form. */
import type { CommandFacts, Failure, RequestFacts, ResponseFacts } from '../../run/events.ts';
import { wordsFor, type Words } from '../words.ts';
import { readable } from './readable.ts';

/** A failure in words. */
export interface Story {
  /** `scenarios/a.yaml:4:3`. */
  readonly place: string;
  /** `step 2 of 3: v2/payment`, with the number of the copy. */
  readonly step: string;
  /** One for each reason; at least one. */
  readonly words: readonly Words[];
  /** Named texts in the order in which they happened: what was sent or done, and what came back. */
  readonly parts: readonly Part[];
  /** `replay --id …`: sends the very bytes again; `null` when it was no notification. */
  readonly again: string | null;
}

export interface Part {
  readonly name: 'request' | 'answer' | 'command' | 'stdout' | 'stderr';
  readonly text: string;
}

export interface StoryOptions {
  /** As it went over the wire, instead of an element a line and the beginning only. */
  readonly verbose: boolean;
}

/** Tells of a failure. */
export function storyOf(failure: Failure, options: StoryOptions): Story {
  const { step, reasons, delivery } = failure;
  const copy = delivery && delivery.attempt > 1 ? ` #${delivery.attempt}` : '';
  return {
    place: step.at,
    step: `step ${step.number} of ${step.of}: ${step.title}${copy}`,
    words: reasons.map((reason) => shortened(wordsFor(reason, delivery ?? undefined))),
    parts: partsOf(failure, options).map(({ name, text }) => part(name, options.verbose ? text : clip(text))),
    again: delivery && `wxnotify replay --id ${delivery.id}`,
  };
}

/** What came may be a megabyte. */
function shortened({ expected, actual, next }: Words): Words {
  return { expected: shorten(expected, WORDS), actual: shorten(actual, WORDS), next };
}

/** How much of what was expected, and of what came, is told, in characters. */
const WORDS = 2000;

/** The beginning of a text, and a sign that there is more. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function partsOf({ delivery, exchange }: Failure, options: StoryOptions): readonly Part[] {
  if (delivery) return httpParts(delivery, options);
  if (exchange?.does === 'call') return httpParts(exchange, options);
  return exchange ? commandParts(exchange) : [];
}

interface Http {
  readonly request: RequestFacts;
  readonly response: ResponseFacts | null;
  readonly error: { readonly cause: string; readonly detail: string } | null;
  readonly duration_ms: number;
}

function httpParts(
  { request, response, error, duration_ms }: Http,
  { verbose }: StoryOptions,
): readonly Part[] {
  const body = (text: string): string => (verbose ? text : readable(text));
  const sent = message(
    [`${request.method} ${request.url}`, ...headerLines(request.headers)],
    body(request.body),
  );
  const took = `(${duration_ms} ms)`;
  if (!response)
    return [part('request', sent), part('answer', `none: ${error?.detail ?? 'nothing came'} ${took}`)];
  const came = [`HTTP ${response.status} ${took}`, ...headerLines(Object.entries(response.headers))];
  return [part('request', sent), part('answer', message(came, body(response.body) || '(no body)'))];
}

function commandParts({
  argv,
  env,
  stdin,
  exit,
  error,
  stdout,
  stderr,
  duration_ms,
}: CommandFacts): readonly Part[] {
  const given = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const ended = exit === null ? (error ?? 'no exit status') : `exit status ${exit}`;
  const did = [
    ...given,
    argv.join(' '),
    ...(stdin === null ? [] : [`< ${stdin}`]),
    `${ended} (${duration_ms} ms)`,
  ];
  return [
    part('command', did.join('\n')),
    part('stdout', stdout.trimEnd()),
    part('stderr', stderr.trimEnd()),
  ].filter(({ text }) => text !== '');
}

function part(name: Part['name'], text: string): Part {
  return { name, text };
}

function message(head: readonly string[], body: string): string {
  return body === '' ? head.join('\n') : `${head.join('\n')}\n\n${body}`;
}

function headerLines(headers: readonly (readonly [string, unknown])[]): readonly string[] {
  return headers.map(([name, value]) => `${name}: ${String(value)}`);
}

/** How much of a request or an answer is told, in lines, and in characters of a line. */
const LINES = 40;
const WIDTH = 200;

function clip(text: string): string {
  const lines = text.split('\n');
  const more = lines.length > LINES ? [`… ${lines.length - LINES} more lines (--verbose)`] : [];
  return [...lines.slice(0, LINES).map(clipLine), ...more].join('\n');
}

function clipLine(line: string): string {
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}
