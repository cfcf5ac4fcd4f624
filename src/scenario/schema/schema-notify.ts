/** What a notification may say: fields, repeats, damage, expectations. */
import * as v from 'valibot';
import { allKinds } from '../../protocol/all-kinds.ts';
import { sharedTamper, v2Tamper, wireTamper } from './tamper-v2.ts';
import { v3Tamper } from './tamper-v3.ts';
import { about, duration, isMessage, limit, name, names, text } from './schema-parts.ts';
import { ATTEMPTS } from '../timetable.ts';

const kindIds = Object.keys(allKinds) as (keyof typeof allKinds)[];

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

/** `expect` of a notification. */
export const expectation = v.strictObject({
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
  consistent: about(v.boolean(), 'Each of the repeats is answered the same: status, ack and message'),
  p99: about(duration, 'Of a hundred answers, 99 are complete within this time'),
  acknowledged_by: about(
    v.pipe(count, v.maxValue(ATTEMPTS, `${ATTEMPTS} or less: so often the platform tries`)),
    'With `schedule`: the attempt that must have been acknowledged at the latest',
  ),
});

/** `tamper`: what both versions know, and what only one of them does. `check/version.ts` tells them apart. */
export const tamper = v.strictObject({ ...sharedTamper, ...wireTamper, ...v2Tamper, ...v3Tamper });

const fieldValue = v.pipe(
  text,
  v.description('one value; what is nested has dots in its name, as in `amount.total: 1`'),
);

/** The keys of a notification. */
export const notify = {
  notify: v.pipe(v.picklist(kindIds), v.description('The kind of notification')),
  fields: about(
    v.record(name, v.nullable(fieldValue)),
    'Values instead of the generated ones; null leaves a field out',
  ),
  sign_type: about(v.picklist(['MD5', 'HMAC-SHA256']), 'The algorithm, instead of the merchant’s'),
  times: about(count, 'How many copies are sent'),
  concurrency: about(v.pipe(count, v.maxValue(10_000, '10000 or less')), 'How many of them at once'),
  every: about(duration, 'The time between the starts of two copies'),
  jitter: about(limit, 'Up to this long, at random, before each copy'),
  race: about(v.boolean(), 'All copies complete at the server at the same instant; 5 unless `times` says'),
  vary: about(names, 'Fields with a fresh value in each copy, which is signed again: nonce_str'),
  unique: about(v.boolean(), 'So many different orders, instead of so many copies'),
  schedule: about(
    v.picklist(['wechat']),
    'Again and again until acknowledged, on WeChat Pay’s own timetable',
  ),
  speed: about(
    v.pipe(v.number(), v.minValue(1, '1, which is real time, or more'), v.maxValue(1e6, '1000000 or less')),
    'How many times faster than that; 3600: an hour in a second',
  ),
  timeout: about(limit, 'How long an answer may take; 5s, as the platform'),
  tamper: about(
    tamper,
    'What a forger or a fault does after signing; without it a notification is authentic',
  ),
  expect: about(expectation, 'What the merchant must answer; SUCCESS unless tampered with, then REJECTED'),
};
