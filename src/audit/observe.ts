/** The events of a composed flow → what was seen, by what each step was for. */
import type { DeliveryFacts, Exchange, RunEvent } from '../run/events.ts';
import type { Role } from './compose.ts';
import { stateOf } from './order-state.ts';
import { patienceOf } from './watch.ts';
import type { AnswerFacts, StateFacts } from './result.ts';

/** What was seen in one case. */
export interface Observation {
  /** Why there is no order; `undefined` when there is one, or none was wanted. */
  readonly uncreated: string | undefined;
  /** Why the order is not in the state that the case needs. */
  readonly unprepared: string | undefined;
  readonly hostile: readonly AnswerFacts[];
  readonly control: AnswerFacts | undefined;
  readonly before: StateFacts | undefined;
  /** How long it took until a look showed what was notified, in milliseconds. */
  readonly patience: number;
  readonly after: StateFacts | undefined;
  readonly settled: StateFacts | undefined;
  /** The second order of the case, when there is one. */
  readonly otherBefore: StateFacts | undefined;
  readonly otherAfter: StateFacts | undefined;
  /** Why nobody answers any more, after somebody had before. */
  readonly gone: string | undefined;
  /** Why a look at the order showed nothing. */
  readonly unseen: string | undefined;
  /** What asked at our listener. */
  readonly callbacks: readonly string[];
}

/** Sorts what happened. */
export function observe(
  events: readonly RunEvent[],
  roles: ReadonlyMap<number, Role>,
  callbacks: readonly string[],
): Observation {
  const answers = (role: Role): readonly AnswerFacts[] =>
    events.flatMap((event) =>
      event.type === 'delivery' && roles.get(event.delivery.step) === role ? [answerOf(event.delivery)] : [],
    );
  const exchanges = (...wanted: readonly Role[]): readonly Exchange[] =>
    events.flatMap((event) =>
      event.type === 'exchange' && wanted.some((role) => roles.get(event.step.number) === role)
        ? [event.exchange]
        : [],
    );
  const state = (role: Role): StateFacts | undefined => stateOf(exchanges(role)[0]?.captured ?? {});
  const setup = [...answers('setup')];
  return {
    uncreated:
      exchanges('create')
        .map(wrongWith)
        .find((wrong) => wrong !== undefined) ?? notDone(events, roles, 'create'),
    unprepared:
      setup.map(refused).find((wrong) => wrong !== undefined) ??
      exchanges('setup').map(wrongWith).find(Boolean),
    hostile: answers('hostile'),
    control: answers('control')[0],
    before: state('before'),
    patience: Math.max(0, ...exchanges('after').map(patienceOf)),
    after: state('after'),
    settled: state('settled'),
    otherBefore: state('other-before'),
    otherAfter: state('other-after'),
    unseen: exchanges('before', 'after', 'settled')
      .map(wrongLook)
      .find((wrong) => wrong !== undefined),
    gone: exchanges('before').some(({ error }) => error === null)
      ? exchanges('after')
          .map(unanswered)
          .find((wrong) => wrong !== undefined)
      : undefined,
    callbacks,
  };
}

/** Why a call had no answer. */
function unanswered({ error }: Exchange): string | undefined {
  return error === null || typeof error === 'string' ? undefined : error.detail;
}

/** A step that could not even be begun. */
function notDone(
  events: readonly RunEvent[],
  roles: ReadonlyMap<number, Role>,
  role: Role,
): string | undefined {
  for (const event of events) {
    if (event.type !== 'step-end' || roles.get(event.step.number) !== role) continue;
    const [reason] = event.reasons;
    if (reason?.code === 'step') return reason.actual;
  }
  return undefined;
}

function answerOf({
  request,
  response,
  ack,
  error,
  duration_ms,
  amount,
  authentic,
}: DeliveryFacts): AnswerFacts {
  return {
    request,
    status: response?.status ?? null,
    body: response?.body ?? '',
    ack,
    error: error === null ? null : error.detail,
    duration_ms,
    amount,
    authentic,
  };
}

function refused(answer: AnswerFacts): string | undefined {
  return answer.ack === 'SUCCESS' ? undefined : `the notification before it was ${answerText(answer)}`;
}

/** What an answer was, after `was`. */
export function answerText({ status, ack, error }: AnswerFacts): string {
  if (status === null) return `not answered (${error ?? 'no answer'})`;
  return ack === 'SUCCESS'
    ? `acknowledged (HTTP ${status})`
    : `refused (HTTP ${status}, ${ack ?? 'no answer'})`;
}

/** What is wrong with a call or a command that should have done something. */
function wrongWith(exchange: Exchange): string | undefined {
  if (exchange.error !== null)
    return typeof exchange.error === 'string' ? exchange.error : exchange.error.detail;
  if (exchange.does === 'run')
    return exchange.exit === 0 ? undefined : `exit status ${exchange.exit ?? 'none'}`;
  const { status } = exchange.response ?? { status: 0 };
  return status >= 200 && status < 300 ? undefined : `HTTP ${status}`;
}

function wrongLook(exchange: Exchange): string | undefined {
  const wrong = wrongWith(exchange);
  if (wrong !== undefined) return wrong;
  return stateOf(exchange.captured) ? undefined : 'nothing was captured';
}
