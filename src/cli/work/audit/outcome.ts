/** What became of each case → findings, what is undecided, and what was stood. */
import { judge } from '../../../audit/judge/judge.ts';
import { observe, type Observation } from '../../../audit/observe.ts';
import type { StatusWords } from '../../../audit/order-state.ts';
import type { Evidence, Finding, Undecided } from '../../../audit/result.ts';
import type { Seen, Verdict } from '../../../audit/judge/verdict.ts';
import type { RunEvent } from '../../../run/events.ts';
import type { ReadyCase } from './members.ts';
import { leftOut } from './plan.ts';

/** A case, what was seen, and what that means. */
export interface Outcome {
  readonly ready: ReadyCase;
  readonly observation: Observation;
  readonly verdict: Verdict;
}

/** Judges what happened. */
export function outcomeOf(
  ready: ReadyCase,
  events: readonly RunEvent[],
  { words, callbacks }: { readonly words: StatusWords; readonly callbacks: readonly string[] },
): Outcome {
  const observation = observe(events, ready.roles, callbacks);
  return { ready, observation, verdict: judge({ ...seenIn({ ready, observation }), words }) };
}

/** What a judge looks at, but for the merchant's words. */
export function seenIn({ ready, observation }: Pick<Outcome, 'ready' | 'observation'>): Omit<Seen, 'words'> {
  const { block, about } = ready.audited;
  return {
    block,
    observation,
    isRefund: about.kind.id.endsWith('refund'),
    isRace: about.race || about.concurrency > 1 || about.group !== undefined,
  };
}

/** A case that failed, with its evidence. */
export function findingOf({ ready, observation, verdict }: Outcome): Finding | undefined {
  if (verdict.as !== 'failed') return undefined;
  const { scenario, block, about } = ready.audited;
  const { facts } = ready.member;
  return {
    case: scenario.name,
    severity: verdict.severity,
    title: block.finding,
    kind: about.kind.id,
    why: block.why,
    fix: block.fix,
    ...(verdict.isGone && goneWords(scenario.summary)),
    evidence: evidenceOf(observation, verdict.says),
    imitates: block.imitates,
    source: [block.source].flat(),
    reproduce: facts.reproduce,
    file: facts.file,
    line: facts.line,
  };
}

/** What is told of a notification that ends the server, whatever its case looks for. */
function goneWords(summary: string): Pick<Finding, 'title' | 'why' | 'fix'> {
  return {
    title: `The server does not answer any more after this: ${summary}`,
    why: 'One request of anybody ends the server for everybody, and with it the payments that are being booked.',
    fix: "Read the server's log for the error that nobody handled. Let every error of the handler end in a refusal, and not in the end of the process.",
  };
}

/** The hostile notification that tells the most is one that was acknowledged. */
function evidenceOf(observation: Observation, says: string): Evidence {
  const { hostile, control, before, after, settled, callbacks } = observation;
  const forged = hostile.filter(({ authentic }) => !authentic);
  const told = forged.length > 0 ? forged : hostile;
  return {
    says,
    hostile: told.find(({ ack }) => ack === 'SUCCESS') ?? told[0] ?? null,
    control: control ?? null,
    before: before ?? null,
    after: after ?? null,
    settled: settled ?? null,
    callbacks,
  };
}

/** A case of which nothing can be said. */
export function undecidedOf({ ready, verdict }: Outcome): Undecided | undefined {
  return verdict.as === 'undecided' ? leftOut(ready.audited, verdict) : undefined;
}

/** A case that was not reached. */
export function unreached({ audited }: ReadyCase, why: string): Undecided {
  return leftOut(audited, { why, fix: 'Run it again.' });
}
