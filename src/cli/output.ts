/** The streams as commands use them. */
import { jsonText } from '../report/json-text.ts';
import type { Cli, Env, Streams } from './context.ts';
import { homeFolder } from './home.ts';
import { masker } from './mask.ts';

/** What became of the output. */
export interface Output {
  /** Why results could not be written; undefined when all is well, or whoever read them has stopped. */
  lost: string | undefined;
}

export interface World {
  readonly streams: Streams;
  readonly env: Env;
  readonly cwd: string;
  readonly signal: AbortSignal;
  readonly output: Output;
}

/** Streams are touched only when they are used: opening all three takes longer than many a command. */
export function createCli({ streams, env, cwd, signal, output }: World): Cli {
  const secrets = new Set<string>();
  const mask = (text: string): string => masker([...secrets])(text);
  const err = createWriter(
    () => streams.stderr,
    mask,
    () => undefined,
  );
  const out = createWriter(
    () => streams.stdout,
    mask,
    ({ code, message }) => {
      if (code === 'EPIPE' || output.lost !== undefined) return; // `wxnotify list | head`
      output.lost = message;
      process.exitCode = 2; // the status may have been decided before the stream noticed
      err(`error: results cannot be written: ${message}\n`);
    },
  );
  return {
    streams,
    env,
    cwd,
    signal,
    get interactive() {
      return streams.stdin.isTTY && streams.stderr.isTTY && (env['CI'] ?? '') === '';
    },
    home: homeFolder(),
    secrets,
    mask,
    out,
    json: (document) => out(jsonText(document)),
    err,
  };
}

function createWriter(
  open: () => NodeJS.WriteStream,
  mask: (text: string) => string,
  onError: (error: NodeJS.ErrnoException) => void,
): (text: string | Uint8Array) => void {
  let stream: NodeJS.WriteStream | undefined;
  return (text) => {
    if (text.length === 0) return;
    stream ??= open().on('error', onError);
    stream.write(typeof text === 'string' ? mask(text) : text);
  };
}
