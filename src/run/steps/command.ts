/** A `run` step: a command, without a shell unless asked for, and without our keys. */
import type { CommandFacts } from '../events.ts';
import { judgeCommand } from '../judge-step.ts';
import type { CapturedValue, PreparedCommand } from '../prepared.ts';
import type { Outcome } from './call.ts';
import { captureAll } from './capture.ts';
import { runChild, type Ended } from './child.ts';
import { untilItHolds } from './eventually.ts';

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
  tools: CommandTools,
): Promise<Outcome<CommandFacts>> {
  const { step, argv, expect } = prepared;
  const { shell, timeout_ms } = step;
  const { cwd, signal } = tools;
  const env = { ...tools.env, ...prepared.env };
  const stdin = prepared.stdin ?? '';
  return untilItHolds({ eventually_ms: step.eventually_ms, signal: tools.signal }, async (tries) => {
    const ended = await runChild({ argv, shell, cwd, env, stdin, timeout_ms, signal });
    const wrong = judgeCommand(ended, expect);
    const { values, reasons } = captureAll(step.captures, { body: ended.stdout, headers: {} });
    const facts = commandFacts(prepared, ended, { tries, values, mask: tools.mask });
    return { facts, reasons: wrong.length > 0 ? wrong : reasons, captured: values };
  });
}

interface Telling {
  readonly tries: number;
  readonly values: ReadonlyMap<string, CapturedValue>;
  readonly mask: (text: string) => string;
}

function commandFacts(
  { argv }: PreparedCommand,
  ended: Ended,
  { tries, values, mask }: Telling,
): CommandFacts {
  const { exit, stdout, stderr, error, ms } = ended;
  return {
    does: 'run',
    argv: argv.map(mask),
    exit,
    stdout: mask(stdout),
    stderr: mask(stderr),
    error,
    tries,
    captured: Object.fromEntries([...values].map(([name, { text }]) => [name, mask(text)])),
    duration_ms: Math.round(ms * 100) / 100,
  };
}
