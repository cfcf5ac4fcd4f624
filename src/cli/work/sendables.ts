/** Prepared steps and targets → what the runner sends. */
import type { SafeTarget } from '../../delivery/guard.ts';
import type { Fields, Source } from '../../protocol/dialect.ts';
import type { StepFacts } from '../../run/events.ts';
import { capturedNames } from '../../run/prepare/set.ts';
import { subjectOf } from '../../run/prepare/subject.ts';
import { seededSource } from '../../run/source.ts';
import type { Prepared, PreparedNotification, PreparedStep } from '../../run/prepare/prepared.ts';
import type { ReadyStep, RunnableStep, Sendable } from '../../run/sendable.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { isForged } from '../../scenario/tampered.ts';
import type { Cli } from '../context.ts';
import { safeTarget, targetWarnings, type TargetPermission } from './target.ts';

export interface Aimed {
  readonly steps: readonly RunnableStep[];
  /** Where notifications go. */
  readonly targets: readonly SafeTarget[];
  /** Where the first notification goes; the first call, when there is none. */
  readonly target: string;
  readonly warnings: readonly Problem[];
}

export interface AimPermission extends TargetPermission {
  /** Why there may be no target. */
  readonly hint: string;
  /** Targets that were checked before, for the same settings; those that are checked now join them. */
  readonly known?: Map<string, SafeTarget>;
}

/** Checks every target once, and aims every step at its own. Calls are checked again when their URL is known. */
export async function aim(cli: Cli, prepared: Prepared, permission: AimPermission): Promise<Result<Aimed>> {
  const { known: targets = new Map<string, SafeTarget>() } = permission;
  for (const { url, late } of urlsOf(prepared)) {
    if (url === undefined) return fail(noTarget(permission.hint));
    const target = targets.has(url) ? undefined : await safeTarget(cli, url, permission);
    if (target?.ok) targets.set(url, target.value);
    else if (target && !late) return target;
  }
  // a host that was only near stays one: it is looked up again
  const allowed = [...targets.values()].filter(({ privateOnly }) => !privateOnly);
  const hosts = [...permission.hosts, ...allowed.map(({ url }) => url.hostname)];
  const late = { ...cli, interactive: false }; // what was not asked before is not asked in the middle
  const steps = runnable(prepared, {
    safeTarget: async (url) => {
      const known = targets.get(url);
      return known ? succeed(known) : safeTarget(late, url, { ...permission, hosts });
    },
  });
  const notified = new Set(prepared.steps.map((step) => (step.does === 'notify' ? step.target : undefined)));
  return succeed({ steps, ...aimedAt(notified, targets) });
}

function aimedAt(
  notified: ReadonlySet<string | undefined>,
  known: ReadonlyMap<string, SafeTarget>,
): Omit<Aimed, 'steps'> {
  const targets = [...known].flatMap(([url, target]) => (notified.has(url) ? [target] : []));
  const target = [...notified].find((url) => url !== undefined) ?? [...known.keys()][0] ?? '';
  return { targets, target, warnings: targets.flatMap(targetWarnings) };
}

interface StepUrl {
  readonly url: string | undefined;
  /** What is checked now may not be the real one. */
  readonly late: boolean;
}

function urlsOf({ steps }: Prepared): readonly StepUrl[] {
  return steps.flatMap((step): readonly StepUrl[] => {
    if (step.does === 'notify') return [{ url: step.target, late: false }];
    return step.does === 'call' ? [step] : [];
  });
}

/** Makes a URL one that may be sent to. */
interface Aiming {
  readonly safeTarget: (url: string) => Promise<Result<SafeTarget>>;
}

/** The steps as the runner takes them, to be run once: each is filled in just before it runs, when anything is captured. */
export function runnable(prepared: Prepared, aiming: Aiming): readonly RunnableStep[] {
  const walk = capturedNames(prepared.scenario).length > 0 ? prepared.walk() : undefined;
  return prepared.steps.map((standIn): RunnableStep => {
    const { step } = standIn;
    return {
      facts: factsOf(standIn, prepared),
      always: step.always,
      delay_ms: step.delay_ms,
      group: step.does === 'notify' ? step.group : undefined,
      ready: async () => {
        const next = walk?.next(step) ?? succeed(standIn);
        return next.ok ? readyStep(next.value, prepared, aiming) : next;
      },
      learn: (captured) => walk?.learn(captured),
    };
  });
}

async function readyStep(step: PreparedStep, prepared: Prepared, aiming: Aiming): Promise<Result<ReadyStep>> {
  const facts = factsOf(step, prepared);
  if (step.does === 'run') return succeed({ does: 'run', facts, command: step });
  const target = await aiming.safeTarget(targetText(step));
  if (!target.ok) return target;
  if (step.does === 'call')
    return succeed({ does: 'call', facts, call: { prepared: step, target: target.value } });
  return succeed({ does: 'notify', sendable: toSendable(step, prepared, target.value) });
}

function factsOf(prepared: PreparedStep, { scenario, steps }: Prepared): StepFacts {
  const { step } = prepared;
  const here = step.path.length === 0 ? scenario.place(['notify'], 'key') : scenario.place(step.path);
  const { file, line, col } = here;
  return {
    number: step.number,
    title: ('name' in prepared ? prepared.name : step.name) ?? titleOf(prepared),
    kind: step.does === 'notify' ? step.kind.id : step.does,
    target: targetText(prepared),
    times: prepared.does === 'notify' ? prepared.repeats.times : 1,
    repeats: repeatsOf(prepared),
    of: steps.length,
    at: `${file}:${line}:${col}`,
  };
}

function repeatsOf(prepared: PreparedStep): StepFacts['repeats'] {
  if (prepared.does !== 'notify') return 'copies';
  if (prepared.repeats.schedule) return 'schedule';
  return prepared.copies?.isOrders === true ? 'orders' : 'copies';
}

function targetText(prepared: PreparedStep): string {
  if (prepared.does === 'run') return '';
  return (prepared.does === 'call' ? prepared.url : prepared.target) ?? '';
}

function titleOf(prepared: PreparedStep): string {
  if (prepared.does === 'notify') return prepared.step.kind.id;
  if (prepared.does === 'run') return prepared.argv.join(' ');
  const { step, url } = prepared;
  return `${step.method} ${URL.canParse(url) ? new URL(url).pathname : url}`;
}

function noTarget(hint: string): Problem {
  const fix =
    'Pass --target http://127.0.0.1:8080/notify, set WXNOTIFY_TARGET, or write `target:` into a profile. `wxnotify demo` needs none.';
  return {
    code: 'no-target',
    message: 'there is no target to send to',
    fix: `${hint}${fix}`,
  };
}

/** One step, aimed. */
function toSendable(prepared: PreparedNotification, flow: Prepared, target: SafeTarget): Sendable {
  const { step, sent, repeats, timeout_ms, expect, readAck } = prepared;
  const { scenario, seed } = flow;
  const { jitter_ms, ...rest } = repeats;
  return {
    facts: { ...factsOf(prepared, flow), target: target.url.href },
    scenario: scenario.name,
    seed,
    out_trade_no: subjectOf(sent),
    amount: amountOf(sent),
    authentic: !isForged(step.tamper),
    request: prepared.resign?.() ?? prepared.request,
    target,
    ...rest,
    nextCopy: nextCopy(prepared),
    laterCopy: laterCopy(prepared),
    jitter:
      jitter_ms === 0 ? undefined : jitterOf(jitter_ms, seededSource(seed).fork(`jitter ${step.number}`)),
    timeout_ms,
    expect,
    readAck,
  };
}

/** The amount that a notification tells of, under the name that its version has for it. */
function amountOf(sent: Fields): string | null {
  const names = ['refund_fee', 'total_fee', 'amount.refund', 'amount.total'];
  return sent[names.find((name) => sent[name] !== undefined) ?? ''] ?? null;
}

/** Copies differ in what varies, and where each delivery is signed anew. */
function nextCopy({ sent, copies, resign }: PreparedNotification): Sendable['nextCopy'] {
  if (copies) {
    return () => {
      const { subject, request } = copies.next();
      return { request, out_trade_no: subject };
    };
  }
  return resign && (() => ({ request: resign(), out_trade_no: subjectOf(sent) }));
}

function laterCopy({ sent, copies, resignLater }: PreparedNotification): Sendable['laterCopy'] {
  if (!copies) {
    return resignLater && (async () => ({ request: await resignLater(), out_trade_no: subjectOf(sent) }));
  }
  const { later } = copies;
  if (!later) return undefined;
  return async () => {
    const { subject, request } = await later();
    return { request, out_trade_no: subject };
  };
}

/** The same seed waits as long again. */
function jitterOf(most: number, source: Source): (attempt: number) => number {
  return (attempt) => ((source.fork(String(attempt)).bytes(1)[0] ?? 0) / 255) * most;
}
