/** Every row of every table has an example, and the example keeps the row's own rules. */
import { describe, expect, test } from 'vitest';
import { examplesOf } from '../../src/protocol/example.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { allRows } from '../../src/protocol/notification.ts';
import { validateNotification } from '../../src/protocol/validate.ts';
import { seededSource } from '../../src/run/source.ts';
import { build, md5, type KindName } from './setup.ts';

const source = seededSource('examples');

describe.each(Object.keys(kinds) as KindName[])('%s', (id) => {
  const rows = allRows(kinds[id]);
  const examples = examplesOf(kinds[id], { merchant: md5, source });

  test.each(rows.map(({ name }) => name))('%s', (name) => {
    const example = examples.get(name) ?? '';
    expect(example).not.toBe('');
    const field = name.replace('$n', '0');
    const wrong = validateNotification(build(id, { [field]: example })).filter(
      (problem) => problem.field === field && problem.rule !== 'sum',
    );
    expect(wrong).toEqual([]);
  });

  test('says where it comes from, and what tells it from others', () => {
    const { source: official, marks, owner } = kinds[id];
    expect(official).toMatch(/^https:\/\/pay\.weixin\.qq\.com\//);
    const names = [
      ...rows.map(({ name }) => name),
      kinds[id].seal === 'signed' ? '' : 'req_info',
      'event_ciphertext',
    ];
    expect(names).toEqual(expect.arrayContaining([...marks, ...Object.values(owner)]));
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  });
});
