/** The small parts that scenario files are made of. */
import * as v from 'valibot';
import { isReserved } from '../fill/template.ts';

/** A field name that XML can carry. */
export const NAME = /^[A-Za-z_][\w.-]*$/;
/** `/…/`, with flags that say something here. */
export const PATTERN = /^\/(.+)\/([dimsuvy]*)$/;
/** `GET url`. */
export const CALL = /^([A-Z]{3,10})\s+(\S.*)$/;
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

/** A name. */
export const name = v.pipe(v.string(), v.regex(NAME, 'a name of letters, digits, `_`, `.` and `-`'));
/** A name of a variable: the others are known to templates already. */
export const variable = v.pipe(
  name,
  v.check(
    (text) => !isReserved(text),
    'a name of one’s own: `env.…`, `merchant.…`, `random.…`, `now.…` and `target.…` are built in',
  ),
);
/** A scalar, as people write them. */
export const text = v.union([v.string(), v.number(), v.boolean()]);
/** A name, or several. */
export const names = v.union([name, v.array(name)]);
/** An optional key, and what it means. */
export const about = <T extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(
  schema: T,
  doc: string,
) => v.optional(v.pipe(schema, v.description(doc)));

const TIME = 'a time with its unit: 500ms, 5s, 2m';
/** `500ms`, `5s`. */
export const duration = v.pipe(v.string(TIME), v.regex(DURATION, TIME));
/** A duration that a timer can wait. */
export const limit = v.pipe(duration, v.check(isTimerTime, 'between 1ms and 24 days'));
/** Whether a value is plain text, or a `/regular expression/` that is one. */
export function isMessage(message: string): boolean {
  const [, source, flags] = PATTERN.exec(message) ?? [];
  return source === undefined || ['0', '9'].some((digit) => compiles(filledIn(source, digit), flags));
}

function compiles(source: string, flags: string | undefined): boolean {
  try {
    return new RegExp(source, flags) instanceof RegExp;
  } catch {
    return false;
  }
}

/** A digit may stand wherever a value will: `.{1,${count}}`. */
function filledIn(source: string, digit: string): string {
  return source.replace(/\$\$\{|\$\{[^}]*\}/g, (template) => (template === '$${' ? '${' : digit));
}

/** A timer can wait so long. */
function isTimerTime(text: string): boolean {
  const ms = millis(text);
  return ms === undefined || (ms >= 1 && ms < 2 ** 31);
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `5s`, `2m`, `1h` as milliseconds; `undefined` when it is no such text. */
export function millis(text: string): number | undefined {
  const [, number, unit] = DURATION.exec(text) ?? [];
  return number === undefined || unit === undefined ? undefined : Number(number) * (UNITS[unit] ?? 1);
}
