/** The values that options and arguments take. What is read of scenarios and configuration is read when it is asked for. */
import type { Argument, Option } from 'commander';
import { bugs } from '../../merchant/bugs.ts';
import { reporters } from '../../report/reporters.gen.ts';
import type { Cli } from '../context.ts';
import {
  ACK_WORDS,
  AUDIT_REPORTS,
  LISTEN_ANSWERS,
  SEVERITY_WORDS,
  SHELLS,
  VERSIONS,
} from '../option-values.ts';
import { caseNames, lastParts, profileNames, scenarioNames, schemaNames, scenarioTags } from './look.ts';

/** One of them, and what it is. */
export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** What can stand somewhere. */
export interface Values {
  readonly candidates: readonly Candidate[];
  /** Whether a file can stand there. */
  readonly files: boolean;
}

/** What is asked for, and where. */
export interface Asking {
  readonly cli: Cli;
  readonly command: string;
  /** Every word before the cursor. */
  readonly before: readonly string[];
  /** The value at the cursor, as far as it is there. */
  readonly word: string;
}

type Source = (asking: Asking) => readonly Candidate[] | Promise<readonly Candidate[]>;

/** Options by their names; what an option is called is only in its declaration. */
const BY_OPTION: Readonly<Record<string, Source>> = {
  '--scenario': scenarios,
  '--profile': ({ cli, before }) => profileNames(cli, before),
  '--tag': (asking) => inList(asking, ({ cli, before }) => scenarioTags(cli, before)),
  '--kind': kinds,
  '--expect': () => explained(ACK_WORDS),
  '--format': formats,
  '--report': () => explained(AUDIT_REPORTS),
  '--fail-on': () => plain(SEVERITY_WORDS),
  '--only': () => plain(VERSIONS),
  '--case': (asking) => inList(asking, auditCases),
  '--reporter': (asking) => inList(asking, () => plain(Object.keys(reporters))),
  '--schedule': () => plain(['wechat']),
  '--answer': () => plain(LISTEN_ANSWERS),
  '--bug': (asking) => inList(asking, () => explained(bugs)),
  '--tamper': tampers,
};

/** Arguments by their names. */
const BY_ARGUMENT: Readonly<Record<string, Source>> = {
  scenario: scenarios,
  scenarios,
  paths: scenarios,
  kind: kinds,
  shell: () => plain(SHELLS),
  schema: ({ cli }) => schemaNames(cli),
};

/** Where a path can stand as well as a name. */
const PATHS = /^(scenarios?|paths?|file|dir)$/;

/** The values of an option: a list of its own, that of its name, or files. */
export async function optionValues(option: Option, asking: Asking): Promise<Values> {
  const placeholder = /[<[]([\w-]+)/.exec(option.flags)?.[1] ?? '';
  const { long, argChoices } = option;
  const source = argChoices ? () => plain(argChoices) : BY_OPTION[long ?? ''];
  const withFile = /^--report(er)?$/.test(long ?? '') && asking.word.includes('='); // junit=FILE
  return found(await source?.(asking), asking, {
    orFiles: withFile || PATHS.test(placeholder) || long === '--scenario',
  });
}

/** The values of an argument. */
export async function operandValues(argument: Argument, asking: Asking): Promise<Values> {
  const { argChoices } = argument;
  const source = argChoices ? () => plain(argChoices) : BY_ARGUMENT[argument.name()];
  return found(await source?.(asking), asking, { orFiles: PATHS.test(argument.name()) });
}

/** Files stand in where no name begins so. */
function found(
  candidates: readonly Candidate[] = [],
  { word }: Asking,
  { orFiles }: { orFiles: boolean },
): Values {
  const fitting = candidates.filter(({ value }) => value.startsWith(word));
  return { candidates: fitting, files: orFiles && fitting.length === 0 };
}

/** Completes the last of names with commas between them; `!` before one of them stays. */
async function inList(asking: Asking, source: Source): Promise<readonly Candidate[]> {
  const prefix = /^(.*,)?!?/.exec(asking.word)?.[0] ?? '';
  const candidates = await source(asking);
  return candidates.map(({ value, about }) => ({ value: prefix + value, about }));
}

/** Full names, and once something is typed also last parts, which name a scenario as well. */
function scenarios({ cli, before, word, command }: Asking): readonly Candidate[] {
  const all = scenarioNames(cli, command === 'demo' ? undefined : before);
  const parts = word === '' || word.includes('/') ? [] : lastParts(all);
  return [...all, ...parts].filter(({ value }) => value.startsWith(word));
}

/** Names, and once something is typed also last parts, as with scenarios: of those that are cases. */
function auditCases({ cli, before, word }: Asking): readonly Candidate[] {
  const last = word.slice(word.lastIndexOf(',') + 1);
  const all = caseNames(cli, before);
  const parts = last === '' || last.includes('/') ? [] : lastParts(all);
  return [...all, ...parts];
}

async function kinds(): Promise<readonly Candidate[]> {
  const { allKinds } = await import('../../protocol/all-kinds.ts');
  return Object.values(allKinds).map(({ id, summary }) => ({ value: id, about: summary }));
}

async function formats(): Promise<readonly Candidate[]> {
  const { exportFormats } = await import('../../export/index.ts');
  return plain(exportFormats);
}

async function tampers(): Promise<readonly Candidate[]> {
  const { tampers } = await import('../authoring/tampers.ts');
  return tampers.map(({ name, title }) => ({ value: name, about: title }));
}

function plain(values: readonly string[]): readonly Candidate[] {
  return values.map((value) => ({ value, about: '' }));
}

function explained(values: Readonly<Record<string, string>>): readonly Candidate[] {
  return Object.entries(values).map(([value, about]) => ({ value, about }));
}
