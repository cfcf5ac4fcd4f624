/** The sentence and the next step for everything that can be wrong: total by type, so a new code needs its words. */
import type { DeliveryFacts, Reason } from '../run/events.ts';
import { staleText } from './stale.ts';

export interface Words {
  readonly expected: string;
  readonly actual: string;
  /** What to check next. */
  readonly next: string;
}

type Table = {
  readonly [C in Reason['code']]: (reason: Extract<Reason, { code: C }>, delivery?: DeliveryFacts) => Words;
};

/** A reason in words; the delivery, when there is one, makes the next step more exact. */
export function wordsFor(reason: Reason, delivery?: DeliveryFacts): Words {
  const say = table[reason.code] as (reason: Reason, delivery?: DeliveryFacts) => Words;
  return say(reason, delivery);
}

/** One line for a reason. */
export function sentence(reason: Reason): string {
  const { expected, actual } = wordsFor(reason);
  return `expected ${expected}, got ${actual}`;
}

const expectations: Readonly<Record<string, string>> = {
  SUCCESS: 'SUCCESS',
  FAIL: 'an explicit FAIL',
  REJECTED: 'a refusal (anything but SUCCESS)',
  NONE: 'no answer',
};

const table: Table = {
  ack: (reason, delivery) => ({
    expected: expectations[reason.expected] ?? reason.expected,
    actual: reason.why === '' ? reason.actual : `${reason.actual}: ${reason.why}`,
    next: afterAck(reason, delivery),
  }),
  header: ({ name, expected, actual }) => ({
    expected: `the header ${name}: ${expected}`,
    actual,
    next: 'Compare with the headers of the answer (--verbose shows them).',
  }),
  json: ({ name, expected, actual }) => ({
    expected: `${name} is ${expected}`,
    actual,
    next: isMore(expected, actual) ? BOOKED_TWICE : NOT_THERE_YET,
  }),
  capture: ({ name, expected, actual }) => ({
    expected: `${name} at ${expected}`,
    actual,
    next: 'Later steps could not know the variable. Compare with the answer below.',
  }),
  body: ({ expected, actual }) => ({ expected, actual, next: 'Compare with the body of the answer.' }),
  exit: ({ expected, actual }) => ({
    expected: `exit status ${expected}`,
    actual: typeof actual === 'number' ? `exit status ${actual}` : actual,
    next:
      typeof actual === 'number'
        ? 'Run the command by hand, from the same folder; its output is below.'
        : 'Its output so far is below. `timeout` gives a command longer than 30s.',
  }),
  start: ({ expected, actual }) => ({
    expected,
    actual,
    next: 'Is the command there, and may it be executed? A path is relative to the working folder, and there is no shell unless `shell: true`.',
  }),
  stdout: ({ expected, actual }) => ({ expected, actual, next: 'Compare with what the command prints.' }),
  stderr: ({ expected, actual }) => ({
    expected,
    actual,
    next: 'Compare with the errors that the command prints.',
  }),
  step: ({ expected, actual, fix }) => ({ expected, actual, next: fix }),
  status: ({ expected, actual }) => ({
    expected: `HTTP ${expected}`,
    actual: actual === null ? 'no answer' : `HTTP ${actual}`,
    next: 'Compare with what the scenario expects of the status.',
  }),
  message: ({ expected, actual }) => ({
    expected: `the message ${expected}`,
    actual: actual === '' ? 'no message' : JSON.stringify(actual),
    next: 'Compare return_msg with what the scenario expects.',
  }),
  'too-slow': ({ expected, actual }) => ({
    expected: `an answer within ${expected} ms`,
    actual: `${actual} ms`,
    next: 'Answer first and work afterwards: the platform gives up after 5 s and sends again, up to 15 times.',
  }),
  count: ({ word, expected, actual }) => ({
    expected: `${expected} × ${word}`,
    actual: `${actual} × ${word}`,
    next: 'So many were answered otherwise: --verbose shows the answers. Copies of one notification are answered alike.',
  }),
  consistent: ({ expected, actual }) => ({
    expected,
    actual,
    next: 'A handler that answers copies differently has a race, or does not know what it has booked.',
  }),
  p99: ({ expected, actual }) => ({
    expected: `99 of 100 answers within ${expected} ms`,
    actual: `${actual} ms`,
    next: 'The slowest answers count: the platform gives up after 5 s and sends again. What do they wait for?',
  }),
  unsent: ({ expected, actual, why }) => ({
    expected: `${expected} sent`,
    actual: `stopped after ${actual}: ${why}`,
    next: 'Did the server end, or crash? Its log has the reason.',
  }),
  'acknowledged-by': ({ expected, actual }) => ({
    expected: `SUCCESS by attempt ${expected}`,
    actual,
    next: expected < 16 ? SOONER : GIVEN_UP,
  }),
  undelivered: ({ expected, cause, detail }, delivery) => ({
    expected,
    actual: `no answer: ${detail}`,
    next: cause === 'timeout' && !delivery ? CALL_TIMED_OUT : causes[cause],
  }),
};

/** Of what is counted. */
function isMore(expected: string, actual: string): boolean {
  return /^\d+$/.test(expected) && /^\d+$/.test(actual) && BigInt(actual) > BigInt(expected);
}

const BOOKED_TWICE =
  'It is more than expected. Did every copy count? Look the notification up by its number, and book it in the same transaction.';
const NOT_THERE_YET =
  'Compare with the answer below. Is the path the right one, and does the value come later (`eventually: 3s`)?';

const SOONER = 'The platform would go on, up to 16 attempts; this scenario asks for it sooner.';
const GIVEN_UP =
  'The platform sends no more after that, and the order stays unpaid in your books: query it (查询订单).';

type AckReason = Extract<Reason, { code: 'ack' }>;

function afterAck({ expected, actual }: AckReason, delivery?: DeliveryFacts): string {
  const authentic = delivery?.authentic !== false;
  if (expected === 'NONE') return 'The scenario expects that nothing answers.';
  if (actual === 'SUCCESS') return accepted(authentic, delivery);
  const stale = delivery && staleText(delivery);
  if (stale !== undefined) return stale;
  if (actual === 'FAIL' && expected === 'SUCCESS') return refused(authentic, delivery);
  return afterStatus(delivery);
}

function accepted(authentic: boolean, delivery?: DeliveryFacts): string {
  if (authentic) return RIGHTLY_ACCEPTED;
  return isV3(delivery) ? V3_WRONGLY_ACCEPTED : WRONGLY_ACCEPTED;
}

function refused(authentic: boolean, delivery?: DeliveryFacts): string {
  if (!authentic) return RIGHTLY_REFUSED;
  if (delivery?.kind === 'v2/native-call') return PRODUCT_REFUSED;
  if ((delivery?.attempt ?? 1) > 1) return isV3(delivery) ? V3_COPY_REFUSED : COPY_REFUSED;
  return isV3(delivery) ? V3_WRONGLY_REFUSED : WRONGLY_REFUSED;
}

function isV3(delivery: DeliveryFacts | undefined): boolean {
  return delivery?.kind.startsWith('v3/') === true;
}

const WRONGLY_ACCEPTED =
  'The handler accepted what it must refuse: an attacker could do the same. Verify the signature and compare amount, appid and mch_id with the order, before anything else.';
const V3_WRONGLY_ACCEPTED =
  'The handler accepted what it must refuse: an attacker could do the same. API v3 goes by the status: 200 and 204 acknowledge, whatever the body says. Verify signature, serial and timestamp of the bytes as they came, then answer 4xx or 5xx.';
const RIGHTLY_ACCEPTED =
  'The notification was authentic, and the handler took it. If it should refuse this one: does it compare amount, order and merchant?';
const WRONGLY_REFUSED =
  'The handler refused an authentic notification. Does it use the key, appid, mch_id and sign_type of `wxnotify config` (with the same --profile), and know this order and amount (`send --set out_trade_no=… --set total_fee=…`)?';
const V3_WRONGLY_REFUSED =
  'The handler refused an authentic notification. Does it trust the platform key of `wxnotify keys show` (with the same --profile) under that serial, open it with the same APIv3 key, verify the bytes as they came, and know this order and amount (`send --set out_trade_no=… --set amount.total=…`)?';
const V3_COPY_REFUSED =
  'A copy was refused. The platform sends again until it is acknowledged: answer 200 or 204 to every copy, and credit the order once.';
const PRODUCT_REFUSED =
  'The handler refused an authentic call. Does it use the key, appid and mch_id of `wxnotify config`, and know this product (`send --set product_id=…`)?';
const COPY_REFUSED =
  'A copy was refused. The platform sends again until it is acknowledged: answer SUCCESS to every copy, and credit the order once.';
const RIGHTLY_REFUSED =
  'The notification was tampered with, and the handler refused it, as it should. It is the expectation that is unusual.';

function afterStatus(delivery: DeliveryFacts | undefined): string {
  const status = delivery?.response?.status ?? 200;
  if (status === 200 && delivery?.kind === 'v2/native-call') return ANSWER_ORDER;
  const next = statuses.find(({ from, to }) => status >= from && status <= to)?.next;
  return next ?? (isV3(delivery) ? V3_ANSWER_SO : ANSWER_SO);
}

const ANSWER_SO =
  'Answer with HTTP 200 and <xml><return_code><![CDATA[SUCCESS]]></return_code></xml>, or FAIL with a return_msg.';

const V3_ANSWER_SO =
  'Answer with HTTP 200 or 204, or refuse with 4xx or 5xx and {"code":"FAIL","message":"…"}.';

const ANSWER_ORDER =
  'A call of native mode one is no notification: answer with a signed order (return_code, appid, mch_id, nonce_str, prepay_id, result_code, sign).';

const OPEN = 'The platform cannot log in: the notify_url must be open, without session, token or CSRF check.';
const NOWHERE = 'Nothing handles POST at this path. Is the target’s path right?';
const REDIRECT =
  'The platform does not follow redirects: use the final URL (https, trailing slash) as notify_url.';
const CRASHED = 'The handler failed on an ordinary notification. Its own log has the reason.';

/** What a status other than 200 most often means. */
const statuses: readonly { readonly from: number; readonly to: number; readonly next: string }[] = [
  { from: 300, to: 399, next: REDIRECT },
  { from: 401, to: 401, next: OPEN },
  { from: 403, to: 403, next: OPEN },
  { from: 404, to: 405, next: NOWHERE },
  { from: 500, to: 599, next: CRASHED },
];

/** Only notifications have a platform that waits. */
const CALL_TIMED_OUT =
  'Is the server busy, or held by a breakpoint? `timeout` gives a call longer than 10s; what comes later needs `eventually`.';

/** What to check when there was no answer. */
export function afterCause(cause: Cause): string {
  return causes[cause];
}

type Cause = Extract<Reason, { code: 'undelivered' }>['cause'];

const causes: Readonly<Record<Cause, string>> = {
  refused: 'Nothing listens there. Is the server up, and are host and port right?',
  dns: 'The name does not resolve. Is the host spelt right, and reachable from here?',
  tls: 'TLS could not be agreed on. A private CA goes in with --cacert FILE; is it https at all?',
  timeout: 'The platform waits 5 s in all. Answer first and work afterwards; or is a breakpoint holding it?',
  reset: 'The connection was cut before the answer was complete. Did the process crash, or a proxy cut in?',
  unreachable: 'There is no route to that address from here.',
  protocol: 'What came back is not HTTP. Is it the right port, and http or https?',
  aborted: 'It was interrupted.',
};
