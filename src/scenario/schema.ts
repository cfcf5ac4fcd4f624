/** The scenario format as data: the one source of the validator, the JSON Schema and the types. */
import * as v from 'valibot';
import { kinds } from '../protocol/kinds.gen.ts';
import { ciphertextDamages, signDamages } from '../protocol/v2/damage.ts';
import { about, CALL, duration, isMessage, limit, name, PATTERN, text } from './schema-parts.ts';

const kindIds = Object.keys(kinds) as (keyof typeof kinds)[];

const amount = v.pipe(v.number(), v.integer('a whole number'), v.minValue(0, 'at least 0'));
const count = v.pipe(v.number(), v.integer('a whole number'), v.minValue(1, 'at least 1'));
const ack = v.picklist(['SUCCESS', 'FAIL', 'REJECTED', 'NONE']);

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

/** What every step of a flow may say. */
const step = {
  name: about(v.string(), 'What the step is called in reports'),
  when: about(v.picklist(['always']), 'always: also after a step that failed, to clean up'),
  delay: about(limit, 'How long to wait before the step'),
};

/** A value as JSON knows it. Texts in it are templates. */
const json = v.unknown();

const PATTERN_TEXT = 'a /regular expression/ that compiles, with the value in its first group';
const pattern = v.pipe(
  v.string(),
  v.check((value) => PATTERN.test(value) && isMessage(value), PATTERN_TEXT),
);

const capture = v.record(
  name,
  v.union([
    v.pipe(v.string(), v.description('A JSONPath into the answer’s body: $.id')),
    v.strictObject({ json: v.string() }),
    v.strictObject({ header: v.string() }),
    v.strictObject({ xml: v.string() }),
    v.strictObject({ regex: pattern }),
  ]),
);

const callStep = v.strictObject({
  ...step,
  call: v.pipe(
    v.string(),
    v.regex(CALL, 'a method and a URL: GET ${target.origin}/orders/1'),
    v.description('A request to the merchant’s own API: the method and the URL'),
  ),
  headers: about(v.record(v.string(), text), 'Headers of the request'),
  json: v.optional(v.pipe(json, v.description('The body, as JSON'))),
  form: about(v.record(v.string(), text), 'The body, as an HTML form'),
  body: about(v.string(), 'The body, as text'),
  timeout: about(limit, 'How long an answer may take; 10s unless given'),
  capture: about(capture, 'Variables for the steps after this one, out of the answer'),
  expect: about(
    v.strictObject({
      status: about(v.pipe(v.number(), v.integer('a whole number')), 'HTTP status; any 2xx unless given'),
      headers: about(v.record(v.string(), v.string()), 'Headers of the answer; /…/ for a regular expression'),
      json: about(v.record(v.string(), json), 'Values at JSONPaths of the answer'),
      body: about(
        v.pipe(v.string(), v.check(isMessage, 'text, or a /regular expression/ that compiles')),
        'The whole body; /…/ for a regular expression',
      ),
    }),
    'What must come back',
  ),
  eventually: about(limit, 'Try again until the expectations hold, for this long'),
});

const runStep = v.strictObject({
  ...step,
  run: v.pipe(
    v.union([v.string(), v.pipe(v.array(text), v.minLength(1, 'at least the command'))]),
    v.description('A command and its arguments: words, or a list. No shell, unless `shell: true`'),
  ),
  shell: about(v.boolean(), 'Give the command to a shell'),
  env: about(v.record(name, text), 'Variables for the command; it gets no key that is not named here'),
  stdin: about(v.string(), 'What the command reads'),
  timeout: about(limit, 'How long it may take; 30s unless given'),
  capture: about(
    v.record(name, v.union([v.literal('stdout'), pattern])),
    'Variables: `stdout`, trimmed, or a /regular expression/ on it',
  ),
  expect: about(
    v.strictObject({
      exit: about(v.pipe(v.number(), v.integer('a whole number')), 'Exit status; 0 unless given'),
      stdout: about(
        v.pipe(
          text,
          v.transform(String),
          v.check(isMessage, 'text, or a /regular expression/ that compiles'),
        ),
        'What it prints, trimmed; /…/ for a regular expression',
      ),
      stderr: about(
        v.pipe(
          text,
          v.transform(String),
          v.check(isMessage, 'text, or a /regular expression/ that compiles'),
        ),
        'The same for its errors',
      ),
    }),
    'How it must end',
  ),
  eventually: about(limit, 'Run it again until the expectations hold, for this long'),
});

/** One notification: the step's keys stand at the top. */
export const shortForm = v.strictObject({ ...head, ...notify });

const notifyStep = v.strictObject({ ...step, ...notify });

/** The form of a step is told by its first word: a wrong key is then told of that form alone. */
function formOf(input: unknown): typeof notifyStep | typeof callStep | typeof runStep {
  const has = (key: string): boolean =>
    input !== null && typeof input === 'object' && Object.hasOwn(input, key);
  if (has('notify')) return notifyStep;
  if (has('call')) return callStep;
  return has('run') ? runStep : notifyStep;
}

const stepsOf = <T extends v.GenericSchema>(one: T) =>
  v.pipe(v.array(one), v.minLength(1, 'at least one step'), v.description('What is done, in order'));

/** A flow: several steps that share variables. */
export const longForm = v.strictObject({ ...head, steps: stepsOf(v.lazy(formOf)) });

/** Both forms, for the JSON Schema. */
export const scenarioSchema = v.union([
  shortForm,
  v.strictObject({ ...head, steps: stepsOf(v.union([notifyStep, callStep, runStep])) }),
]);

export type ShortForm = v.InferOutput<typeof shortForm>;
export type LongForm = v.InferOutput<typeof longForm>;
export type NotifyForm = v.InferOutput<typeof notifyStep>;
export type CallForm = v.InferOutput<typeof callStep>;
export type RunForm = v.InferOutput<typeof runStep>;
export type StepForm = NotifyForm | CallForm | RunForm;
export type ExpectForm = v.InferOutput<typeof expectation>;
export type TamperForm = v.InferOutput<typeof tamper>;
