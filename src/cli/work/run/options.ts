/** What `run` takes. */
import type { CommonOptions, SendingOptions } from '../../options.ts';
import type { Shard } from '../../../run/suite/select.ts';

export interface RunOptions extends CommonOptions, Pick<SendingOptions, 'timeout' | 'cacert' | 'insecure'> {
  readonly tag?: readonly string[];
  readonly grep?: RegExp;
  readonly onlyFailed?: true;
  readonly shard?: Shard;
  readonly passWithNoScenarios?: true;
  readonly strict?: true;
  readonly list?: true;
  readonly watch?: true;
  readonly shuffle?: true;
  readonly bail?: number;
  readonly retries: number;
  readonly repeat: number;
  readonly workers: number;
  /** Milliseconds. */
  readonly wait?: number;
  readonly reporter?: readonly ReporterChoice[];
}

/** A reporter, and the file that it writes; stdout without one. */
export interface ReporterChoice {
  readonly name: string;
  readonly file: string | undefined;
}
