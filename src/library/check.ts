/** Arguments against their schemas: tests are often JavaScript, where no compiler has looked. */
import * as v from 'valibot';
import { unwritable } from '../protocol/v2/write-xml.ts';
import { explainIssues } from '../scenario/check/issue.ts';
import { NAME } from '../scenario/schema/schema-parts.ts';
import type { YamlFile } from '../scenario/yaml/yaml.ts';
import { InputError } from './input-error.ts';

/** Text, or what becomes text without a doubt. */
export const scalar = v.custom<string | number | boolean>(isScalar, 'text, a number, or true or false');

/** The algorithms there are. */
export const signType = v.picklist(['MD5', 'HMAC-SHA256']);

const name = v.pipe(v.string(), v.regex(NAME, 'a name of letters, digits, `_`, `.` and `-`'));

const value = v.pipe(
  v.custom<string | number | boolean | null | undefined>(
    (input) => input === null || input === undefined || isScalar(input),
    'text, a number, true or false, or null',
  ),
  v.check(
    (input) => notXml(input) === undefined,
    ({ input }) => `text without ${notXml(input) ?? ''}`,
  ),
  v.description('a value instead of the generated one; null leaves the field out'),
);

/** Fields of a message: what is no name, or no value that XML can carry, would make no message. */
export const fields = v.record(name, value, 'an object of names and values');

/** How the values of an argument are spoken of. */
export interface Said {
  /** Values may be secrets: messages do not quote them. */
  readonly hidden?: true;
}

/**
 * Checks arguments, by their names.
 *
 * @throws InputError that names the argument, and says what it must be
 */
export function check(schema: v.GenericSchema, args: object, said: Said = {}): void {
  const parsed = v.safeParse(schema, args);
  if (parsed.success) return;
  const nowhere = { file: '', line: 0, col: 0 };
  const source: YamlFile = {
    file: '',
    value: args,
    place: () => nowhere,
    exact: () => undefined,
    ...said,
  };
  const problems = explainIssues(parsed.issues, schema, source);
  throw new InputError(problems.map(({ code, message, fix }) => ({ code, message, fix: fixOf(fix) })));
}

/** What scenario files are pointed to, and where options are told of. */
function fixOf(fix: string): string {
  return fix.startsWith('See docs') ? 'See docs/library.md.' : fix;
}

function isScalar(input: unknown): input is string | number | boolean {
  return typeof input === 'string' || typeof input === 'boolean' || Number.isFinite(input);
}

/** A character that XML cannot carry, in words. */
function notXml(input: unknown): string | undefined {
  const character = unwritable(String(input));
  return character && `${character}, which XML cannot carry`;
}
