/** The events of a small suite, for tests of what reads them: one scenario of every sort. */
import type {
  Failure,
  RunEvent,
  ScenarioFacts,
  ScenarioResult,
  SuiteEnd,
  SuiteEvent,
  SuiteStart,
  Summary,
} from '../../src/run/events.ts';
import { delivery, start, step } from './events.ts';

const AT = Date.UTC(2026, 10, 25, 12);

/** A scenario of the suite. */
export function scenario(given: Partial<ScenarioFacts> = {}): ScenarioFacts {
  const name = given.name ?? 'payment/paid';
  return {
    number: 1,
    name,
    family: name,
    repeat: { number: 1, of: 1 },
    file: `scenarios/${name}.yaml`,
    line: 1,
    summary: 'An order is paid',
    tags: ['payment', 'smoke'],
    seed: '42',
    target: start.target,
    reproduce: `wxnotify run ${name} --seed 42`,
    ...given,
  };
}

const summary: Summary = {
  sent: 1,
  undelivered: 0,
  unsent: 0,
  skipped: 0,
  duration_ms: 13,
  acks: { SUCCESS: 1 },
  latency_ms: { min: 12.5, p50: 12.5, p90: 12.5, p99: 12.5, max: 12.5 },
};

/** How one ended. */
export function result(given: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    scenario: scenario(),
    status: 'passed',
    why: null,
    attempts: 1,
    at: AT,
    duration_ms: 13,
    failures: [],
    failures_not_listed: 0,
    trail: [],
    summary,
    ...given,
  };
}

/** A forged notification that was accepted; what came has markup, control characters and Chinese in it. */
export const accepted: Failure = {
  step: { ...step, at: 'scenarios/hostile/forged.yaml:4:3' },
  reasons: [{ code: 'ack', expected: 'REJECTED', actual: 'SUCCESS', why: '' }],
  delivery: delivery({
    id: 'bbb222-1-1',
    authentic: false,
    at: AT + 20,
    response: {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg>签名 & ]]> "ok" \u0007</return_msg></xml>',
    },
  }),
  exchange: null,
};

/** Nothing listened. */
export const refused: Failure = {
  step,
  reasons: [
    {
      code: 'undelivered',
      expected: 'SUCCESS',
      cause: 'refused',
      detail: 'connect ECONNREFUSED 127.0.0.1:1',
    },
  ],
  delivery: delivery({
    id: 'ccc333-1-1',
    at: AT + 40,
    response: null,
    ack: null,
    message: '',
    error: { cause: 'refused', detail: 'connect ECONNREFUSED 127.0.0.1:1' },
  }),
  exchange: null,
};

/** The books were wrong. */
export const miscounted: Failure = {
  step: {
    ...step,
    number: 3,
    kind: 'call',
    title: 'GET /orders/A1',
    of: 3,
    at: 'scenarios/flow/once.yaml:12:5',
  },
  reasons: [{ code: 'json', name: '$.paid_count', expected: '1', actual: '2' }],
  delivery: null,
  exchange: {
    does: 'call',
    request: { method: 'GET', url: 'http://127.0.0.1:1/orders/A1', headers: [['accept', '*/*']], body: '' },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"id":"A1","status":"PAID","paid_count":2}',
    },
    error: null,
    duration_ms: 3,
    tries: 1,
    captured: {},
  },
};

export const suiteStart: SuiteStart = {
  type: 'suite-start',
  seed: '42',
  target: start.target,
  insecure: false,
  scenarios: 6,
  workers: 8,
  shard: null,
  at: AT,
};

export const suiteEnd: SuiteEnd = {
  type: 'suite-end',
  interrupted: false,
  down: null,
  summary: {
    scenarios: 6,
    passed: 1,
    flaky: 1,
    failed: 3,
    skipped: 1,
    sent: 6,
    undelivered: 1,
    duration_ms: 80,
    acks: { SUCCESS: 4, FAIL: 1 },
    latency_ms: { min: 3, p50: 12.5, p90: 13, p99: 14, max: 14 },
  },
};

const ENDS: readonly ScenarioResult[] = [
  result(),
  result({
    scenario: scenario({
      number: 2,
      name: 'hostile/forged',
      summary: 'A forged <b>signature</b> & more',
      tags: ['hostile'],
    }),
    status: 'failed',
    at: AT + 20,
    failures: [accepted],
  }),
  result({
    scenario: scenario({ number: 3, name: 'payment/paid[amount=1,note=a "b"]', family: 'payment/paid' }),
    status: 'undelivered',
    at: AT + 40,
    failures: [refused],
    summary: { ...summary, undelivered: 1, acks: {}, latency_ms: null },
  }),
  result({
    scenario: scenario({ number: 4, name: 'flow/once', file: 'scenarios/flow/once.yaml', line: 2 }),
    status: 'failed',
    at: AT + 50,
    failures: [miscounted],
  }),
  result({
    scenario: scenario({ number: 5, name: 'payment/slow' }),
    status: 'flaky',
    attempts: 2,
    at: AT + 60,
    failures: [{ ...accepted, reasons: [{ code: 'too-slow', expected: 5, actual: 12.5 }] }],
  }),
  result({
    scenario: scenario({ number: 6, name: 'payment/last' }),
    status: 'skipped',
    why: '--bail',
    attempts: 0,
    at: AT + 70,
    duration_ms: 0,
    summary: null,
  }),
];

/** The events of a scenario that ended so. */
export function eventsOf(end: ScenarioResult): readonly SuiteEvent[] {
  const { scenario, attempts, failures } = end;
  const tell = (attempt: number, event: RunEvent): SuiteEvent => ({
    type: 'scenario-event',
    scenario,
    attempt,
    event,
  });
  const runOf = (attempt: number): readonly SuiteEvent[] => {
    const failed = end.status === 'flaky' && attempt === attempts ? [] : failures;
    const told =
      failed.length > 0
        ? failed
        : [{ step, reasons: [], delivery: delivery({ at: end.at }), exchange: null }];
    return [
      tell(attempt, { ...start, command: 'run', scenario: scenario.name, seed: scenario.seed }),
      ...told.flatMap(({ step, reasons, delivery, exchange }) => [
        tell(attempt, { type: 'step-start', step }),
        ...(delivery ? [tell(attempt, { type: 'delivery', delivery, reasons })] : []),
        ...(exchange
          ? [tell(attempt, { type: 'exchange', step, exchange, reasons, interrupted: false })]
          : []),
        tell(attempt, { type: 'step-end', step, reasons: [] }),
      ]),
      tell(attempt, { type: 'run-end', interrupted: false, summary: end.summary ?? summary }),
    ];
  };
  const runs = Array.from({ length: attempts }, (_, index) => runOf(index + 1)).flat();
  return [{ type: 'scenario-start', scenario }, ...runs, { type: 'scenario-end', result: end }];
}

/** One that failed, with such a text wherever there is text from elsewhere. */
export function oddResult(text: string): ScenarioResult {
  const response = { status: 200, headers: { [text]: text }, body: text };
  const odd: Failure = {
    step: { ...step, title: text, at: `${text}:1:2` },
    reasons: [{ code: 'message', expected: text, actual: text }],
    delivery: delivery({ message: text, response }),
    exchange: null,
  };
  const facts = scenario({ name: text, summary: text, tags: [text], reproduce: text, file: text });
  return result({ status: 'failed', scenario: facts, failures: [odd] });
}

/** A whole suite. */
export const suite: readonly SuiteEvent[] = [suiteStart, ...ENDS.flatMap(eventsOf), suiteEnd];
