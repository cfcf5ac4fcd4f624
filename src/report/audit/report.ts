/** What a report of an audit is: a function of its result to text. */
import type { ChalkInstance } from 'chalk';
import type { AuditResult } from '../../audit/result.ts';

/** A place in the repository of whoever runs it. */
export interface AuditPlace {
  /** Relative to the root of the repository, with `/`. */
  readonly uri: string;
  readonly line: number;
}

export interface AuditReportOptions {
  readonly chalk: ChalkInstance;
  /** Findings only. */
  readonly quiet: boolean;
  /** Requests and answers in full, and what passed. */
  readonly verbose: boolean;
  readonly version: string;
  /** Where the audit is configured. */
  readonly place: AuditPlace;
  /** The exit status. */
  readonly exit: number;
}

export type AuditReport = (result: AuditResult, options: AuditReportOptions) => string;
