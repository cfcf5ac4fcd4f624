/** Asks with one authentic notification of each kind, and measures how long it takes until what it brings is booked. */
import type { SuiteEnd } from '../../../run/events.ts';
import type { Cli } from '../../context.ts';
import type { Ready } from './conduct.ts';
import { learn, type Learnt } from './controls-outcome.ts';
import type { Timing } from './members.ts';
import { sweep, type Sweeping } from './sweep.ts';

export interface Asked {
  readonly learnt: Learnt;
  readonly end: SuiteEnd;
  /** Requests that were sent. */
  readonly sent: number;
  /** What everything is given from now on. */
  readonly timing: Timing;
}

/** How long an authentic notification may take to be booked, in milliseconds. */
const LONGEST = 6000;
/** What is added to what was measured, and the least that something that must happen is waited for. */
const MARGIN = 30;
const LEAST = 1000;

/** Asks every control. */
export async function askControls(cli: Cli, { prepared, build }: Ready, sweeping: Sweeping): Promise<Asked> {
  const { probes, words, settleMs } = prepared.audit;
  const longest = Math.max(LONGEST, settleMs ?? 0);
  const controls = await build(prepared.controls, { settleMs: 0, waitMs: longest });
  const { outcomes, end } = await sweep(cli, controls, sweeping);
  const hasOrders = probes.create_order !== undefined;
  const learnt = learn(outcomes, { words, hasOrders, isNamed: prepared.endpoints.isNamed });
  const settle = settleMs ?? Math.min(longest, Math.round(2 * learnt.patience) + MARGIN);
  const timing = { settleMs: settle, waitMs: Math.min(longest, Math.max(LEAST, 4 * settle)) };
  return { learnt, end, sent: end.summary.sent, timing };
}
