/** A notification against its kind's table. What it finds is worth a warning: tests may break rules on purpose. */
import type { Field, Fields, Notification } from './dialect.ts';
import { allRows, rowOf } from './notification.ts';

/** One broken rule of a field table. */
export interface FieldProblem {
  readonly field: string;
  readonly rule: 'unknown' | 'required' | 'type' | 'length' | 'values' | 'form' | 'sum' | 'space';
  readonly message: string;
  /** Where the rule comes from. */
  readonly source: string;
}

/** Everything that the platform would not send so, in the order of the fields. */
export function validateNotification(notification: Notification): readonly FieldProblem[] {
  const { kind, fields } = notification;
  const problems: FieldProblem[] = [];
  for (const row of allRows(kind)) {
    if (isMissing(row, fields)) {
      problems.push({
        ...about(row, 'required', 'is required, and is missing'),
        source: row.source ?? kind.source,
      });
    }
  }
  for (const [name, value] of Object.entries(fields)) {
    const row = rowOf(kind, name);
    const found = row ? checkValue(row, name, value) : unknown(name, kind.id);
    if (found) problems.push({ ...found, source: row?.source ?? kind.source });
  }
  for (const rule of kind.rules) {
    const message = rule.broken(fields);
    if (message !== undefined) problems.push({ field: rule.name, rule: 'sum', message, source: rule.source });
  }
  return problems;
}

type Found = Omit<FieldProblem, 'source'>;

function isMissing(row: Field, fields: Fields): boolean {
  if (!row.required || Object.hasOwn(fields, row.name)) return false;
  return row.when?.((name) => fields[name]) ?? true;
}

function unknown(field: string, kind: string): Found {
  const message = `${field} is no field of ${kind}; receivers that rebuild the signature from a table refuse it`;
  return { field, rule: 'unknown', message };
}

function checkValue(row: Field, name: string, value: string): Found | undefined {
  const shown = JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  const fail = (rule: Found['rule'], what: string): Found => ({
    field: name,
    rule,
    message: `${name} ${what}`,
  });
  const length = row.unit === 'bytes' ? Buffer.byteLength(value) : Array.from(value).length;
  if (length > row.max) {
    return fail('length', `has ${length} ${row.unit ?? 'characters'}, and at most ${row.max} are allowed`);
  }
  if (!typeTests[row.type].test(value))
    return fail('type', `is ${shown}, which is not ${typeTests[row.type].name}`);
  if (row.values && !row.values.includes(value))
    return fail('values', `is ${shown}, not one of ${row.values.join(', ')}`);
  if (row.pattern && !row.pattern.test(value))
    return fail('form', `is ${shown}, which does not match ${row.pattern.source}`);
  if (value !== value.trim())
    return fail('space', 'begins or ends with white space, which some SDKs trim before verifying');
  return undefined;
}

function about(row: Field, rule: Found['rule'], what: string): Found {
  return { field: row.name, rule, message: `${row.name} ${what}` };
}

const typeTests: Record<Field['type'], { name: string; test(value: string): boolean }> = {
  string: { name: 'text', test: () => true },
  int: { name: 'a whole number', test: (value) => /^(0|[1-9]\d*)$/.test(value) },
  fen: { name: 'an amount in fen (a whole number)', test: (value) => /^(0|[1-9]\d*)$/.test(value) },
  timestamp: {
    name: 'a time as yyyyMMddHHmmss',
    test: (value) => isTime(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, value),
  },
  datetime: {
    name: 'a time as yyyy-MM-dd HH:mm:ss',
    test: (value) => isTime(/^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)$/, value),
  },
};

/** Whether the parts name a moment that exists: no 31 February, no 25 o'clock. */
function isTime(form: RegExp, value: string): boolean {
  const parts = form.exec(value)?.slice(1).map(Number);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const back = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return back.join() === [year, month, day].join() && hour < 24 && minute < 60 && second < 60;
}
