/** What is authentic and unusual is acknowledged and credited as anything else. */
import { answerText } from '../observe.ts';
import { effectText, isSettled } from './money.ts';
import { failed, isAcknowledged, passed, type Judge } from './verdict.ts';

export const accept: Judge = (seen) => {
  const { block, observation } = seen;
  const refused = observation.hostile.find((answer) => !isAcknowledged(answer));
  if (refused) return failed(block.severity, `it is authentic, and was ${answerText(refused)}`);
  if (isSettled(observation.after, seen) === false)
    return failed(block.severity, `it was acknowledged, and never credited (${effectText(seen)})`);
  return passed;
};
