/** Conducts an audit that is ready: the controls, then the cases of what the handler takes, then the sum. */
import type { AuditResult, Finding, Passed } from '../../../audit/result.ts';
import { SEVERITIES } from '../../../audit/result.ts';
import type { SuiteEnd } from '../../../run/events.ts';
import type { Cli } from '../../context.ts';
import { deadReason, learn, undecidedOfDead, type Learnt } from './controls-outcome.ts';
import type { ReadyCase } from './members.ts';
import type { AuditOptions } from './options.ts';
import { findingOf, undecidedOf, unreached } from './outcome.ts';
import type { Prepared } from './prepare.ts';
import { sweep, type Swept, type Sweeping } from './sweep.ts';

/** What is ready to be sent. */
export interface Ready {
  readonly prepared: Prepared;
  readonly controls: readonly ReadyCase[];
  readonly cases: readonly ReadyCase[];
}

/** What came of it. `down`: nobody could be connected to, and nothing was sent. */
export interface Conducted {
  readonly result: AuditResult;
  readonly down: SuiteEnd['down'];
}

/** Sends everything, and sums up. */
export async function conduct(
  cli: Cli,
  { prepared, controls, cases }: Ready,
  { sweeping, options }: { readonly sweeping: Sweeping; readonly options: AuditOptions },
): Promise<Conducted> {
  const began = performance.now();
  const asked = await sweep(cli, controls, sweeping);
  const { probes, words } = prepared.audit;
  const { isNamed } = prepared.endpoints;
  const learnt = learn(asked.outcomes, { words, hasOrders: probes.create_order !== undefined, isNamed });
  const { down } = asked.end;
  const alive = down ? [] : cases.filter((ready) => deadReason(ready, learnt.dead) === undefined);
  const tried =
    alive.length > 0 ? await sweep(cli, alive, { ...sweeping, words: learnt.words }) : nothingTried(asked);
  const untried = down ? cases : cases.filter((ready) => !alive.includes(ready));
  const result: AuditResult = {
    seed: prepared.seed,
    endpoints: endpointsOf(prepared, controls),
    fail_on: options.failOn,
    findings: bySeverity([
      ...learnt.findings,
      ...tried.outcomes.flatMap((outcome) => findingOf(outcome) ?? []),
    ]),
    accepted: [],
    stale: [],
    undecided: [
      ...prepared.left,
      ...(down
        ? untried.map((ready) => unreached(ready, 'the target is down'))
        : undecidedOfDead(untried, learnt)),
      ...tried.outcomes.flatMap((outcome) => undecidedOf(outcome) ?? []),
      ...tried.unreached.map(({ ready, why }) => unreached(ready, why)),
    ],
    passed: passedIn(tried, learnt),
    sent: asked.end.summary.sent + (tried === asked ? 0 : tried.end.summary.sent),
    duration_ms: Math.round(performance.now() - began),
    interrupted: asked.end.interrupted || tried.end.interrupted,
  };
  return { result, down };
}

function nothingTried(asked: Swept): Swept {
  return { outcomes: [], unreached: [], end: { ...asked.end, summary: { ...asked.end.summary, sent: 0 } } };
}

function endpointsOf(
  { endpoints }: Prepared,
  controls: readonly ReadyCase[],
): Readonly<Record<string, string>> {
  const kinds = controls.map(({ audited }) => audited.about.kind.id);
  return Object.fromEntries(kinds.map((kind) => [kind, endpoints.of(kind) ?? '']));
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
