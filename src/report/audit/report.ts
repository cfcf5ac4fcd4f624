/** What a report of an audit is: a function of its result to text. */
import type { ChalkInstance } from 'chalk';
import type { AuditResult } from '../../audit/result.ts';

export interface AuditReportOptions {
  readonly chalk: ChalkInstance;
  /** Findings only. */
  readonly quiet: boolean;
  /** Requests and answers in full, and what passed. */
  readonly verbose: boolean;
  readonly version: string;
  /** The exit status. */
  readonly exit: number;
}

export type AuditReport = (result: AuditResult, options: AuditReportOptions) => string;
