/** Asks with one authentic notification of each kind, and with more patience when what it brings takes its time. */
import type { SuiteEnd } from '../../../run/events.ts';
import type { Cli } from '../../context.ts';
import type { Ready } from './conduct.ts';
import { learn, type Learnt } from './controls-outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import { sweep, type Sweeping } from './sweep.ts';

export interface Asked {
  readonly learnt: Learnt;
  readonly end: SuiteEnd;
  /** Requests that were sent. */
  readonly sent: number;
  /** How long everything is given to be booked from now on, in milliseconds. */
  readonly settleMs: number;
}

/** How long is waited before one looks, and how long always when that was enough, in milliseconds. */
const PATIENCE = [
  { look: 50, always: 250 },
  { look: 500, always: 1500 },
  { look: 4000, always: 6000 },
] as const;
/** How long when everything was booked as it was answered. */
const PROMPT = 10;

/** Asks every control; those that show nothing yet, again. */
export async function askControls(cli: Cli, ready: Ready, sweeping: Sweeping): Promise<Asked> {
  const { settleMs: configured } = ready.prepared.audit;
  const patience = configured === undefined ? PATIENCE : [{ look: configured, always: configured }];
  const outcomes = new Map<string, Outcome>();
  const ask = async (attempt: number, late?: readonly string[]): Promise<Asked> => {
    const { look, always } = patience[attempt] ?? PATIENCE[0];
    const asking = ready.prepared.controls.filter(({ about }) => late?.includes(about.kind.id) ?? true);
    const controls = await ready.build(asking, { settleMs: look, isMeasured: true }, attempt);
    const { outcomes: seen, end } = await sweep(cli, controls, sweeping);
    for (const outcome of seen) outcomes.set(outcome.ready.audited.about.kind.id, outcome);
    const learnt = learn([...outcomes.values()], knowledgeOf(ready.prepared));
    const settleMs = configured === undefined && learnt.isPrompt ? PROMPT : always;
    return { learnt, end, sent: end.summary.sent, settleMs };
  };
  let asked = await ask(0);
  for (let attempt = 1; attempt < patience.length && isWorthWaiting(asked); attempt++) {
    const { sent, learnt } = asked;
    const again = await ask(attempt, learnt.late);
    asked = { ...again, sent: sent + again.sent };
  }
  return asked;
}

function isWorthWaiting({ learnt, end }: Asked): boolean {
  return learnt.late.length > 0 && !end.down && !end.interrupted;
}

function knowledgeOf({ audit: { probes, words }, endpoints }: Prepared): Parameters<typeof learn>[1] {
  return { words, hasOrders: probes.create_order !== undefined, isNamed: endpoints.isNamed };
}
