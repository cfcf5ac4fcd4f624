/** What a file in `commands/` exports: a declaration that loads quickly, and work that loads what it needs. */
import type { Command } from 'commander';
import type { Cli, Ending } from './context.ts';

/** Runs a command's work and keeps how it ended. */
export type Act = (work: (cli: Cli) => Promise<Ending>) => Promise<void>;

/** A command: what the list of commands shows, and its declaration, which is made only when it is called. */
export interface CommandFile {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  /** Called by programs: no list of commands shows it. */
  readonly hidden?: true;
  readonly declare: (command: Command, act: Act) => void;
}

/** Examples below a command's help. */
export function examples(...lines: readonly (readonly [command: string, does: string])[]): string {
  return section('Examples', lines, '  # ');
}

/** The names that an option takes, below a command's help. */
export function explained(title: string, names: Readonly<Record<string, string>>): string {
  return section(title, Object.entries(names), '  ');
}

function section(
  title: string,
  lines: readonly (readonly [name: string, does: string])[],
  between: string,
): string {
  const width = Math.max(...lines.map(([name]) => name.length));
  const text = lines.map(([name, does]) => `  ${name.padEnd(width)}${between}${does}`);
  return `\n${title}:\n${text.join('\n')}\n`;
}
