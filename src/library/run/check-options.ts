/** Whether what a suite is told is of its type. */
import * as v from 'valibot';
import { knownKinds } from '../known-kind.ts';
import { check, scalar } from '../check.ts';
import type { RunOptions } from './options.ts';

const text = v.string('text');
const texts = v.array(text, 'a list of texts');
const values = v.record(text, scalar, 'an object of names and values');

/** A timer can wait so long, in milliseconds. */
const LONGEST = 2 ** 31 - 1;
const TIME = `milliseconds, 1 to ${LONGEST}`;
const time = v.pipe(v.number(TIME), v.minValue(1, TIME), v.maxValue(LONGEST, TIME));

const schema = v.object({
  options: v.strictObject({
    scenarios: v.custom<RunOptions['scenarios']>(isTextOrTexts, 'a name, or a list of names'),
    merchant: v.unknown(),
    deliver: v.optional(v.function('a function that takes a request, and gives its answer')),
    target: v.optional(text),
    targets: v.optional(
      v.strictObject(Object.fromEntries(knownKinds.map((kind) => [kind, v.optional(text)]))),
    ),
    hosts: v.optional(texts),
    set: v.optional(values),
    vars: v.optional(values),
    seed: v.optional(text),
    tags: v.optional(texts),
    retries: v.optional(count(0)),
    workers: v.optional(count(1)),
    timeout_ms: v.optional(time),
    cwd: v.optional(text),
    signal: v.optional(v.instance(AbortSignal, 'an AbortSignal')),
  } satisfies Record<keyof RunOptions, v.GenericSchema>),
});

/**
 * Checks the options of a suite, all of them but the merchant.
 *
 * @throws InputError that says what is known
 */
export function checkRunOptions(options: RunOptions): void {
  check(schema, { options });
}

function count(least: number): v.GenericSchema<number> {
  const words = `a whole number, ${least} or more`;
  return v.pipe(v.number(words), v.safeInteger(words), v.minValue(least, words));
}

function isTextOrTexts(input: unknown): boolean {
  return [input].flat().every((item) => typeof item === 'string');
}
