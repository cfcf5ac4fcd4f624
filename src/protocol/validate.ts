/** A notification against its kind's table. What it finds is worth a warning: tests may break rules on purpose. */
import type { AnyKind, Field, Fields, Notification } from './dialect.ts';
import { entriesOf, inEntryOf } from './names.ts';
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
export function validateNotification(notification: Notification<AnyKind>): readonly FieldProblem[] {
  return [...missingFields(notification), ...wrongValues(notification), ...brokenRules(notification)];
}

function missingFields({ kind, fields }: Notification<AnyKind>): readonly FieldProblem[] {
  const given = Object.keys(fields);
  return allRows(kind)
    .filter((row) => row.required)
    .flatMap((row) => entriesOf([row.name], given).map((name) => [name, row] as const))
    .filter(([name, row]) => !Object.hasOwn(fields, name) && isSent(name, row, fields))
    .map(([name, row]) => {
      const message = `${name} is required, and is missing`;
      return { field: name, rule: 'required', message, source: row.source ?? kind.source };
    });
}

/** Whether the field exists at all with these other values. */
function isSent(name: string, row: Field, fields: Fields): boolean {
  return row.when?.((other) => fields[inEntryOf(name, other)]) ?? true;
}

function wrongValues({ kind, fields }: Notification<AnyKind>): readonly FieldProblem[] {
  return Object.entries(fields).flatMap(([field, value]): readonly FieldProblem[] => {
    const row = rowOf(kind, field);
    if (!row) return [{ field, rule: 'unknown', message: unknownField(field, kind.id), source: kind.source }];
    if (!isSent(field, row, fields)) return [misplaced(field, row, kind.source)];
    const broken = valueRules.find(({ holds }) => !holds(row, value));
    if (!broken) return [];
    const message = `${field} ${broken.says(row, value)}`;
    return [{ field, rule: broken.rule, message, source: row.source ?? kind.source }];
  });
}

/** There, and only sent with other values of other fields. */
function misplaced(field: string, row: Field, source: string): FieldProblem {
  const message = `${field} is not sent together with the other values here: ${row.doc}`;
  return { field, rule: 'sum', message, source: row.source ?? source };
}

function brokenRules({ kind, fields }: Notification<AnyKind>): readonly FieldProblem[] {
  return kind.rules.flatMap(({ name, broken, source }): readonly FieldProblem[] => {
    const message = broken(fields);
    return message === undefined ? [] : [{ field: name, rule: 'sum', message, source }];
  });
}

/** In API v2 every field is signed by its name, in API v3 the bytes are. */
function unknownField(field: string, kind: string): string {
  const refused = kind.startsWith('v2/')
    ? 'receivers that rebuild the signature from a table refuse it'
    : 'receivers know nothing of it';
  return `${field} is no field of ${kind}; ${refused}`;
}

interface ValueRule {
  readonly rule: FieldProblem['rule'];
  readonly holds: (row: Field, value: string) => boolean;
  readonly says: (row: Field, value: string) => string;
}

/** What a row says about a value, in the order in which it is told. */
const valueRules: readonly ValueRule[] = [
  {
    rule: 'length',
    holds: (row, value) => lengthOf(row, value) <= row.max,
    says: (row, value) =>
      `has ${lengthOf(row, value)} ${row.unit ?? 'characters'}, and at most ${row.max} are allowed`,
  },
  {
    rule: 'type',
    holds: (row, value) => types[row.type].test(value),
    says: (row, value) => `is ${shown(value)}, which is not ${types[row.type].name}`,
  },
  {
    rule: 'values',
    holds: (row, value) => row.values?.includes(value) ?? true,
    says: (row, value) => `is ${shown(value)}, not one of ${row.values?.join(', ') ?? ''}`,
  },
  {
    rule: 'form',
    holds: (row, value) => row.pattern?.test(value) ?? true,
    says: (row, value) => `is ${shown(value)}, which is not ${row.form ?? row.pattern?.source ?? ''}`,
  },
  {
    rule: 'space',
    holds: (_, value) => value === value.trim(),
    says: () => 'begins or ends with white space, which some SDKs trim before verifying',
  },
];

function lengthOf({ unit }: Field, value: string): number {
  return unit === 'bytes' ? Buffer.byteLength(value) : Array.from(value).length;
}

function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

const wholeNumber = (value: string): boolean => /^(0|[1-9]\d*)$/.test(value);

const types: Record<Field['type'], { readonly name: string; readonly test: (value: string) => boolean }> = {
  string: { name: 'text', test: () => true },
  int: { name: 'a whole number', test: wholeNumber },
  fen: { name: 'an amount in fen (a whole number)', test: wholeNumber },
  boolean: { name: 'true or false', test: (value) => value === 'true' || value === 'false' },
  json: { name: 'JSON', test: isJson },
  timestamp: {
    name: 'a time as yyyyMMddHHmmss',
    test: (value) => /^\d{14}$/.test(value) && isMoment(value),
  },
  datetime: {
    name: 'a time as yyyy-MM-dd HH:mm:ss',
    test: (value) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(value) && isMoment(value.replace(/\D/g, '')),
  },
  time: {
    name: 'a time as yyyy-MM-ddTHH:mm:ss+08:00',
    test: (value) =>
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/.test(value) &&
      isMoment(value.slice(0, 19).replace(/\D/g, '')),
  },
};

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** Whether 14 digits name a moment that exists: no 31 February, no 25 o'clock. */
function isMoment(digits: string): boolean {
  const iso = digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6.000Z');
  const moment = new Date(iso);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === iso;
}
