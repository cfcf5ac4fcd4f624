/** What a command may touch of the world outside. */
import type { ChalkInstance } from 'chalk';
import type { Problem } from '../scenario/problem.ts';

/** A stream as `process` has them. */
export interface Streams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export type Env = Readonly<Record<string, string | undefined>>;

export interface Cli {
  readonly streams: Streams;
  readonly env: Env;
  readonly cwd: string;
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether somebody sits there who could be asked. */
  readonly interactive: boolean;
  /** Where the built program keeps what it ships: `scenarios/` is in it. */
  readonly home: string;
  /** What is never written, wherever it comes from: grows as settings are read. */
  readonly secrets: Set<string>;
  /** Takes every secret out of a text. */
  readonly mask: (text: string) => string;
  /** Results: one JSON document. */
  readonly json: (document: object) => void;
  /** Results. */
  readonly out: (text: string | Uint8Array) => void;
  /** Progress and diagnostics. */
  readonly err: (text: string) => void;
}

/** How a command ended; `exit.ts` makes a status of it. */
export type Ending =
  | { readonly as: 'done' }
  | { readonly as: 'problems'; readonly problems: readonly Problem[] }
  | {
      readonly as: 'ran';
      readonly failed: boolean;
      readonly undelivered: boolean;
      readonly interrupted: boolean;
    };

export const done: Ending = { as: 'done' };

/** Ends a command because of what the user wrote or configured. */
export function stopped(problems: readonly Problem[]): Ending {
  return { as: 'problems', problems };
}

/** Colours as the stream, `NO_COLOR`, `FORCE_COLOR` and `--no-color` allow. */
export async function colours(cli: Cli, stream: 'stdout' | 'stderr', wanted = true): Promise<ChalkInstance> {
  const { Chalk } = await import('chalk');
  return new Chalk({ level: wanted && hasColour(cli, stream) ? 1 : 0 });
}

function hasColour({ env, streams }: Cli, stream: 'stdout' | 'stderr'): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env as Record<
    'NO_COLOR' | 'FORCE_COLOR' | 'TERM',
    string | undefined
  >;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return streams[stream].isTTY && TERM !== 'dumb';
}
