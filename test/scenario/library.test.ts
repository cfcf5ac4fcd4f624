/** Finding scenarios: by path, by full name, by a unique last part; the user's come first. */
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findScenario,
  foldersOf,
  listScenarios,
  readEntry,
  scenariosIn,
  type Library,
} from '../../src/scenario/library.ts';
import { succeed } from '../../src/scenario/problem.ts';
import { temporaryFolder } from '../support/cli.ts';

const FILES = {
  'builtin/payment/paid.yaml': 'notify: v2/payment # built-in',
  'builtin/payment/failed.yaml': '',
  'builtin/refund/closed.yml': '',
  'builtin/hostile/closed.yaml': '',
  'builtin/_draft.yaml': '',
  'builtin/notes.md': '',
  'own/payment/paid.yaml': 'notify: v2/payment # mine',
  'own/shop/failed.yaml': '',
  'own/top.yaml': '',
  'elsewhere/loose.yaml': '',
  'elsewhere/deep/[odd].yaml': '',
  'own/_steps/place.yaml': '',
  'own/.hidden/x.yaml': '',
  'own/shop/_folder.yaml': '',
};

function library(): Library {
  const cwd = temporaryFolder(FILES);
  return { builtin: path.join(cwd, 'builtin'), own: path.join(cwd, 'own'), root: cwd, cwd };
}

const problemOf = (reference: string, from = library()) => {
  const found = findScenario(reference, from);
  return found.ok ? undefined : found.problems[0];
};

describe('the list', () => {
  test('has the user’s first, by name, and hides a built-in of the same name', () => {
    expect(listScenarios(library()).map(({ origin, name, file }) => `${origin} ${name} ${file}`)).toEqual([
      'yours payment/paid own/payment/paid.yaml',
      'yours shop/failed own/shop/failed.yaml',
      'yours top own/top.yaml',
      'built-in hostile/closed builtin/hostile/closed.yaml',
      'built-in payment/failed builtin/payment/failed.yaml',
      'built-in refund/closed builtin/refund/closed.yml',
    ]);
  });

  test('is fine without folders', () => {
    expect(listScenarios({ builtin: '/nowhere/at/all', own: undefined, root: '/', cwd: '/' })).toEqual([]);
  });
});

describe('finds', () => {
  test.each([
    ['payment/paid', 'payment/paid', 'yours'],
    ['paid', 'payment/paid', 'yours'],
    ['top', 'top', 'yours'],
    ['refund/closed', 'refund/closed', 'built-in'],
    ['failed', 'shop/failed', 'yours'],
    ['payment/failed', 'payment/failed', 'built-in'],
    ['own/top.yaml', 'top', 'yours'],
    ['./own/payment/paid.yaml', 'payment/paid', 'yours'],
    ['builtin/payment/paid.yaml', 'payment/paid', 'built-in'],
    ['elsewhere/loose.yaml', 'elsewhere/loose', 'yours'],
    ['builtin/refund/closed.yml', 'refund/closed', 'built-in'],
  ])('%s as %s (%s)', (reference, name, origin) => {
    const found = findScenario(reference, library());
    expect(found.ok && { name: found.value.name, origin: found.value.origin }).toEqual({ name, origin });
  });

  test('the user’s text, not the built-in one', () => {
    const found = findScenario('paid', library());
    expect(found.ok && readEntry(found.value)).toEqual({ ok: true, value: 'notify: v2/payment # mine' });
  });

  test('an absolute path', () => {
    const from = library();
    const found = findScenario(path.join(from.cwd, 'elsewhere/loose.yaml'), { ...from, cwd: from.builtin });
    expect(found.ok && found.value.file).toBe(path.join(from.cwd, 'elsewhere/loose.yaml'));
  });
});

describe('a row', () => {
  test.each([
    ['paid[zero]', 'payment/paid', 'zero'],
    ['payment/paid[a=1,b=x y]', 'payment/paid', 'a=1,b=x y'],
    ['own/top.yaml[zero]', 'top', 'zero'],
    ['top[]', 'top', ''],
    ['elsewhere/deep/[odd].yaml[a/b]', 'elsewhere/deep/[odd]', 'a/b'],
    ['elsewhere/deep/[odd].yaml', 'elsewhere/deep/[odd]', undefined],
  ])('%s', (reference, name, row) => {
    const found = findScenario(reference, library());
    expect(found.ok && { name: found.value.name, row: found.value.row }).toEqual({ name, row });
  });

  test('of a file that is not there: the file is what is told', () => {
    expect(problemOf('paied[zero]')?.fix).toMatch(/^Did you mean `paid`/);
  });
});

describe('all below a folder', () => {
  const namesIn = (folder: string, change: Partial<Library> = {}) => {
    const from = library();
    return scenariosIn(folder, { ...from, ...change }).map(({ name, origin }) => `${origin} ${name}`);
  };

  test('those of the library have their names', () => {
    expect(namesIn('own/payment')).toEqual(['yours payment/paid']);
    expect(namesIn('builtin/refund')).toEqual(['built-in refund/closed']);
  });

  test('others are called by their path', () => {
    expect(namesIn('elsewhere')).toEqual(['yours elsewhere/deep/[odd]', 'yours elsewhere/loose']);
    const from = library();
    const inside = { ...from, cwd: path.join(from.cwd, 'own') };
    expect(scenariosIn('../elsewhere', inside).map(({ name }) => name)).toContain('elsewhere/loose');
  });

  test('a folder around the library has both', () => {
    expect(namesIn('.')).toEqual([
      'yours elsewhere/deep/[odd]',
      'yours elsewhere/loose',
      'built-in hostile/closed',
      'built-in payment/failed',
      'built-in payment/paid',
      'yours payment/paid',
      'built-in refund/closed',
      'yours shop/failed',
      'yours top',
    ]);
  });

  test('that is not there: none', () => {
    expect(namesIn('nowhere')).toEqual([]);
  });
});

test('the folders that have a say in a scenario', () => {
  const from = library();
  const foldersFor = (reference: string, cwd = from.cwd) => {
    const found = findScenario(reference, { ...from, cwd });
    return found.ok
      ? foldersOf(found.value, { ...from, cwd }).map((folder) => path.relative(from.cwd, folder))
      : found;
  };
  expect(foldersFor('shop/failed')).toEqual(['own', 'own/shop']);
  expect(foldersFor('top')).toEqual(['own']);
  expect(foldersFor('refund/closed')).toEqual(['builtin', 'builtin/refund']);
  expect(foldersFor('elsewhere/loose.yaml')).toEqual(['', 'elsewhere']);
  expect(foldersFor('../elsewhere/loose.yaml', path.join(from.cwd, 'own'))).toEqual(['', 'elsewhere']);
});

describe('a file outside has one name', () => {
  test.each([
    ['', 'elsewhere/loose.yaml', 'elsewhere/loose', 'elsewhere/loose.yaml'],
    ['elsewhere', 'loose.yaml', 'elsewhere/loose', 'loose.yaml'],
    ['elsewhere', 'deep/[odd].yaml', 'elsewhere/deep/[odd]', 'deep/[odd].yaml'],
    ['own', '_steps/place.yaml', '_steps/place', '_steps/place.yaml'],
    ['elsewhere', '../own/top.yaml', 'top', 'top'],
    ['', 'builtin/payment/paid.yaml', 'payment/paid', 'builtin/payment/paid.yaml'],
    ['elsewhere', '../builtin/refund/closed.yml', 'refund/closed', 'refund/closed'],
  ])('in %j: %s', (folder, file, name, reference) => {
    const from = library();
    const there = { ...from, cwd: path.join(from.cwd, folder) };
    const found = findScenario(file, there);
    expect(found).toMatchObject({ ok: true, value: { name, reference } });
    expect(findScenario(reference, there)).toEqual(found);
    const beside = scenariosIn(path.dirname(file), there).filter((entry) => entry.name === name);
    for (const entry of beside) expect(succeed(entry)).toEqual(found);
  });
});

describe('a name has one spelling', () => {
  test.each(['./top', '../own/top', 'payment//paid', 'payment/../top', 'payment/./paid'])(
    '%s',
    (reference) => {
      const found = findScenario(reference, library());
      if (found.ok) expect(['top', 'payment/paid']).toContain(found.value.name);
      else expect(found.problems[0].code).toBe('unknown-scenario');
    },
  );
});

describe('does not find', () => {
  test('a last part that two have: both are named', () => {
    expect(problemOf('closed')).toEqual({
      code: 'ambiguous',
      message: '`closed` is the last part of 2 scenarios',
      fix: 'Name one in full: hostile/closed, refund/closed.',
    });
  });

  test.each([
    ['paied', /^Did you mean `paid`\?/],
    ['payment/failes', /^Did you mean `payment\/failed`\?/],
    ['zzzzzzzzzzzz', /^Known: payment\/paid, shop\/failed, top,/],
    ['aid', /Did you mean `paid`\?/],
    ['', /./],
    ['payment', /./],
  ])('%j', (reference, fix) => {
    const problem = problemOf(reference);
    expect(problem).toMatchObject({
      code: 'unknown-scenario',
      message: `there is no scenario \`${reference}\``,
    });
    expect(problem?.fix).toMatch(fix);
  });

  test('a file that is not there: the folder is named', () => {
    const from = library();
    expect(problemOf('nope.yaml', from)).toMatchObject({
      code: 'unknown-scenario',
      message: 'there is no file nope.yaml',
      fix: expect.stringContaining(from.cwd) as string,
    });
  });

  test('a folder that is named like a file cannot be read', () => {
    const cwd = temporaryFolder({ 'folder.yaml/x.txt': '' });
    const found = findScenario('folder.yaml', { builtin: cwd, own: undefined, root: cwd, cwd });
    const read = found.ok ? readEntry(found.value) : found;
    expect(read).toMatchObject({ ok: false });
  });
});
