/** The scenario format as data: the one source of the validator, the JSON Schema and the types. */
import * as v from 'valibot';
import { kinds } from '../protocol/kinds.gen.ts';
import { ciphertextDamages, signDamages } from '../protocol/v2/damage.ts';

const kindIds = Object.keys(kinds) as (keyof typeof kinds)[];

/** A field name that XML can carry. */
export const NAME = /^[A-Za-z_][\w.-]*$/;
/** `/…/`, with flags. */
export const PATTERN = /^\/(.+)\/([a-z]*)$/;
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;

const name = v.pipe(v.string(), v.regex(NAME, 'a name of letters, digits, `_`, `.` and `-`'));
const text = v.union([v.string(), v.number(), v.boolean()]);
const about = <T extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(schema: T, doc: string) =>
  v.optional(v.pipe(schema, v.description(doc)));

const TIME = 'a time with its unit: 500ms, 5s, 2m';
const duration = v.pipe(v.string(TIME), v.regex(DURATION, TIME));
const limit = v.pipe(duration, v.check(isTimerTime, 'between 1ms and 24 days'));
const amount = v.pipe(v.number(), v.integer('a whole number'), v.minValue(0, 'at least 0'));
const count = v.pipe(v.number(), v.integer('a whole number'), v.minValue(1, 'at least 1'));
const ack = v.picklist(['SUCCESS', 'FAIL', 'REJECTED', 'NONE']);

/** Whether a value is plain text, or a `/regular expression/` that is one. */
export function isMessage(message: string): boolean {
  const pattern = PATTERN.exec(message);
  try {
    return !pattern || new RegExp(pattern[1] ?? '', pattern[2]) instanceof RegExp;
  } catch {
    return false;
  }
}

const one = {
  ack: about(
    ack,
    'SUCCESS; FAIL: an explicit FAIL; REJECTED: anything the platform does not count; NONE: no answer',
  ),
  status: about(v.pipe(v.number(), v.integer('a whole number')), 'HTTP status of the answer'),
  message: about(
    v.pipe(v.string(), v.check(isMessage, 'text, or a /regular expression/ that compiles')),
    'return_msg of the answer; /…/ for a regular expression',
  ),
  within: about(duration, 'The answer is complete within this time'),
};

const expectation = v.strictObject({
  ...one,
  every: about(v.strictObject(one), 'What each of the repeats must answer; the same as without `every`'),
  first: about(v.strictObject(one), 'What the first of the repeats must answer, when it differs'),
  acks: about(
    v.strictObject({
      SUCCESS: v.optional(amount),
      FAIL: v.optional(amount),
      INVALID: v.optional(amount),
      REJECTED: v.optional(amount),
      NONE: v.optional(amount),
    }),
    'How many of the repeats answer what',
  ),
});

/** A timer can wait so long. */
function isTimerTime(text: string): boolean {
  const ms = millis(text);
  return ms === undefined || (ms >= 1 && ms < 2 ** 31);
}

const names = v.union([name, v.array(name)]);
const tamper = v.strictObject({
  change: about(v.record(name, text), 'New values for fields, without signing again'),
  drop: about(names, 'Fields to take out'),
  duplicate: about(
    v.union([names, v.record(name, v.nullable(text))]),
    'Fields to say twice, maybe with another value',
  ),
  add: about(v.record(name, text), 'Unsigned fields to put at the end'),
  sign: about(
    v.picklist(Object.keys(signDamages) as (keyof typeof signDamages)[]),
    'What happens to the signature',
  ),
  key: about(text, 'Sign, or encrypt, with this key instead'),
  sign_type: about(v.picklist(['MD5', 'HMAC-SHA256']), 'Sign with this algorithm, whatever the message says'),
  ciphertext: about(
    v.picklist(Object.keys(ciphertextDamages) as (keyof typeof ciphertextDamages)[]),
    'What happens to the encrypted part',
  ),
  body: about(v.string(), 'Send this text instead'),
  headers: about(v.record(v.string(), v.nullable(text)), 'Headers to replace, add, or take out (null)'),
  method: about(
    v.pipe(v.string(), v.regex(/^(?!CONNECT$)[A-Z]+$/, 'a method in capitals, and not CONNECT')),
    'Another HTTP method',
  ),
});

const notify = {
  notify: v.pipe(v.picklist(kindIds), v.description('The kind of notification')),
  fields: about(
    v.record(name, v.nullable(text)),
    'Values instead of the generated ones; null leaves a field out',
  ),
  sign_type: about(v.picklist(['MD5', 'HMAC-SHA256']), 'The algorithm, instead of the merchant’s'),
  times: about(count, 'How many copies are sent'),
  concurrency: about(v.pipe(count, v.maxValue(10_000, '10000 or less')), 'How many of them at once'),
  every: about(duration, 'The time between the starts of two copies'),
  timeout: about(limit, 'How long an answer may take; 5s, as the platform'),
  tamper: about(
    tamper,
    'What a forger or a fault does after signing; without it a notification is authentic',
  ),
  expect: about(expectation, 'What the merchant must answer; SUCCESS unless tampered with, then REJECTED'),
};

const head = {
  summary: about(v.string(), 'One line on what this shows'),
  tags: about(v.array(v.string()), 'Words to select scenarios by'),
  vars: about(v.record(name, text), 'Values for ${name}; one named like a field is that field’s default'),
};

/** One notification: the step's keys stand at the top. */
export const shortForm = v.strictObject({ ...head, ...notify });

const step = v.strictObject({ name: about(v.string(), 'What the step is called in reports'), ...notify });

/** A flow: several steps that share variables. */
export const longForm = v.strictObject({
  ...head,
  steps: v.pipe(v.array(step), v.minLength(1, 'at least one step'), v.description('What is sent, in order')),
});

/** Both forms, for the JSON Schema. */
export const scenarioSchema = v.union([shortForm, longForm]);

export type ShortForm = v.InferOutput<typeof shortForm>;
export type LongForm = v.InferOutput<typeof longForm>;
export type StepForm = v.InferOutput<typeof step>;
export type ExpectForm = v.InferOutput<typeof expectation>;
export type TamperForm = v.InferOutput<typeof tamper>;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `5s`, `2m`, `1h` as milliseconds; `undefined` when it is no such text. */
export function millis(text: string): number | undefined {
  const [, number, unit] = DURATION.exec(text) ?? [];
  return number === undefined || unit === undefined ? undefined : Number(number) * (UNITS[unit] ?? 1);
}
