/** The events of a suite of any size, as a handler with a few bugs would make them; the same each time. */
import type {
  DeliveryFacts,
  Failure,
  Reason,
  ScenarioResult,
  ScenarioStatus,
  StepFacts,
  SuiteEvent,
} from '../../src/run/events.ts';
import { delivery, step } from './events.ts';
import { accepted, miscounted, refused, scenario, suiteEnd, suiteStart } from './suite-events.ts';

export interface LargeSuite {
  readonly scenarios: number;
  /** Deliveries of each scenario. */
  readonly deliveries: number;
  /** Every how many scenarios one fails. */
  readonly failing?: number;
}

const WORKERS = 8;
const NAMES = [
  'payment/paid',
  'payment/paid-with-coupon',
  'payment/duplicate',
  'refund/success',
  'refund/partial-then-full',
  'flow/credited-once',
  'hostile/value/wrong-amount',
  'hostile/signature/forged-signature',
] as const;

const BODY = `<xml>
  <appid><![CDATA[wx2421b1c4370ec43b]]></appid>
  <attach><![CDATA[vip=1&from=app]]></attach>
  <bank_type><![CDATA[CFT]]></bank_type>
  <mch_id><![CDATA[10000100]]></mch_id>
  <nonce_str><![CDATA[5d2b6c2a8db53831f7eda20af46e531c]]></nonce_str>
  <openid><![CDATA[oUpF8uMEb4qRXf22hE3X68TekukE]]></openid>
  <out_trade_no><![CDATA[1409811653]]></out_trade_no>
  <result_code><![CDATA[SUCCESS]]></result_code>
  <return_code><![CDATA[SUCCESS]]></return_code>
  <sign><![CDATA[B552ED6B279343CB493C5DD0D78AB241]]></sign>
  <time_end>20261125200000</time_end>
  <total_fee>100</total_fee>
  <transaction_id>1004400740201409030005092168</transaction_id>
</xml>`;

/** A suite: some fail, some are flaky, some undelivered, and the last are skipped. */
export function largeSuite({ scenarios, deliveries, failing = 13 }: LargeSuite): readonly SuiteEvent[] {
  const random = generator(7);
  const free = Array.from({ length: WORKERS }, () => suiteStart.at + 40);
  const ends: ScenarioResult[] = [];
  const events = Array.from({ length: scenarios }, (_, index): readonly SuiteEvent[] => {
    const worker = free.indexOf(Math.min(...free));
    const made = scenarioEvents({ index, scenarios, deliveries, failing, at: free[worker] ?? 0, random });
    free[worker] = made.end.at + made.end.duration_ms + 2;
    ends.push(made.end);
    return made.events;
  }).flat();
  const having = (status: ScenarioStatus): number => ends.filter((end) => end.status === status).length;
  const sent = ends.reduce((sum, { summary }) => sum + (summary?.sent ?? 0), 0);
  return [
    { ...suiteStart, scenarios, workers: WORKERS, seed: '1f2e3d4c-1795473257' },
    ...events,
    {
      ...suiteEnd,
      summary: {
        scenarios,
        passed: having('passed'),
        flaky: having('flaky'),
        failed: having('failed') + having('undelivered'),
        skipped: having('skipped'),
        sent,
        undelivered: having('undelivered'),
        duration_ms: Math.round(Math.max(...free) - suiteStart.at),
        acks: { SUCCESS: sent - 20, FAIL: 20 },
        latency_ms: { min: 1.2, p50: 8.4, p90: 31.2, p99: 140.5, max: 412 },
      },
    },
  ];
}

interface Making {
  readonly index: number;
  readonly scenarios: number;
  readonly deliveries: number;
  readonly failing: number;
  readonly at: number;
  readonly random: () => number;
}

function scenarioEvents(making: Making): {
  readonly events: readonly SuiteEvent[];
  readonly end: ScenarioResult;
} {
  const { index, deliveries, at, random } = making;
  const status = statusOf(making);
  const base = NAMES[index % NAMES.length] ?? NAMES[0];
  const name = index < NAMES.length ? base : `${base}[amount=${index},currency=CNY]`;
  const facts = scenario({
    number: index + 1,
    name,
    family: base,
    file: `scenarios/${base}.yaml`,
    reproduce: `wxnotify run '${name}' --seed 1f2e3d4c-1795473257 --target http://127.0.0.1:8080/notify`,
  });
  const failure = status === 'passed' ? null : failureOf(status, { base, times: deliveries });
  let now = at;
  const sent = Array.from({ length: status === 'skipped' ? 0 : deliveries }, (_, nth): SuiteEvent => {
    const ms = Math.round(10 * (1.2 + 12 * random() ** 3 + (random() > 0.97 ? 300 * random() : 0))) / 10;
    const last = nth === deliveries - 1 ? failure : null;
    const given: Partial<DeliveryFacts> = { at: Math.round(now), duration_ms: ms, attempt: nth + 1 };
    const told = last?.delivery ? { ...last.delivery, ...given } : delivery(given);
    now += ms + 1;
    const reasons: readonly Reason[] = last?.delivery ? last.reasons : [];
    return {
      type: 'scenario-event',
      scenario: facts,
      attempt: 1,
      event: { type: 'delivery', delivery: told, reasons },
    };
  });
  const end: ScenarioResult = {
    scenario: facts,
    status,
    why: status === 'skipped' ? '--bail 3: three scenarios had failed' : null,
    attempts: status === 'skipped' ? 0 : status === 'flaky' ? 2 : 1,
    at: Math.round(at),
    duration_ms: Math.round(now - at),
    failures: failure && status !== 'skipped' ? [failure] : [],
    trail: [],
    failures_not_listed: 0,
    summary:
      status === 'skipped'
        ? null
        : {
            sent: deliveries,
            undelivered: status === 'undelivered' ? 1 : 0,
            unsent: 0,
            skipped: 0,
            duration_ms: Math.round(now - at),
            acks: {},
            latency_ms: null,
          },
  };
  return {
    events: [{ type: 'scenario-start', scenario: facts }, ...sent, { type: 'scenario-end', result: end }],
    end,
  };
}

function statusOf({ index, scenarios, failing }: Making): ScenarioStatus {
  if (index >= 6 && index >= scenarios - 3) return 'skipped';
  if (index % failing !== failing - 1 && index !== 1) return 'passed';
  return (['failed', 'flaky', 'failed', 'undelivered'] as const)[Math.floor(index / failing) % 4] ?? 'failed';
}

interface Where {
  readonly base: string;
  readonly times: number;
}

function failureOf(status: ScenarioStatus, { base, times }: Where): Failure {
  const at: StepFacts = { ...step, times, at: `scenarios/${base}.yaml:7:5` };
  const like = status === 'undelivered' ? refused : base.startsWith('flow') ? miscounted : accepted;
  const request = { ...(like.delivery ?? delivery()).request, body: BODY };
  return {
    ...like,
    step: { ...at, ...(like === miscounted && { kind: 'call', title: 'GET /orders/A1', times: 1 }) },
    delivery: like.delivery && { ...like.delivery, request, attempt: times },
  };
}

/** Numbers from 0 to 1 that are the same each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
