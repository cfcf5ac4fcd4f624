/** What is hostile to a parser or a server is answered in time, not believed, and leaves the handler at work. */
import { answerText } from '../observe.ts';
import { wrongControl } from './control.ts';
import { effectText, moved } from './money.ts';
import { acknowledgedOf, failed, hostileOnes, isContrary, passed, type Judge, type Seen } from './verdict.ts';

export const survive: Judge = (seen) => {
  const { severity } = seen.block;
  const wrong = wrongControl(seen);
  if (wrong !== undefined) return failed(severity, `afterwards the authentic notification ${wrong}`);
  const late = hostileOnes(seen).find(isLate);
  if (late) return failed(severity, `it had no answer within ${Math.round(late.duration_ms / 1000)} s`);
  return believed(seen) ?? passed;
};

/** A server may end the connection; it must not think about it for long. */
function isLate({ status, duration_ms }: Seen['observation']['hostile'][number]): boolean {
  return status === null && duration_ms >= PATIENCE;
}

/** What the platform waits is 5 s; timers are not exact. */
const PATIENCE = 4900;

function believed(seen: Seen): ReturnType<Judge> | undefined {
  const accepted = acknowledgedOf(hostileOnes(seen).filter((answer) => !answer.authentic));
  const money = accepted && moved(seen);
  if (!accepted || money === 0) return undefined;
  if (money === undefined && isContrary(accepted))
    return failed('low', `it was ${answerText(accepted)}, although the body refuses`);
  const effect = money === undefined ? '' : ` (${effectText(seen)})`;
  return failed(seen.block.severity, `it was ${answerText(accepted)}${effect}`);
}
