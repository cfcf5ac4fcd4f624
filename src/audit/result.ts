/** What an audit comes to: the only thing of it that reports may import. Secrets are masked before a result is made. */
import type { RequestFacts } from '../run/events.ts';
import type { AuditBlock } from '../scenario/schema/schema-audit.ts';

export { SEVERITIES } from '../scenario/schema/schema-audit.ts';

/** From critical, which is the worst, to low. */
export type Severity = AuditBlock['severity'];

/** What was answered to one notification. */
export interface AnswerFacts {
  readonly request: RequestFacts;
  /** `null` when there was none. */
  readonly status: number | null;
  readonly body: string;
  /** SUCCESS, FAIL or INVALID, as the platform reads it; `null` when there was none. */
  readonly ack: string | null;
  /** Why there was none. */
  readonly error: string | null;
  readonly duration_ms: number;
  /** In fen, when the notification has one. */
  readonly amount: string | null;
  /** Whether the notification was left as the platform would send it. */
  readonly authentic: boolean;
}

/** What the merchant's own API said of the order, in its words. */
export interface StateFacts {
  readonly paid_count?: string;
  readonly status?: string;
  readonly refunded?: string;
}

/** What was seen in one case. */
export interface Evidence {
  /** One sentence: what the handler did. */
  readonly says: string;
  /** The hostile notification that tells the most, and its answer. */
  readonly hostile: AnswerFacts | null;
  /** The authentic one after it. */
  readonly control: AnswerFacts | null;
  /** The order before, after the hostile notification, and after the authentic one; `null` when nobody looked. */
  readonly before: StateFacts | null;
  readonly after: StateFacts | null;
  readonly settled: StateFacts | null;
  /** What asked at our listener: `GET /…`. */
  readonly callbacks: readonly string[];
}

/** A defect that a case showed. */
export interface Finding {
  /** The name of the scenario: `hostile/signature/missing-signature`. */
  readonly case: string;
  readonly severity: Severity;
  /** What somebody could do. */
  readonly title: string;
  /** The kind of notification: `v2/payment`. */
  readonly kind: string;
  readonly evidence: Evidence;
  readonly imitates: string;
  readonly why: string;
  readonly fix: string;
  /** Where one can read more. */
  readonly source: readonly string[];
  /** The command that tries it alone. */
  readonly reproduce: string;
  /** The file of the scenario, and the line where it begins. */
  readonly file: string;
  readonly line: number;
}

/** A finding that somebody has accepted, for a time. */
export interface AcceptedFinding extends Finding {
  readonly reason: string;
  /** `2027-01-31`: the last day on which it is accepted. */
  readonly expires: string;
}

/** A case of which nothing can be said. */
export interface Undecided {
  readonly case: string;
  readonly kind: string;
  readonly title: string;
  readonly why: string;
  /** What to configure, or to look at. */
  readonly fix: string;
}

/** A case that the handler stood. */
export interface Passed {
  readonly case: string;
  readonly kind: string;
  readonly summary: string;
}

export interface AuditResult {
  readonly seed: string;
  /** The endpoint of each version or kind that was audited. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly fail_on: Severity;
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  readonly undecided: readonly Undecided[];
  readonly passed: readonly Passed[];
  readonly sent: number;
  readonly duration_ms: number;
  readonly interrupted: boolean;
  /** Entries of the baseline that accept nothing any more: expired, or mended. */
  readonly stale: readonly string[];
}

/** Whether a severity is as bad as another, or worse. */
export function isAtLeast(severity: Severity, limit: Severity, order: readonly Severity[]): boolean {
  return order.indexOf(severity) <= order.indexOf(limit);
}
