/** `audit`: what makes a scenario a case of `wxnotify audit`. */
import * as v from 'valibot';
import { about } from './schema-parts.ts';

/** From the worst to the least. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** What a correct handler does with the case. */
export const DUTIES = ['refuse', 'not-credit', 'credit-once', 'accept', 'survive'] as const;

const line = v.pipe(v.string(), v.minLength(1, 'a text'));
const lines = v.union([line, v.array(line)]);
const amount = v.pipe(v.number(), v.integer('a whole number'), v.minValue(1, 'at least 1'));

/** The block. Its texts are read by whoever wrote the handler. */
export const auditBlock = v.strictObject({
  severity: v.pipe(v.picklist(SEVERITIES), v.description('How bad it is when the handler fails')),
  must: v.pipe(
    v.picklist(DUTIES),
    v.description(
      'refuse: neither acknowledge nor credit; not-credit: acknowledge or refuse, and not credit; credit-once: credit exactly once; accept: acknowledge and credit; survive: answer in time, not acknowledge, and go on working',
    ),
  ),
  finding: v.pipe(line, v.description('What somebody could do, or what may happen, when the handler fails')),
  imitates: v.pipe(line, v.description('Who or what would send it')),
  why: v.pipe(line, v.description('What is lost')),
  fix: v.pipe(line, v.description('What to change in the handler')),
  source: v.pipe(lines, v.description('The incident or the document that it comes from')),
  order: about(amount, 'The amount of the order in fen; 100 unless given'),
  orders: about(v.picklist([1, 2]), '2: there is a second order as well, ${other_out_trade_no}'),
  setup: about(
    v.array(v.picklist(['paid', 'refunded', 'closed'])),
    'What happened to the order before: paid, refunded, closed',
  ),
  control: about(
    v.picklist(['same', 'right', 'none']),
    'What is sent afterwards, to see that the handler works: same: the notification without its damage; right: without its own fields as well; none',
  ),
  endpoint: about(
    v.picklist(['v2/payment', 'v2/refund', 'v3']),
    'It is sent to this endpoint, not to its own',
  ),
  dos: about(v.boolean(), 'A size or expansion bomb: only at loopback, or with --allow-dos'),
  oob: about(v.boolean(), '${oob} is a URL of ours, and who asks there has given itself away'),
  reveals: about(v.array(line), 'Texts that an answer must not have'),
});

/** The block as data. */
export type AuditBlock = v.InferOutput<typeof auditBlock>;
