/** What calls and commands may say. */
import * as v from 'valibot';
import { about, CALL, isMessage, limit, name, PATTERN, text } from './schema-parts.ts';

/** What every step of a flow may say. */
export const step = {
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

/** A request to the merchant’s own API. */
export const callStep = v.strictObject({
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

/** A command. */
export const runStep = v.strictObject({
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
