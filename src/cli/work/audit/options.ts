/** What `audit` takes. */
import type { Severity } from '../../../audit/result.ts';
import type { Version } from '../../../audit/case.ts';
import type { CommonOptions, SendingOptions } from '../../options.ts';
import type { ReporterChoice } from '../run/options.ts';

export interface AuditOptions extends CommonOptions, Pick<SendingOptions, 'timeout' | 'cacert' | 'insecure'> {
  /** Names, last parts of names, or groups. */
  readonly case?: readonly string[];
  readonly tag?: readonly string[];
  readonly only?: Version;
  readonly list?: true;
  /** Requests a second. */
  readonly rate?: number;
  readonly workers: number;
  readonly allowDos?: true;
  /** `HOST` or `HOST:PORT`. */
  readonly oobHost?: string;
  readonly failOn: Severity;
  readonly baseline?: string;
  readonly report?: readonly ReporterChoice[];
}
