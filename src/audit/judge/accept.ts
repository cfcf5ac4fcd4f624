/** What is authentic and unusual is acknowledged and credited as anything else. */
import { answerText } from '../observe.ts';
import { effectText, isSettled } from './money.ts';
import { failed, isAcknowledged, isContrary, passed, type Judge } from './verdict.ts';

export const accept: Judge = (seen) => {
  const { block, observation } = seen;
  const refused = observation.hostile.find((answer) => !isAcknowledged(answer));
  if (refused) return failed(block.severity, `it is authentic, and was ${answerText(refused)}`);
  const credited = isSettled(observation.after, seen);
  const contrary = observation.hostile.find(isContrary);
  if (contrary && credited !== true)
    return failed(
      block.severity,
      `it is authentic, and its answer refuses it (HTTP ${contrary.status ?? ''})`,
    );
  if (credited === false)
    return failed(block.severity, `it was acknowledged, and never credited (${effectText(seen)})`);
  return passed;
};
