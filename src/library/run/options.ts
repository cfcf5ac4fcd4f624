/** What a suite in a test is told. */
import type { Deliver } from '../../delivery/in-process/handed.ts';
import type { KnownKind } from '../known-kind.ts';
import type { MerchantOptions } from '../merchant.ts';

/** A value of a variable or a field. */
export type Value = string | number | boolean;

/** What is run, as whom, and how requests get to the handler: `target` or `deliver`, or both. */
export interface RunOptions {
  /**
   * What `wxnotify run` takes: names (`payment/paid`), groups of names (`payment`), files, folders, and globs of both
   * (`ci/*.yaml`).
   */
  readonly scenarios: string | readonly string[];
  /** With the keys of the versions that the scenarios are of. */
  readonly merchant: MerchantOptions;
  /** Takes the requests instead of a network: calls `app.inject` or the like. Races and loads are calls at once. */
  readonly deliver?: Deliver | undefined;
  /**
   * Where requests go: a URL at loopback, a private address, or a host of `hosts`. With `deliver`, any URL, or a path;
   * `/notify` unless given.
   */
  readonly target?: string | undefined;
  /** Other places for single kinds. */
  readonly targets?: Readonly<Partial<Record<KnownKind, string>>> | undefined;
  /** Hosts that may be sent to although they are public. WeChat Pay’s own may not. */
  readonly hosts?: readonly string[] | undefined;
  /** Fields and variables, as `--set`. What means something to none of the scenarios is an error. */
  readonly set?: Readonly<Record<string, Value>> | undefined;
  /** Variables of scenarios, as those of a profile: where your API is, and what it calls things. */
  readonly vars?: Readonly<Record<string, Value>> | undefined;
  /** Any text; makes every generated value, and every byte, repeatable. */
  readonly seed?: string | undefined;
  /** `['smoke', '!slow']`: those with one of these tags, and with none that has a `!`. */
  readonly tags?: readonly string[] | undefined;
  /** How often what failed is run again; 0 unless given. What passes then is `flaky`. */
  readonly retries?: number | undefined;
  /** How many scenarios at once; 8 unless given. */
  readonly workers?: number | undefined;
  /** How long a complete answer may take, in milliseconds; 5000, as the platform, unless given. */
  readonly timeout_ms?: number | undefined;
  /** What paths are relative to, and where `scenarios/` is; the working directory unless given. */
  readonly cwd?: string | undefined;
  /** Stops the suite: what was done is still in the document, which is then `interrupted`. */
  readonly signal?: AbortSignal | undefined;
}
