/** The journal as a file: what is written can be read, what is torn costs nothing else, and it stays bounded. */
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openJournal, readJournal, type JournalRecord } from '../../src/delivery/journal.ts';
import { temporaryFolder } from '../support/cli.ts';

const MIB = 1024 * 1024;
const unwarned = (reason: string): void => expect.unreachable(reason);

function record(id: string, body = '<xml/>'): Omit<JournalRecord, 'outcome'> {
  return {
    id,
    at: '2026-01-01T00:00:00.000Z',
    scenario: 'payment/paid',
    step: 1,
    attempt: 1,
    kind: 'v2/payment',
    out_trade_no: 'A1',
    amount: '100',
    authentic: true,
    seed: 's',
    target: 'http://127.0.0.1/',
    request: { method: 'POST', headers: [['Content-Type', 'text/xml']], body: Buffer.from(body) },
    expect: { each: { ack: 'SUCCESS' } },
  };
}

const outcome = { ack: 'SUCCESS', status: 200, error: null, duration_ms: 1 };

/** Writes records as one process does. */
function note(folder: string, ...records: Omit<JournalRecord, 'outcome'>[]): void {
  const journal = openJournal(folder, unwarned);
  for (const each of records) journal.sent(each);
  journal.close();
}

const idsOf = (folder: string): string[] => readJournal(folder).records.map(({ id }) => id);
const sizeOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);

describe('records', () => {
  test('come back as they were, every byte of them', () => {
    const folder = temporaryFolder();
    const sent = {
      ...record('a'),
      request: { ...record('a').request, body: Buffer.from([0, 10, 13, 255, 0xe4]) },
    };
    note(folder, sent);
    expect(readJournal(folder)).toEqual({ records: [sent], torn: 0, unreadable: [] });
  });

  test('have the outcome that came later, maybe from another process', () => {
    const folder = temporaryFolder();
    const journal = openJournal(folder, unwarned);
    journal.sent(record('a'));
    note(folder, record('b'));
    journal.done('a', outcome);
    journal.close();
    expect(readJournal(folder).records).toEqual([{ ...record('a'), outcome }, record('b')]);
  });

  test('are on disk before the next thing happens', () => {
    const folder = temporaryFolder();
    const journal = openJournal(folder, unwarned);
    journal.sent(record('a'));
    expect(idsOf(folder)).toEqual(['a']);
    journal.close();
  });

  test('of a folder that is not there: none, and none is made', () => {
    const folder = path.join(temporaryFolder(), 'absent');
    expect(readJournal(folder)).toEqual({ records: [], torn: 0, unreadable: [] });
    openJournal(folder, unwarned).close();
    expect(() => statSync(folder)).toThrow('ENOENT');
  });

  test('are for their owner alone', () => {
    const folder = path.join(temporaryFolder(), 'deep/down');
    note(folder, record('a'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(folder, 'journal.ndjson')).mode & 0o777).toBe(0o600);
  });
});

describe('a torn line', () => {
  test('at every place of a record costs that record only', () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'journal.ndjson');
    note(folder, record('a', '中文'));
    const whole = readFileSync(file);
    for (let cut = 2; cut < whole.length - 1; cut += 7) {
      writeFileSync(file, Buffer.concat([whole, whole.subarray(0, cut)]));
      note(folder, record('c'));
      expect({ cut, ids: idsOf(folder), torn: readJournal(folder).torn }).toEqual({
        cut,
        ids: ['a', 'c'],
        torn: 1,
      });
    }
  });

  test.each([
    '{',
    '[]',
    'null',
    '1',
    '"text"',
    '{}',
    '{"id":1}',
    '{"id":"x"}',
    '{"id":"x","request":{}}',
    '\0\0\0',
  ])('%j is counted and skipped', (line) => {
    const folder = temporaryFolder();
    note(folder, record('a'));
    appendFileSync(path.join(folder, 'journal.ndjson'), `${line}\n`);
    note(folder, record('b'));
    expect(readJournal(folder)).toEqual({ records: [record('a'), record('b')], torn: 1, unreadable: [] });
  });

  test('a record that lacks what reading it takes is none', () => {
    const folder = temporaryFolder();
    note(folder, record('a'));
    appendFileSync(path.join(folder, 'journal.ndjson'), '{"id":"x","request":{"body":"PHhtbC8+"}}\n');
    expect(readJournal(folder)).toEqual({ records: [record('a')], torn: 1, unreadable: [] });
  });
});

test('it stays bounded, and keeps the latest', () => {
  const folder = temporaryFolder();
  const large = 'x'.repeat(512 * 1024);
  for (let index = 0; index < 80; index++) note(folder, record(`r${index}`, large));
  expect(sizeOf(folder)).toBeLessThan(20 * MIB);
  expect(sizeOf(folder)).toBeGreaterThan(4 * MIB);
  const ids = idsOf(folder);
  expect(ids.slice(-5)).toEqual(['r75', 'r76', 'r77', 'r78', 'r79']);
  expect(ids).not.toContain('r0');
  for (const file of readdirSync(folder)) expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
});

test('what cannot be written is said once', () => {
  const folder = path.join(temporaryFolder({ file: '' }), 'file');
  const warnings: string[] = [];
  const journal = openJournal(folder, (reason) => warnings.push(reason));
  for (const id of ['a', 'b']) {
    journal.sent(record(id));
    journal.done(id, outcome);
  }
  journal.close();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/EEXIST|ENOTDIR/);
});
