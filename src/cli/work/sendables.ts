/** Prepared steps and targets → what the runner sends. */
import type { SafeTarget } from '../../delivery/guard.ts';
import { v2 } from '../../protocol/v2/index.ts';
import type { StepFacts } from '../../run/events.ts';
import type { Prepared, PreparedNotification, PreparedStep } from '../../run/prepared.ts';
import type { ReadyStep, RunnableStep, Sendable } from '../../run/sendable.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import { safeTarget, targetWarnings, type TargetPermission } from './target.ts';

export interface Aimed {
  readonly steps: readonly RunnableStep[];
  /** Where the first notification goes; the first call, when there is none. */
  readonly target: string;
  readonly warnings: readonly Problem[];
}

/** Checks every target once, and aims every step at its own. Calls are checked again when their URL is known. */
export async function aim(
  cli: Cli,
  prepared: Prepared,
  permission: TargetPermission & { /** Why there may be none. */ readonly hint: string },
): Promise<Result<Aimed>> {
  const targets = new Map<string, SafeTarget>();
  for (const url of new Set(prepared.steps.flatMap(urlsOf))) {
    if (url === undefined) return fail(noTarget(permission.hint));
    const target = await safeTarget(cli, url, permission);
    if (!target.ok) return target;
    targets.set(url, target.value);
  }
  const hosts = [...permission.hosts, ...[...targets.values()].map(({ url }) => url.hostname)];
  const late = { ...cli, interactive: false }; // what was not asked before is not asked in the middle
  const steps = runnable(prepared, {
    safeTarget: async (url) => {
      const known = targets.get(url);
      return known ? succeed(known) : safeTarget(late, url, { ...permission, hosts });
    },
  });
  const notified = prepared.steps.filter(({ does }) => does === 'notify').flatMap(urlsOf)[0];
  const warnings = [...targets.values()].flatMap(targetWarnings);
  return succeed({ steps, target: notified ?? [...targets.keys()][0] ?? '', warnings });
}

function urlsOf(step: PreparedStep): readonly (string | undefined)[] {
  if (step.does === 'notify') return [step.target];
  return step.does === 'call' ? [step.url] : [];
}

/** Makes a URL one that may be sent to. */
interface Aiming {
  readonly safeTarget: (url: string) => Promise<Result<SafeTarget>>;
}

/** The steps as the runner takes them: each is filled in just before it runs. */
export function runnable(prepared: Prepared, aiming: Aiming): readonly RunnableStep[] {
  const walk = prepared.walk();
  return prepared.steps.map((standIn): RunnableStep => {
    const { step } = standIn;
    return {
      facts: factsOf(standIn, prepared),
      always: step.always,
      delay_ms: step.delay_ms,
      ready: async () => {
        const next = walk.next(step);
        return next.ok ? readyStep(next.value, prepared, aiming) : next;
      },
      learn: walk.learn,
    };
  });
}

async function readyStep(step: PreparedStep, prepared: Prepared, aiming: Aiming): Promise<Result<ReadyStep>> {
  if (step.does === 'run') return succeed({ does: 'run', command: step });
  const target = await aiming.safeTarget((step.does === 'call' ? step.url : step.target) ?? '');
  if (!target.ok) return target;
  if (step.does === 'call') return succeed({ does: 'call', call: { prepared: step, target: target.value } });
  return succeed({ does: 'notify', sendable: toSendable(step, prepared, target.value) });
}

function factsOf(prepared: PreparedStep, { scenario, steps }: Prepared): StepFacts {
  const { step } = prepared;
  const { line, col } = scenario.place(step.path);
  return {
    number: step.number,
    title: step.name ?? titleOf(prepared),
    kind: step.does === 'notify' ? step.kind.id : step.does,
    target: urlsOf(prepared)[0] ?? '',
    times: prepared.does === 'notify' ? prepared.times : 1,
    of: steps.length,
    at: `${scenario.file}:${line}:${col}`,
  };
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

/** What tells a notification's subject, by kind: an order, a contract, a product. */
const ORDER_NAMES = [
  'out_trade_no',
  'combine_out_trade_no',
  'out_order_no',
  'contract_code',
  'product_id',
  'plate_number',
];

/** One step, aimed. */
function toSendable(prepared: PreparedNotification, flow: Prepared, target: SafeTarget): Sendable {
  const { step, sent, request, times, concurrency, every_ms, timeout_ms, expect } = prepared;
  const { scenario, seed, credentials } = flow;
  const out_trade_no = ORDER_NAMES.map((name) => sent[name]).find((number) => number !== undefined) ?? null;
  const { refund_fee, total_fee = null } = sent;
  return {
    facts: { ...factsOf(prepared, flow), target: target.url.href },
    scenario: scenario.name,
    seed,
    out_trade_no,
    amount: refund_fee ?? total_fee,
    authentic: step.tamper === undefined,
    request,
    target,
    times,
    concurrency,
    every_ms,
    timeout_ms,
    expect,
    readAck: (answer) => v2.readAck(answer, step.kind, credentials),
  };
}
