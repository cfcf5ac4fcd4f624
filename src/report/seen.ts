/** What the reference merchant saw: one line for people, one for programs. */
import type { ChalkInstance } from 'chalk';
import { jsonLine } from './json-text.ts';
import { yuan } from './money.ts';
import { printable } from './printable.ts';

/** A notification that arrived, as its reporter needs it. */
export interface SeenFacts {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly said: 'SUCCESS' | 'FAIL';
  readonly answered: number | 'cut' | 'too-late';
  readonly handled: {
    readonly ok: boolean;
    readonly message: string;
    readonly kind: string | undefined;
    readonly booking: string | undefined;
    readonly checks: readonly { readonly step: string; readonly ok: boolean; readonly saw: string }[];
    readonly fields: Readonly<Record<string, string>>;
  };
}

/** For people. */
export function seenText(
  { body, said, answered, handled }: SeenFacts,
  chalk: ChalkInstance,
  verbose: boolean,
): string {
  const { ok, message, kind, booking, checks, fields } = handled;
  const mark = ok ? chalk.green('✓') : chalk.red('✗');
  const fee = FEES.map((name) => fields[name]).find((value) => value !== undefined);
  const answer = typeof answered === 'string' ? unanswered[answered] : `answered ${said} (HTTP ${answered})`;
  const parts = [
    kind ?? 'not a notification',
    fee && yuan(fee),
    fields['out_trade_no'],
    bookings[booking ?? ''] ?? (ok ? 'verified' : message),
    chalk.dim(answer),
  ];
  const line = `${mark} ${parts.filter(Boolean).join('  ')}`;
  if (!verbose) return `${keepColours(line)}\n`;
  const steps = checks.map(
    (check) => `    ${check.ok ? chalk.green('✓') : chalk.red('✗')} ${check.step}: ${check.saw}`,
  );
  return `${[line, ...steps, `    ${body}`].map(keepColours).join('\n')}\n`;
}

/** What money moves, under the names that the versions have for it. */
const FEES = ['refund_fee', 'total_fee', 'amount.refund', 'amount.total'];

const unanswered = { cut: 'connection cut', 'too-late': 'not answered: the sender had gone' } as const;

/** A request that cannot be a notification. */
export function strayText({ method, path, status }: StrayFacts, chalk: ChalkInstance): string {
  const line = `${chalk.red('✗')} ${method} ${path}  not a notification  ${chalk.dim(`answered HTTP ${status}`)}`;
  return `${keepColours(line)}\n`;
}

export interface StrayFacts {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What a merchant did with a verified notification. */
const bookings: Readonly<Record<string, string>> = {
  done: 'booked',
  already: 'a copy: not booked again',
  lost: 'forgotten',
};

/** For programs: one JSON document a line. */
export function seenJson({ method, path, body, said, answered, handled }: SeenFacts): string {
  const { ok, message, kind = null, booking = null, checks, fields } = handled;
  return jsonLine({
    schema: 'wxnotify/1',
    method,
    path,
    kind,
    ok,
    message,
    booking,
    said,
    answered,
    checks,
    fields,
    body,
  });
}

/** Makes a line printable, but for the colours that were put in here. */
function keepColours(line: string): string {
  return line
    .split(/(\u001b\[\d+m)/)
    .map((part, index) => (index % 2 === 1 ? part : printable(part)))
    .join('');
}
