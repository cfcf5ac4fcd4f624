/** What a user said of a new scenario, as flags or as answers, becomes a draft; or what is wrong with it. */
import type { SomeKind } from '../../protocol/all-kinds.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { suggest } from '../../scenario/suggest.ts';
import type { CommonOptions } from '../options.ts';
import type { AckName } from '../option-values.ts';
import { findKind } from '../work/kinds.ts';
import { summaryOf, type Draft } from './draft.ts';
import { tampers, type Tamper } from './tampers.ts';

/** What `new` takes, and what it asks for. */
export interface NewOptions extends CommonOptions {
  readonly kind?: string;
  readonly name?: string;
  readonly summary?: string;
  readonly times?: number;
  readonly race?: true;
  readonly tamper?: readonly string[];
  readonly expect?: AckName;
  readonly force?: true;
}

/** A draft, and the name that it gets. */
export interface Named {
  readonly name: string;
  readonly draft: Draft;
}

/** Makes a draft of answers that are complete. */
export function draftOf(answers: NewOptions): Result<Named> {
  const { kind: kindName, name: given } = answers;
  if (kindName === undefined || given === undefined) return fail(incomplete(answers));
  const kind = findKind(kindName);
  if (!kind.ok) return kind;
  const name = given.replace(/\.ya?ml$/i, '');
  const wrong = wrongName(name);
  if (wrong) return fail(wrong);
  const tamper = tamperOf(answers.tamper ?? [], kind.value);
  return tamper.ok ? succeed({ name, draft: fillIn(answers, kind.value, tamper.value) }) : tamper;
}

function fillIn(answers: NewOptions, kind: SomeKind, tamper: Draft['tamper']): Draft {
  const { set: fields = {}, times, race = false, summary = '' } = answers;
  const { expect = tamper ? 'REJECTED' : 'SUCCESS' } = answers;
  const draft = { kind, fields, times, race, tamper, expect };
  return { ...draft, summary: summary.trim() === '' ? summaryOf(draft) : summary };
}

function incomplete({ kind, name }: NewOptions): Problem {
  const missing = [...(kind === undefined ? ['--kind'] : []), ...(name === undefined ? ['--name'] : [])];
  return {
    code: 'usage',
    message: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing, and nobody is here to be asked`,
    fix: 'As in: `wxnotify new --kind v2/payment --name payment/mine --set total_fee=100`. `wxnotify fields` lists the kinds.',
  };
}

/** A name of which each part can be a file everywhere, and be typed without quotes. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]*(\/[\p{L}\p{N}][\p{L}\p{N}._-]*)*$/u;

/** What is wrong with the name of a scenario. */
export function wrongName(name: string): Problem | undefined {
  if (NAME.test(name)) return undefined;
  const fix = 'Use letters, digits, `-`, `_` and `.`, with `/` between folders: payment/mine.';
  return { code: 'bad-value', message: `${JSON.stringify(name)} cannot be the name of a scenario`, fix };
}

/** The damage of names and of `part=value`. */
function tamperOf(texts: readonly string[], kind: SomeKind): Result<Draft['tamper']> {
  const titles: string[] = [];
  let damage: Tamper = {};
  for (const text of texts) {
    const row = tampers.find(({ name }) => name === text);
    const part = row ? row.of(kind) : partOf(text);
    if (!part) return fail(row ? harmless(text, kind) : unknownTamper(text));
    if (row) titles.push(row.title);
    damage = merge(damage, part);
  }
  return succeed(texts.length === 0 ? undefined : { titles, damage });
}

/** `sign=drop`, `change.total_fee=1`: a key of `tamper`, and what stands below it. */
function partOf(text: string): Tamper | undefined {
  const [, part = '', below, value = ''] = /^([a-z_]+)(?:\.([^=]+))?=(.*)$/s.exec(text) ?? [];
  if (part === '') return undefined;
  return { [part]: below === undefined ? value : { [below]: value } };
}

function merge(one: Tamper, other: Tamper): Tamper {
  const both = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const there = both[name];
    both[name] = typeof there === 'object' && typeof value === 'object' ? { ...there, ...value } : value;
  }
  return both;
}

function harmless(name: string, { id }: SomeKind): Problem {
  return {
    code: 'bad-value',
    message: `${name} does nothing to a ${id}`,
    fix: `\`wxnotify show\` and docs/scenarios.md have more of \`tamper\`; \`forged\` fits every kind.`,
  };
}

function unknownTamper(text: string): Problem {
  const names = tampers.map(({ name }) => name);
  const fix = `${suggest(text, names)} Or a part of \`tamper\`, as sign=drop or change.total_fee=1.`;
  return { code: 'bad-value', message: `there is no damage \`${text}\``, fix };
}
