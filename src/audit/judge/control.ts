/** The authentic notification afterwards: without it, a handler that refuses everything would pass. */
import { isSettled } from './money.ts';
import { failed, isAcknowledged, passed, type Seen, type Verdict } from './verdict.ts';

/** What is wrong with what became of it, after `the authentic notification`; `undefined` when all is well. */
export function wrongControl(seen: Seen): string | undefined {
  const { control, settled } = seen.observation;
  if (!control) return undefined;
  if (!isAcknowledged(control)) {
    const { status, ack, error } = control;
    return status === null
      ? `is not answered (${error ?? 'no answer'})`
      : `is refused (HTTP ${status}, ${ack ?? ''})`;
  }
  return isSettled(settled, seen) === false ? 'is acknowledged, and not credited' : undefined;
}

/** What was refused rightly must leave the handler as it was. */
export function unlessBroken(seen: Seen): Verdict {
  const wrong = wrongControl(seen);
  if (wrong === undefined) return passed;
  const isGone = seen.observation.control?.status === null;
  return failed(
    isGone ? 'high' : 'medium',
    `it was refused, but afterwards the authentic notification ${wrong}`,
  );
}
