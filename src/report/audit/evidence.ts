/** What was seen, as rows of a word and a text. */
import type { AnswerFacts, Evidence, StateFacts } from '../../audit/result.ts';
import { printableLine } from '../printable.ts';

/** `sent`, `answered`, `order`, `then`: as much as there is. */
export function evidenceLines(
  evidence: Evidence,
  inFull: boolean,
): readonly (readonly [word: string, text: string])[] {
  const { hostile, control, before, after, settled, callbacks } = evidence;
  return [
    ...(hostile
      ? [['sent', requestText(hostile, inFull)] as const, ['answered', answerText(hostile, inFull)] as const]
      : []),
    ...(before && after ? [['order', `${stateText(before)} → ${stateText(after)}`] as const] : []),
    ...callbacks.slice(0, inFull ? undefined : 3).map((text) => ['asked us', printableLine(text)] as const),
    ...(control
      ? [
          [
            'then',
            `the authentic one: ${answerText(control, false)}${settled ? `, ${stateText(settled)}` : ''}`,
          ] as const,
        ]
      : []),
  ];
}

function requestText({ request }: AnswerFacts, inFull: boolean): string {
  const headers = inFull ? ` ${request.headers.map(([name, value]) => `${name}: ${value}`).join(' · ')}` : '';
  return `${request.method} ${printableLine(request.url)}${printableLine(headers)}  ${cut(request.body, inFull)}`;
}

/** `HTTP 200 SUCCESS in 3 ms  <xml>…`. */
export function answerText({ status, ack, body, error, duration_ms }: AnswerFacts, inFull: boolean): string {
  if (status === null) return `nothing: ${printableLine(error ?? 'no answer')} (${duration_ms} ms)`;
  return `HTTP ${status} ${ack ?? ''} in ${duration_ms} ms${body === '' ? '' : `  ${cut(body, inFull)}`}`;
}

/** `paid_count 1, status PAID`. */
export function stateText(state: StateFacts): string {
  return Object.entries(state)
    .map(([name, value]) => `${name} ${printableLine(String(value))}`)
    .join(', ');
}

function cut(text: string, inFull: boolean): string {
  const line = printableLine(text);
  return inFull || line.length <= MOST ? line : `${line.slice(0, MOST)}… (${text.length} characters)`;
}

/** So much of a body is shown. */
const MOST = 160;
