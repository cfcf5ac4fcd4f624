/** What can stand at the cursor: found in the declarations that commander has, with values from `values.ts`. */
import type { Argument, Command, Option } from 'commander';
import type { Cli } from '../context.ts';
import { operandValues, optionValues, type Asking, type Candidate, type Values } from './values.ts';

/** A command line up to the cursor. */
export interface Line {
  /** The words before the one at the cursor, without the program. */
  readonly before: readonly string[];
  /** The word at the cursor, as far as it is there. */
  readonly word: string;
}

/** Lines of a value, a tab and what it is; `:files` at the end when a file can stand there, which shells know better. */
export async function complete(cli: Cli, program: Command, line: Line): Promise<string> {
  const { candidates, files } = await completions(cli, program, line);
  const lines = candidates
    .filter(({ value }) => value.startsWith(line.word) && isOneLine(value))
    .map(({ value, about }) => `${value}\t${oneLine(about)}\n`);
  return [...new Set(lines), ...(files ? [':files\n'] : [])].join('');
}

async function completions(cli: Cli, program: Command, { before, word }: Line): Promise<Values> {
  const called = before.findIndex((text) => !text.startsWith('-'));
  const name = before[called];
  if (name === undefined) return listed(word.startsWith('-') ? options(program) : commands(program));
  const rest = before.slice(called + 1);
  if (name === 'help') return listed(rest.length === 0 ? commands(program) : []);
  const command = program.commands.find((candidate) => candidate.name() === name);
  if (!command) return listed([]);
  const spot = findSpot(command, rest, word);
  const asking: Asking = { cli, command: name, before: rest, word };
  if (spot.at === 'option') return listed(options(command));
  return spot.at === 'value' ? valuesOf(spot, asking) : operandsOf(spot, command, asking);
}

/** What the cursor is at. */
type Spot =
  | { readonly at: 'option' }
  | { readonly at: 'value'; readonly option: Option; readonly prefix: string }
  | { readonly at: 'operand'; readonly argument: Argument | undefined; readonly options: boolean };

function findSpot(command: Command, words: readonly string[], word: string): Spot {
  const { operands, options, awaiting } = follow(command, words);
  if (awaiting?.required) return { at: 'value', option: awaiting, prefix: '' };
  const [prefix = '', name = ''] = /^(--[^=]+)=/.exec(word) ?? [];
  const option = options ? findOption(command, name) : undefined;
  if (option) return { at: 'value', option, prefix };
  if (options && word.startsWith('-')) return { at: 'option' };
  return { at: 'operand', argument: argumentAt(command, operands), options };
}

function argumentAt({ registeredArguments: all }: Command, index: number): Argument | undefined {
  const last = all.at(-1);
  return all[index] ?? (last?.variadic ? last : undefined);
}

/** How far commander is after some words. */
interface Progress {
  readonly operands: number;
  /** Whether options can come yet: `--` ends them. */
  readonly options: boolean;
  /** The option that may take the next word. */
  readonly awaiting: Option | undefined;
}

function follow(command: Command, words: readonly string[]): Progress {
  let now: Progress = { operands: 0, options: true, awaiting: undefined };
  for (const text of words) now = after(command, now, text);
  return now;
}

function after(command: Command, { operands, options, awaiting }: Progress, text: string): Progress {
  if (awaiting && (awaiting.required || !isOption(text))) return { operands, options, awaiting: undefined };
  if (!options || !isOption(text)) return { operands: operands + 1, options, awaiting: undefined };
  return { operands, options: text !== '--', awaiting: findOption(command, text) };
}

function isOption(text: string): boolean {
  return text.startsWith('-') && text !== '-';
}

/** The option of that name, when it takes a value. */
function findOption(command: Command, name: string): Option | undefined {
  return command.options.find(
    ({ long, short, required, optional }) => (long === name || short === name) && (required || optional),
  );
}

async function valuesOf(
  { option, prefix }: { option: Option; prefix: string },
  asking: Asking,
): Promise<Values> {
  const word = asking.word.slice(prefix.length);
  const { candidates, files } = await optionValues(option, { ...asking, word });
  return { candidates: candidates.map(({ value, about }) => ({ value: prefix + value, about })), files };
}

/** The values of an argument, or the options where there is none to give. */
async function operandsOf(
  { argument, options: open }: { argument: Argument | undefined; options: boolean },
  command: Command,
  asking: Asking,
): Promise<Values> {
  const found = argument ? await operandValues(argument, asking) : listed([]);
  const nothing = found.candidates.length === 0 && !found.files && asking.word === '';
  return nothing && open ? listed(options(command)) : found;
}

function commands(program: Command): readonly Candidate[] {
  const visible = program.createHelp().visibleCommands(program);
  return visible.map((command) => ({
    value: command.name(),
    about: command.summary() || command.description(),
  }));
}

function options(command: Command): readonly Candidate[] {
  const visible = command.createHelp().visibleOptions(command);
  return visible.map(({ long, short, description }) => ({ value: long ?? short ?? '', about: description }));
}

function listed(candidates: readonly Candidate[]): Values {
  return { candidates, files: false };
}

/** A name with a control character in it cannot be typed, nor shown safely. */
function isOneLine(text: string): boolean {
  return text !== '' && oneLine(text) === text;
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
