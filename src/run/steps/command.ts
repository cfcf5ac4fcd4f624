/** A `run` step: a command, without a shell unless asked for, and without our keys. */
import type { CommandFacts } from '../events.ts';
import { judgeCommand } from '../judge-step.ts';
import type { PreparedCommand } from '../prepare/prepared.ts';
import type { Outcome } from './call.ts';
import { captureAll, materialOf } from './capture.ts';
import { OUTPUT_LIMIT, runChild, type Ended } from './child.ts';
import { untilItHolds } from './eventually.ts';
import { roundMs, tellCaptured, tellReasons } from './tell.ts';

export interface CommandTools {
  readonly mask: (text: string) => string;
  readonly signal: AbortSignal;
  /** What the command inherits: no key is in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** Runs the command. */
export async function runCommand(
  prepared: PreparedCommand,
  { mask, signal, cwd, env: inherited }: CommandTools,
): Promise<Outcome<CommandFacts>> {
  const { step, argv, expect, captures } = prepared;
  const { shell, eventually_ms, timeout_ms, until } = step;
  const env = { ...inherited, ...prepared.env };
  const stdin = prepared.stdin ?? '';
  return untilItHolds({ eventually_ms, timeout_ms, signal, until }, async (one) => {
    const ended = await runChild({ argv, shell, cwd, env, stdin, timeout_ms: one.timeout_ms, signal });
    const material = materialOf(ended.stdout);
    const wrong = judgeCommand(ended, expect);
    const { values, reasons } = captureAll(captures, material);
    const captured = tellCaptured({ captures, material, values, mask });
    const facts = commandFacts(prepared, ended, { tries: one.tries, captured, mask });
    const told = tellReasons(wrong.length > 0 ? wrong : reasons, mask);
    return { facts, reasons: told, captured: values };
  });
}

interface Telling {
  readonly tries: number;
  readonly captured: Readonly<Record<string, string>>;
  readonly mask: (text: string) => string;
}

function commandFacts(
  { argv, env, stdin }: PreparedCommand,
  ended: Ended,
  { tries, captured, mask }: Telling,
): CommandFacts {
  const { exit, stdout, stderr, error, ms } = ended;
  return {
    does: 'run',
    argv: argv.map(mask),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, mask(value)])),
    stdin: stdin === undefined ? null : mask(stdin),
    exit,
    stdout: outputText(stdout, mask),
    stderr: outputText(stderr, mask),
    error,
    tries,
    captured,
    duration_ms: roundMs(ms),
  };
}

/** What was cut off may end with a part of a key. */
function outputText(output: string, mask: CommandTools['mask']): string {
  const text = mask(output);
  return output.length < OUTPUT_LIMIT ? text : text.slice(0, -LONGEST_KEY);
}

const LONGEST_KEY = 4096;
