/** Prepared steps and targets → what the runner sends. */
import type { SafeTarget } from '../../delivery/guard.ts';
import { v2 } from '../../protocol/v2/index.ts';
import type { Prepared, PreparedStep } from '../../run/prepare.ts';
import type { Sendable } from '../../run/sendable.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import { safeTarget, targetWarnings, type TargetPermission } from './target.ts';

export interface Aimed {
  readonly sendables: readonly Sendable[];
  readonly warnings: readonly Problem[];
}

/** Checks every target once, and aims every step at its own. */
export async function aim(
  cli: Cli,
  prepared: Prepared,
  permission: TargetPermission & { /** Why there may be none. */ readonly hint: string },
): Promise<Result<Aimed>> {
  const targets = new Map<string, SafeTarget>();
  for (const url of new Set(prepared.steps.map(({ target }) => target))) {
    if (url === undefined) return fail(noTarget(permission.hint));
    const target = await safeTarget(cli, url, permission);
    if (!target.ok) return target;
    targets.set(url, target.value);
  }
  const sendables = prepared.steps.flatMap((step) => {
    const target = targets.get(step.target ?? '');
    return target ? [toSendable(step, prepared, target)] : [];
  });
  return succeed({ sendables, warnings: [...targets.values()].flatMap(targetWarnings) });
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
export function toSendable(
  prepared: PreparedStep,
  { scenario, seed, steps, credentials }: Prepared,
  target: SafeTarget,
): Sendable {
  const { step, sent, request, times, concurrency, every_ms, timeout_ms, expect } = prepared;
  const { line, col } = scenario.place(step.path);
  const out_trade_no = ORDER_NAMES.map((name) => sent[name]).find((number) => number !== undefined) ?? null;
  const { refund_fee, total_fee = null } = sent;
  return {
    facts: {
      number: step.number,
      title: step.name ?? step.kind.id,
      kind: step.kind.id,
      target: target.url.href,
      times,
      of: steps.length,
      at: `${scenario.file}:${line}:${col}`,
    },
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
