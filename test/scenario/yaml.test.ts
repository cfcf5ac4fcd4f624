/** YAML: where each value stands, that numbers stay as written, and that nothing a user writes throws. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../src/scenario/problem.ts';
import { parseYaml, type Path, type YamlFile } from '../../src/scenario/yaml/yaml.ts';

function parsed(text: string): YamlFile {
  const result = parseYaml(text, 'x.yaml');
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}

function problems(text: string): readonly Problem[] {
  const result = parseYaml(text, 'x.yaml');
  return result.ok ? [] : result.problems;
}

describe('places', () => {
  const text = [
    'summary: A flow', //   1
    'vars: { a: 1, b: 2 }', // 2
    'steps:', //            3
    '  - notify: x', //     4
    '    fields:', //       5
    '      total_fee: 100', // 6
    '  - notify: y', //     7
    '"quoted key": z', //   8
  ].join('\n');

  test.each<[Path, 'key' | undefined, number, number]>([
    [[], undefined, 1, 1],
    [['summary'], undefined, 1, 10],
    [['summary'], 'key', 1, 1],
    [['vars', 'b'], undefined, 2, 18],
    [['vars', 'b'], 'key', 2, 15],
    [['steps', 0], undefined, 4, 5],
    [['steps', 0, 'fields', 'total_fee'], undefined, 6, 18],
    [['steps', 0, 'fields', 'total_fee'], 'key', 6, 7],
    [['steps', 1, 'notify'], undefined, 7, 13],
    [['quoted key'], 'key', 8, 1],
    [['steps', 0, 'nothing', 'here'], undefined, 4, 5],
  ])('%j (%s) is at %i:%i', (path, key, line, col) => {
    expect(parsed(text).place(path, key)).toEqual({ file: 'x.yaml', line, col });
  });

  test('CRLF, a byte order mark and wide characters do not move them', () => {
    expect(parsed('a: 1\r\nb: 2').place(['b'])).toMatchObject({ line: 2, col: 4 });
    expect(parsed('\uFEFFa: 1\nb: 2').value).toEqual({ a: 1, b: 2 });
    expect(parsed('微信: 支付\nb: 2').place(['b'])).toMatchObject({ line: 2, col: 4 });
  });

  test('a value behind an alias stands where it was written', () => {
    const file = parsed('a: &x { deep: 1 }\nb: *x');
    expect(file.place(['b', 'deep'])).toMatchObject({ line: 1, col: 15 });
  });
});

describe('values', () => {
  test.each<[string, unknown]>([
    ['100', 100],
    ['0', 0],
    ['-5', -5],
    ['1.5', 1.5],
    ['0012', '0012'],
    ['1.0', '1.0'],
    ['1e3', '1e3'],
    ['0x10', '0x10'],
    ['0o17', '0o17'],
    ['+1', '+1'],
    ['1_000', '1_000'],
    ['4200000000202601010000000001', '4200000000202601010000000001'],
    ['9007199254740993', '9007199254740993'],
    ['"100"', '100'],
    ["'0012'", '0012'],
    ['true', true],
    ['yes', 'yes'],
    ['no', 'no'],
    ['null', null],
    ['~', null],
    ['""', ''],
    ['2026-01-01', '2026-01-01'],
    ['20260101120000', 20260101120000],
    ['wx2421b1c4370ec43b', 'wx2421b1c4370ec43b'],
    ['|-\n  two\n  lines', 'two\nlines'],
    ['"\\u4f59 \\t"', '余 \t'],
  ])('%s', (written, value) => {
    expect(parsed(`a: ${written}`).value).toEqual({ a: value });
  });

  test('keys stay as written', () => {
    expect(Object.keys(parsed('0012: a\n1e3: b\ntrue: c').value as object).sort()).toEqual([
      '0012',
      '1e3',
      'true',
    ]);
  });

  test('aliases are followed, and merge nothing', () => {
    expect(parsed('a: &x { b: 1 }\nc: *x').value).toEqual({ a: { b: 1 }, c: { b: 1 } });
  });

  test.each(['__proto__', 'constructor', 'prototype'])('%s cannot be a name', (name) => {
    const [first] = problems(`a: { ${name}: { polluted: 1 } }`);
    expect(first?.message).toBe(`\`${name}\` cannot be a name`);
    expect(first?.at).toEqual({ file: 'x.yaml', line: 1, col: 6 });
    expect('polluted' in {}).toBe(false);
  });

  test('nothing is null', () => {
    expect([parsed('').value, parsed('# a comment\n').value]).toEqual([null, null]);
  });
});

describe('problems', () => {
  test.each([
    ['a duplicate key', 'a: 1\nb: 2\na: 3', 3, 1, /unique/, 'Keep one of the two.'],
    ['a tab', 'a:\n\tb: 1', 2, 1, /Tabs/, 'Indent with spaces.'],
    ['a colon in text', 'summary: a: b', 1, 10, /./, /quotes/],
    ['an open quote', 'a: "b', 1, 6, /quote/, /quotes/],
    ['an open brace', 'a: { b: 1', 1, 10, /./, /quotes/],
    ['two documents', 'a: 1\n---\nb: 2', 2, 1, /second document/, 'One scenario a file: split it there.'],
    ['an alias of nothing', 'a: 1\nb: *none', 2, 4, /none/, /./],
  ])('%s', (_, text, line, col, message, fix) => {
    const [first] = problems(text);
    expect(first?.at).toEqual({ file: 'x.yaml', line, col });
    expect(first?.message).toMatch(message);
    expect(first?.fix).toMatch(fix);
    expect(first?.code).toBe('yaml');
  });

  test('speak of YAML, not of the library that reads it', () => {
    expect(problems('a: 1\n---\nb: 2')[0]?.message).not.toMatch(/parseAllDocuments/);
  });

  test('a bomb of aliases is refused', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}]`);
    const [first] = problems(['l0: &l0 [x]', ...levels].join('\n'));
    expect(first?.message).toBe('too many values: aliases multiply');
  });

  test('an alias of itself is refused', () => {
    expect(problems('a: &x { b: *x }')).toHaveLength(1);
  });

  test('no text makes it throw', () => {
    const piece = fc.constantFrom('a', ': ', '- ', '\n', '  ', '\t', '{', '}', '[', ']', '"', "'", '&x ', '*x', '!t ', '? ', '|', '>', '#', '---\n', '%', '@', '<<: ', '\u0000', '😀'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        expect(parseYaml(pieces.join(''), 'x.yaml')).toHaveProperty('ok');
      }),
      { numRuns: 1000 },
    );
  });
});
