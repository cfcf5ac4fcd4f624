/** `expect` as written → {@link Expectation}. */
import type { AnswerExpectation, Expectation } from './scenario.ts';
import type { ExpectForm } from './schema/schema.ts';
import { millis } from './schema/schema-parts.ts';

/** Without `ack`, an authentic notification expects SUCCESS and a damaged one REJECTED; counts stand on their own. */
export function toExpectation(form: ExpectForm = {}, tampered: boolean): Expectation {
  const { every, first, acks, consistent, p99, acknowledged_by, ...top } = form;
  const ack = tampered ? 'REJECTED' : 'SUCCESS';
  const fallback: AnswerExpectation = acks ? {} : { ack };
  const each = { ...fallback, ...answer(top), ...answer(every ?? {}) };
  return {
    each,
    first: first && { ...fallback, ...answer(first) },
    acks,
    ...(consistent === true && { consistent }),
    ...(p99 !== undefined && { p99_ms: millis(p99) }),
    ...(acknowledged_by !== undefined && { acknowledged_by }),
  };
}

type AnswerForm = Pick<ExpectForm, 'ack' | 'status' | 'message' | 'within'>;

/** A status without an `ack` says that the status is what matters. */
function answer({ ack, status, message, within }: AnswerForm): AnswerExpectation {
  const given = {
    ...(ack !== undefined && { ack }),
    ...(status !== undefined && { status }),
    ...(message !== undefined && { message }),
    ...(within !== undefined && { within_ms: millis(within) }),
  };
  return status !== undefined && ack === undefined ? { ack: undefined, ...given } : given;
}
