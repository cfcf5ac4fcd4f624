/** What `keys` takes: options of its own for each action. */
import type { PemName } from '../option-values.ts';
import type { CommonOptions } from '../options.ts';

/** Of `keys new`. */
export interface MakeOptions extends CommonOptions {
  readonly force?: true;
  readonly rotate?: true;
  readonly apiV3Key?: true;
}

/** Of `keys show`. */
export interface ShowOptions extends CommonOptions {
  readonly pem?: PemName;
}

/** Of `keys serve`. */
export interface ServeOptions extends CommonOptions {
  readonly port?: number;
}
