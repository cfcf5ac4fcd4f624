/** Run events for tests of what reads them. */
import type { DeliveryFacts, RunStart, StepFacts } from '../../src/run/events.ts';

/** A payment that was answered well, but for what is given. */
export function delivery(given: Partial<DeliveryFacts> = {}): DeliveryFacts {
  return {
    id: 'abc123-1-1',
    step: 1,
    attempt: 1,
    at: Date.UTC(2026, 10, 25, 12),
    kind: 'v2/payment',
    out_trade_no: 'A1',
    amount: '100',
    authentic: true,
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:1/n',
      headers: [['Accept', '*/*']],
      body: '<xml></xml>',
    },
    response: { status: 200, headers: { 'content-type': 'text/xml' }, body: '<xml/>' },
    ack: 'SUCCESS',
    message: 'OK',
    error: null,
    duration_ms: 12.5,
    ...given,
  };
}

export const step: StepFacts = {
  number: 1,
  title: 'v2/payment',
  kind: 'v2/payment',
  target: 'http://127.0.0.1:1/n',
  times: 1,
  repeats: 'copies',
  of: 1,
  at: 'scenarios/a.yaml:1:1',
};

export const start: RunStart = {
  type: 'run-start',
  command: 'send',
  scenario: 'payment/paid',
  summary: 'An order is paid',
  seed: '42',
  target: 'http://127.0.0.1:1/n',
  insecure: false,
  planned: 1,
};
