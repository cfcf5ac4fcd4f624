/** A kind's field table, for people. */
import type { ChalkInstance } from 'chalk';
import { printable } from './printable.ts';

/** One row of the table. */
export interface FieldFacts {
  readonly name: string;
  readonly title: string;
  /** `outer` stands in the message, `encrypted` in the part of it that is. */
  readonly part: 'outer' | 'encrypted';
  readonly required: boolean;
  /** Whether it exists only with some values of others. */
  readonly conditional: boolean;
  readonly type: string;
  readonly length: { readonly max: number; readonly unit: 'characters' | 'bytes' };
  readonly values: readonly string[] | null;
  /** What the value must look like, in words. */
  readonly form: string | null;
  readonly example: string | null;
  readonly meaning: string;
  readonly source: string;
}

export interface KindFacts {
  readonly kind: string;
  readonly title: string;
  readonly summary: string;
  readonly seal: string;
  readonly answer: string;
  readonly source: string;
  readonly fields: readonly FieldFacts[];
}

/** The table, a few lines a field: it is to be read, and searched with grep. */
export function fieldsText(
  { kind, title, summary, source, fields }: KindFacts,
  chalk: ChalkInstance,
): string {
  const width = Math.max(...fields.map(({ name }) => name.length));
  const head = `${chalk.bold(kind)}  ${title}\n${summary}\n${chalk.dim(source)}\n\n`;
  return head + fields.map((field) => fieldText(field, { width, source, chalk })).join('');
}

interface Layout {
  readonly width: number;
  /** The kind's own source, which is not repeated. */
  readonly source: string;
  readonly chalk: ChalkInstance;
}

function fieldText(field: FieldFacts, { width, source, chalk }: Layout): string {
  const { name, title, type, length, values, form, example, meaning } = field;
  const indent = ' '.repeat(width + 2);
  const facts = [
    need(field),
    type,
    `at most ${length.max} ${length.unit}`,
    ...(form === null ? [] : [form]),
    ...(field.part === 'encrypted' ? ['encrypted'] : []),
  ];
  const lines = [
    `${chalk.bold(name.padEnd(width))}  ${facts.join(', ')}`,
    `${indent}${meaning} (${title})`,
    ...(values === null ? [] : [`${indent}values   ${values.join(', ')}`]),
    ...(example === null ? [] : [`${indent}example  ${printable(shorten(example))}`]),
    ...(field.source === source ? [] : [`${indent}source   ${field.source}`]),
  ];
  return `${lines.join('\n')}\n`;
}

function need({ required, conditional }: FieldFacts): string {
  if (!required) return 'optional';
  return conditional ? 'required where it applies' : 'required';
}

function shorten(example: string): string {
  return example.length > 100 ? `${example.slice(0, 99)}…` : example;
}
