/** What an audit is about to do, before it does it. */
import { printableLine } from '../printable.ts';

export interface PlanFacts {
  readonly endpoints: readonly string[];
  readonly cases: number;
  /** Cases that cannot be tried. */
  readonly left: number;
  readonly requests: number;
  /** Requests a second at most. */
  readonly rate: number;
}

/** A line or two for stderr. */
export function planText({ endpoints, cases, left, requests, rate }: PlanFacts): string {
  const where = endpoints.map(printableLine).join(', ');
  const without = left > 0 ? ` ${left} more cannot be tried, as the report says.` : '';
  return `auditing ${where}: ${cases} ${cases === 1 ? 'case' : 'cases'}, ${requests} requests, at most ${rate} a second.${without}\n`;
}
