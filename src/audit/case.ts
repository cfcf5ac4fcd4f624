/** A case of an audit: a scenario that says what it is to one. */
import type { NotifyStep, Scenario } from '../scenario/scenario.ts';
import type { AuditBlock } from '../scenario/schema/schema-audit.ts';

export interface AuditCase {
  readonly scenario: Scenario;
  readonly block: AuditBlock;
  /** The notification that the case is about: its last one. */
  readonly about: NotifyStep;
}

/** The protocol version. */
export type Version = 'v2' | 'v3';

/** A scenario as a case; `undefined` when it is none. */
export function caseOf(scenario: Scenario): AuditCase | undefined {
  const about = scenario.steps.filter((step) => step.does === 'notify').at(-1);
  return scenario.audit && about ? { scenario, block: scenario.audit, about } : undefined;
}

/** `v2/payment` is of v2. */
export function versionOf(kind: string): Version {
  return kind.startsWith('v3/') ? 'v3' : 'v2';
}

/** The kinds that a case sends: their endpoints must work for it to say anything. */
export function kindsOf({ scenario, block, about }: AuditCase): readonly string[] {
  const sent = scenario.steps.flatMap((step) => (step.does === 'notify' ? [step.kind.id] : []));
  const before = (block.setup ?? []).flatMap((word) => setupKind(word, versionOf(about.kind.id)) ?? []);
  return [...new Set([...sent, ...before])];
}

/** The kind of the notification that brings an order into a state; closing one takes none. */
export function setupKind(
  word: NonNullable<AuditBlock['setup']>[number],
  version: Version,
): string | undefined {
  if (word === 'closed') return undefined;
  const kinds = {
    v2: { paid: 'v2/payment', refunded: 'v2/refund' },
    v3: { paid: 'v3/transaction', refunded: 'v3/refund' },
  };
  return kinds[version][word];
}

/** The amount of the order, in fen. */
export function amountOf({ order = 100 }: AuditBlock): number {
  return order;
}
