/** What is expected of a text: the text itself, or a `/regular expression/`. What it is, is told by what the file says. */
import { fill, hasTemplate, type Filled, type Scope } from './template.ts';
import { PATTERN } from '../schema/schema-parts.ts';

/** A regular expression, as a scenario writes it. */
export class Pattern {
  readonly source: string;
  readonly flags: string;

  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags;
  }

  /** Throws when it does not compile. */
  toRegExp(): RegExp {
    return new RegExp(this.source, this.flags);
  }

  toString(): string {
    return `/${this.source}/${this.flags}`;
  }
}

/** The exact text, or what it must match. */
export type Expected = string | Pattern;

/** Reads an expectation as it is written. `\/a/` is the text `/a/`. */
export function readExpected(text: string): Expected {
  const [, source, flags = ''] = PATTERN.exec(text) ?? [];
  if (source !== undefined) return new Pattern(source, flags);
  return /^\\+\//.test(text) ? text.slice(1) : text;
}

/** Fills in an expectation; in a regular expression, what is filled in stands for itself. */
export function fillExpected(text: string, scope: Scope): Filled<Expected> {
  const expected = readExpected(text);
  if (typeof expected === 'string')
    return hasTemplate(expected) ? fill(expected, scope) : { ok: true, text: expected };
  const source = fill(expected.source, scope, literally);
  return source.ok ? { ok: true, text: new Pattern(source.text, expected.flags) } : source;
}

/** Digits and letters stand for themselves wherever they are: `.{${count}}` counts. */
function literally(value: string): string {
  return value.replace(/[\u0000-\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u007f]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}
