/** The built-in scenarios: every kind has one, and each is valid, without warnings, and authentic unless tampered with. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { demoV3Credentials } from '../../src/cli/work/demo-merchant.ts';
import { allKinds, isV3Id } from '../../src/protocol/all-kinds.ts';
import type { SignedRequest, V3Kind } from '../../src/protocol/dialect.ts';
import { Secret } from '../../src/protocol/secret.ts';
import { v2 } from '../../src/protocol/v2/index.ts';
import { v3 } from '../../src/protocol/v3/index.ts';
import { v3Kinds } from '../../src/protocol/v3/kinds.gen.ts';
import { seededSource } from '../../src/run/source.ts';
import { isForged } from '../../src/scenario/tampered.ts';
import { credentialsFor } from '../support/credentials.ts';
import { prepare } from '../../src/run/prepare/prepare.ts';
import type { Prepared } from '../../src/run/prepare/prepared.ts';
import { loadEntry } from '../../src/cli/work/load.ts';
import { listScenarios } from '../../src/scenario/library.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { merchant, root } from '../support/cli.ts';

const credentials = {
  ...merchant,
  api_key: new Secret(merchant.api_key),
  api_v3_key: new Secret(merchant.api_v3_key),
  sign_type: 'MD5' as const,
};
const library = { builtin: path.join(root, 'scenarios'), own: undefined, root, cwd: root };
const entries = listScenarios(library);

function scenarioOf(name: string): Scenario {
  const entry = entries.find((candidate) => candidate.name === name);
  const read = entry && loadEntry(entry, library);
  const [scenario] = read?.ok ? read.value : [];
  if (!scenario) throw new Error(`cannot read ${name}: ${JSON.stringify(read)}`);
  return scenario;
}

function verifies({ headers, body }: SignedRequest, kind: string): boolean {
  if (!isV3Id(kind)) return v2.verify(body, credentials).ok;
  return v3.verify({ headers, body, now: seededSource('seed').now() }, demoV3Credentials()).ok;
}

/** The notifications among steps. */
function notifications<T extends { readonly does: string }>(
  steps: readonly T[],
): Extract<T, { does: 'notify' }>[] {
  return steps.filter((step): step is Extract<T, { does: 'notify' }> => step.does === 'notify');
}

function prepared(name: string, seed = 'seed'): Prepared {
  const scenario = scenarioOf(name);
  const targetFor = (): string => 'http://127.0.0.1:1/notify';
  const result = prepare({
    scenario,
    credentials: credentialsFor(credentials),
    secrets: new Set<string>(),
    seed,
    env: {},
    targetFor,
    overriding: { set: {} },
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

const names = entries.map(({ name }) => name);

/** What is told by notifications with which nobody has tampered. */
const told = names.flatMap((name) =>
  notifications(prepared(name).steps)
    .filter(({ step }) => !step.tamper)
    .map(({ notification }) => notification),
);

describe('the collection', () => {
  test('has what was promised', () => {
    const promised = [
      ...['paid', 'paid-with-coupon', 'paid-native', 'paid-app', 'paid-h5', 'paid-service-provider', 'failed', 'duplicate'].map((name) => `payment/${name}`), // prettier-ignore
      ...['success', 'closed', 'abnormal', 'partial-then-full'].map((name) => `refund/${name}`),
      ...['forged-signature', 'tampered-amount', 'missing-signature'].map(
        (name) => `hostile/signature/${name}`,
      ),
    ];
    expect(names).toEqual(expect.arrayContaining(promised));
  });

  test('can be named by last parts: no two are alike', () => {
    const parts = names.map((name) => name.split('/').at(-1));
    expect(new Set(parts).size).toBe(parts.length);
  });

  test('has a scenario of every kind, without tampering', () => {
    const kinds = new Set<string>(told.map(({ kind }) => kind.id));
    expect(Object.keys(allKinds).filter((id) => !kinds.has(id))).toEqual([]);
  });

  test('has a scenario of every event type of API v3, without tampering', () => {
    const types = new Set(told.map(({ fields }) => fields['envelope.event_type']));
    const known = Object.values(v3Kinds).flatMap(({ events }: V3Kind) => Object.keys(events));
    expect(known.filter((type) => !types.has(type))).toEqual([]);
  });

  test('calls those of API v3 by names that say so', () => {
    const ofV3 = names.filter((name) => notifications(scenarioOf(name).steps).some(({ kind }) => isV3Id(kind.id))); // prettier-ignore
    expect(ofV3.filter((name) => !/^(v3|hostile\/v3)\/.+-v3$/.test(name))).toEqual([]);
    expect(ofV3.filter((name) => !scenarioOf(name).tags.includes('v3'))).toEqual([]);
  });
});

/** What these cases send may be authentic and damaged, or of another merchant and signed by this one. */
const ODD = new Set<string | undefined>(['not-credit', 'credit-once']);

/** Nothing in them is generated. */
const CONSTANT = new Set([
  'payment/communication-failed',
  'hostile/value/failure-only',
  'hostile/xml/empty-body',
  'hostile/xml/empty-element',
  'hostile/xml/not-xml',
  'hostile/v3/json/body-is-list-v3',
  'hostile/v3/json/body-is-null-v3',
  'hostile/v3/json/body-is-object-v3',
  'hostile/v3/json/deep-nesting-v3',
  'hostile/v3/json/empty-body-v3',
  'hostile/v3/json/not-json-v3',
]);

describe.each(names)('%s', (name) => {
  test('has a summary and tags', () => {
    expect(scenarioOf(name).summary).not.toBe('');
    expect(scenarioOf(name).tags).not.toEqual([]);
  });

  test('prepares without a warning', () => {
    const { warnings } = prepared(name);
    expect(warnings).toEqual([]);
  });

  test('is authentic exactly when nothing is tampered with, or when it must be accepted', () => {
    const must = scenarioOf(name).audit?.must;
    if (ODD.has(must)) return;
    for (const { step, request } of notifications(prepared(name).steps)) {
      const isRefused = isForged(step.tamper) && must !== 'accept';
      expect(verifies(request, step.kind.id)).toBe(!isRefused);
      if (step.expect.acks) continue;
      if (isRefused) expect(step.expect.each.ack).toBe('REJECTED');
      else if (!/^(hostile|flow)\//.test(name)) expect(step.expect.each.ack).toBe('SUCCESS');
    }
  });

  test('is the same bytes for the same seed, and others for another', () => {
    const bytes = (seed: string) => notifications(prepared(name, seed).steps).map(({ request }) => Buffer.from(request.body).toString()); // prettier-ignore
    expect(bytes('a')).toEqual(bytes('a'));
    if (!CONSTANT.has(name)) expect(bytes('a')).not.toEqual(bytes('b'));
  });
});

test('refunds of a flow refer to its payment, and add up', () => {
  const [payment, ...refunds] = notifications(prepared('refund/partial-then-full').steps).map(({ notification }) => notification.fields); // prettier-ignore
  for (const refund of refunds) {
    expect(refund['out_trade_no']).toBe(payment?.['out_trade_no']);
    expect(refund['transaction_id']).toBe(payment?.['transaction_id']);
    expect(refund['total_fee']).toBe('1000');
  }
  expect(refunds.map((refund) => refund['refund_fee'])).toEqual(['300', '700']);
  expect(new Set(refunds.map((refund) => refund['refund_id'])).size).toBe(2);
  expect(new Set(refunds.map((refund) => refund['out_refund_no'])).size).toBe(2);
});
