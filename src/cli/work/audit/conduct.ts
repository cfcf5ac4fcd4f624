/** Conducts an audit that is ready: the controls, then the cases of what the handler takes, then the sum. */
import { weigh } from '../../../audit/baseline.ts';
import type { AuditCase } from '../../../audit/case.ts';
import { SEVERITIES, type AuditResult, type Finding, type Passed } from '../../../audit/result.ts';
import type { SuiteEnd } from '../../../run/events.ts';
import type { Cli } from '../../context.ts';
import { deadReason, undecidedOfDead, type Learnt } from './controls-outcome.ts';
import { askControls } from './ask-controls.ts';
import type { ReadyCase, Timing } from './members.ts';
import type { AuditOptions } from './options.ts';
import { findingOf, undecidedOf, unreached } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import { sweep, type Swept, type Sweeping } from './sweep.ts';

/** What is ready to be sent. */
export interface Ready {
  readonly prepared: Prepared;
  readonly cases: readonly ReadyCase[];
  /** Makes cases ready with another timing. */
  readonly build: (cases: readonly AuditCase[], timing: Timing) => Promise<readonly ReadyCase[]>;
}

/** What came of it. `down`: nobody could be connected to. */
export interface Conducted {
  readonly result: AuditResult;
  readonly down: SuiteEnd['down'];
}

/** Sends everything, and sums up. */
export async function conduct(
  cli: Cli,
  ready: Ready,
  { sweeping, options }: { readonly sweeping: Sweeping; readonly options: AuditOptions },
): Promise<Conducted> {
  const began = performance.now();
  const { prepared, cases } = ready;
  const asked = await askControls(cli, ready, sweeping);
  const { learnt, end, sent } = asked;
  const alive = end.down ? [] : cases.filter((one) => deadReason(one, learnt.dead) === undefined);
  const untried = cases.filter((one) => !alive.includes(one));
  const timed = await ready.build(
    alive.map(({ audited }) => audited),
    asked.timing,
  );
  const tried =
    timed.length > 0 ? await sweep(cli, timed, { ...sweeping, words: learnt.words }) : nothing(end);
  const found = [...learnt.findings, ...tried.outcomes.flatMap((outcome) => findingOf(outcome) ?? [])];
  const passed = passedIn(tried, learnt);
  const today = new Date().toISOString().slice(0, 10);
  const result: AuditResult = {
    seed: prepared.seed,
    endpoints: endpointsOf(prepared),
    fail_on: options.failOn,
    ...weigh({ findings: bySeverity(found), passed }, prepared.baseline, today),
    undecided: [
      ...prepared.left,
      ...(end.down
        ? untried.map((one) => unreached(one, 'the target is down'))
        : undecidedOfDead(untried, learnt)),
      ...tried.outcomes.flatMap((outcome) => undecidedOf(outcome) ?? []),
      ...tried.unreached.map(({ ready: one, why }) => unreached(one, why)),
    ],
    passed,
    sent: sent + tried.end.summary.sent,
    duration_ms: Math.round(performance.now() - began),
    interrupted: end.interrupted || tried.end.interrupted,
  };
  return { result, down: end.down };
}

function nothing(end: SuiteEnd): Swept {
  return { outcomes: [], unreached: [], end: { ...end, summary: { ...end.summary, sent: 0 } } };
}

function endpointsOf({ endpoints, controls }: Prepared): Readonly<Record<string, string>> {
  return Object.fromEntries(controls.map(({ about: { kind } }) => [kind.id, endpoints.of(kind.id) ?? '']));
}

function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

function passedIn({ outcomes }: Swept, { passed }: Learnt): readonly Passed[] {
  const stood = outcomes.flatMap(({ ready, verdict }) => (verdict.as === 'passed' ? [ready] : []));
  return [...passed, ...stood].map(({ audited: { scenario, about } }) => ({
    case: scenario.name,
    kind: about.kind.id,
    summary: scenario.summary,
  }));
}

/** The cases of which nothing can be said are no passes. */
export function isDecided({ findings, accepted, passed }: AuditResult): boolean {
  const cases = passed.filter((one) => !one.case.startsWith('control/'));
  return findings.length + accepted.length + cases.length > 0;
}
