/** What was seen in a case → whether the handler stood it. Pure, and careful: what is not shown is not said. */
import { isOracle } from './oracle.ts';
import { creditOnce } from './credit-once.ts';
import { accept } from './accept.ts';
import { notCredit } from './not-credit.ts';
import { refuse } from './refuse.ts';
import { survive } from './survive.ts';
import type { AuditBlock } from '../../scenario/schema/schema-audit.ts';
import { failed, undecided, type Judge, type Seen, type Verdict } from './verdict.ts';

const judges: Readonly<Record<AuditBlock['must'], Judge>> = {
  refuse,
  'not-credit': notCredit,
  'credit-once': creditOnce,
  accept,
  survive,
};

/** Judges a case. What an answer or a callback gives away is a defect, whatever else became of it. */
export function judge(seen: Seen): Verdict {
  const { observation, block } = seen;
  const { callbacks, hostile } = observation;
  if (callbacks.length > 0) return failed(block.severity, `it asked at our listener: ${callbacks[0] ?? ''}`);
  const revealed = (block.reveals ?? []).find((text) => hostile.some(({ body }) => body.includes(text)));
  if (revealed !== undefined)
    return failed(block.severity, `its answer gives away ${JSON.stringify(revealed)}`);
  if (hostile.some(isOracle)) return failed('critical', 'its answer tells the right signature');
  return unready(seen) ?? died(seen) ?? judges[block.must](seen);
}

/** A notification that ends the server ends it for everybody. */
function died({ block, observation: { gone } }: Seen): Verdict | undefined {
  if (gone === undefined) return undefined;
  const severity = block.severity === 'critical' ? 'critical' : 'high';
  return { as: 'failed', severity, says: `afterwards the server does not answer: ${gone}`, isGone: true };
}

/** Why nothing can be said at all. */
function unready({ observation: { uncreated, unprepared, hostile } }: Seen): Verdict | undefined {
  if (uncreated !== undefined)
    return undecided(`no order could be placed: ${uncreated}`, 'Look at `audit.create_order`.');
  if (unprepared !== undefined)
    return undecided(
      `the order could not be made ready: ${unprepared}`,
      'See why it refuses an authentic notification.',
    );
  if (hostile.length === 0) return undecided('nothing was sent', 'Run it alone, and see what happens.');
  return undefined;
}
