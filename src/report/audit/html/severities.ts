/** How severities look on the page, and what they mean. */
import type { Severity } from '../../../audit/result.ts';

export interface SeverityStyle {
  readonly label: string;
  /** The class that colours it. */
  readonly tone: string;
  readonly meaning: string;
}

export const SEVERITY_STYLE: Readonly<Record<Severity, SeverityStyle>> = {
  critical: {
    label: 'Critical',
    tone: 'critical',
    meaning: 'Somebody without a key gets goods, money or files.',
  },
  high: {
    label: 'High',
    tone: 'failed',
    meaning: 'Money is lost, or orders are wrong, under conditions that do occur.',
  },
  medium: {
    label: 'Medium',
    tone: 'flaky',
    meaning: 'Orders stay unpaid or the service suffers; or one more mistake makes it worse.',
  },
  low: { label: 'Low', tone: 'refused', meaning: 'Not as it should be, and of little harm by itself.' },
};
