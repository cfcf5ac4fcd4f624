/** Any one default beside any scenario: what means nothing there stays away. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rehearse } from '../../src/cli/work/rehearse.ts';
import { readScenarios } from '../../src/scenario/expand/read-scenarios.ts';
import { foldersOf, listScenarios, readEntry } from '../../src/scenario/library.ts';
import { expectation, notify } from '../../src/scenario/schema/schema-notify.ts';
import { root, temporaryFolder } from '../support/cli.ts';
import { notification, scenariosOf } from '../support/scenarios.ts';

const library = { builtin: path.join(root, 'scenarios'), own: undefined, root, cwd: root };
// of the catalogue of audits one group: the others are written alike, and there are hundreds
const named = listScenarios(library).filter(
  ({ name }) => !name.startsWith('hostile/') || name.startsWith('hostile/replay/'),
);
const scenarios = named.map((entry) => {
  const text = readEntry(entry);
  if (!text.ok) throw new Error(`cannot read ${entry.file}`);
  return { ...entry, text: text.value, folders: foldersOf(entry, library) };
});

/** Every default that there is, each alone. */
const defaults = [
  ...['tags: [a]', 'vars: { note: a }', 'serial: true', 'fields: { attach: a }', 'fields: { total_fee: 7 }'],
  ...['sign_type: MD5', 'sign_type: HMAC-SHA256', 'times: 1', 'times: 3', 'times: 900', 'concurrency: 2'],
  ...['every: 1ms', 'jitter: 1ms', 'race: true', 'race: false', 'unique: true', 'unique: false'],
  ...['schedule: wechat', 'speed: 60', 'timeout: 2s'],
  ...[
    'vary: nonce_str',
    'vary: product_id',
    'vary: bank_type',
    'vary: [time_end, openid, refund_id, event_nonce]',
  ],
  ...['ack: SUCCESS', 'ack: REJECTED', 'status: 200', 'message: OK', 'within: 1s', 'every: { within: 1s }'],
  ...['every: { ack: SUCCESS }', 'first: { ack: SUCCESS }', 'acks: { SUCCESS: 1 }', 'consistent: true'],
  ...['p99: 1s', 'acknowledged_by: 2'],
];
const expected = /^(?:ack|status|message|within|first|acks|consistent|p99|acknowledged_by|every: \{)/;

const files = defaults.map((one) => (expected.test(one) ? `{ expect: { ${one} } }` : `{ ${one} }`));

test('there is one for every key', () => {
  const all = files.join('\n');
  const { notify: _kind, tamper: _damage, expect: _expect, ...keys } = notify;
  for (const key of [...Object.keys(keys), ...Object.keys(expectation.entries)]) {
    expect(all).toMatch(new RegExp(`\\{ ${key}: `));
  }
});

/** Told rightly: a body that comes in chunks or drips has no last byte that could be held back. */
const UNRACED = /: `transfer: (?:chunked|slow)` means nothing beside `race`/;

describe('every scenario that is built in stays valid', () => {
  test.each(files)('%s', (one) => {
    const folder = temporaryFolder({ '_folder.yaml': `defaults: ${one}\n` });
    const wrong = scenarios.flatMap((scenario) => {
      const read = readScenarios({ ...scenario, folders: [folder, ...scenario.folders], cwd: root });
      const results = read.ok ? read.value.map((variant) => rehearse(variant)) : [read];
      return results.flatMap((result) =>
        result.ok ? [] : result.problems.map(({ message }) => `${scenario.name}: ${message}`),
      );
    });
    expect(wrong.filter((message) => !UNRACED.test(message))).toEqual([]);
  });
});

/** The only notification of a scenario with these defaults beside it. */
function stepWith(defaults: string, yaml: string) {
  const [scenario] = scenariosOf({ 'a.yaml': yaml, '_folder.yaml': `defaults: ${defaults}` });
  return notification(scenario);
}

describe('what means nothing beside a step stays away', () => {
  test.each<[string, string, object]>([
    ['{ race: true }', 'expect: { first: { ack: FAIL } }', { race: false }],
    ['{ schedule: wechat }', 'expect: { first: { ack: FAIL } }', { schedule: undefined }],
    ['{ race: true }', 'times: 900', { race: false, times: 900 }],
    ['{ race: true }', 'times: 4', { race: true, times: 4 }],
    ['{ times: 900 }', 'race: true', { race: true, times: 5 }],
    ['{ vary: [openid, product_id] }', 'times: 2', { vary: ['openid'] }],
    ['{ vary: product_id }', 'times: 2', { vary: [] }],
  ])('%s beside %s', (defaults, own, expected) => {
    expect(stepWith(defaults, `notify: v2/payment\n${own}`)).toMatchObject(expected);
  });

  test('and goes where it means something', () => {
    const yaml = 'notify: v2/payment\nschedule: wechat';
    expect(stepWith('{ expect: { acknowledged_by: 2 } }', yaml).expect.acknowledged_by).toBe(2);
    const both = '{ schedule: wechat, expect: { acknowledged_by: 2 } }';
    expect(stepWith(both, 'notify: v2/payment').expect.acknowledged_by).toBe(2);
    expect(stepWith('{ expect: { first: { ack: FAIL } } }', 'notify: v2/payment\ntimes: 2').expect.first).toEqual({ ack: 'FAIL' }); // prettier-ignore
  });

  test('what the scenario says itself is a mistake all the same', () => {
    const yaml = 'notify: v2/payment\nfields: { out_trade_no: A1 }\ntimes: 2\n';
    const prepared = (defaults: string, own: string) => {
      const [scenario] = scenariosOf({ 'a.yaml': yaml + own, '_folder.yaml': `defaults: ${defaults}` });
      return scenario && rehearse(scenario);
    };
    expect(prepared('{ unique: true }', '')?.ok).toBe(true);
    expect(prepared('{ times: 3 }', 'unique: true')).toMatchObject({
      ok: false,
      problems: [{ message: 'out_trade_no is the same in each copy' }],
    });
  });
});
