/** `matrix` and `cases`: one file, several scenarios. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withVars } from '../../src/scenario/fill/vars.ts';
import { notification, problemsOf, readFiles, scenariosOf } from '../support/scenarios.ts';

const names = (yaml: string, more: Readonly<Record<string, string>> = {}): readonly string[] =>
  scenariosOf({ 'a.yaml': yaml, ...more }).map(({ name }) => name);

describe('names', () => {
  test('a matrix: every combination, the last one fastest', () => {
    expect(names('matrix: { b: [1, 2], a: [x, true] }\nnotify: v2/payment')).toEqual([
      'a[b=1,a=x]',
      'a[b=1,a=true]',
      'a[b=2,a=x]',
      'a[b=2,a=true]',
    ]);
  });

  test('cases: their own name, or their values', () => {
    expect(names('cases: [{ name: zero, n: 0 }, { n: 1 }, { n: 2, name: "" }]\nnotify: v2/payment')).toEqual([
      'a[zero]',
      'a[n=1]',
      'a[n=2]',
    ]);
  });

  test('both: each case with each combination, the cases slowest', () => {
    expect(names('matrix: { m: [1, 2] }\ncases: [{ name: x, n: 0 }, { n: 1 }]\nnotify: v2/payment')).toEqual([
      'a[x,m=1]',
      'a[x,m=2]',
      'a[n=1,m=1]',
      'a[n=1,m=2]',
    ]);
  });

  test('numbers as they are written', () => {
    expect(
      names('matrix: { n: [9.90, 0012, 1e3, 1234567890123456789012345678] }\nnotify: v2/payment'),
    ).toEqual(['a[n=9.90]', 'a[n=0012]', 'a[n=1e3]', 'a[n=1234567890123456789012345678]']);
  });

  test('long values are cut, and what a name cannot have is replaced', () => {
    const [first = '', second = ''] = names(
      `matrix: { n: ["a,b[c]\\t\\e\\n", "${'x'.repeat(200)}"] }\nnotify: v2/payment`,
    );
    expect(first).toBe('a[n=a_b_c____]');
    expect(second).toMatch(/^a\[n=x{39}…\]$/);
  });

  test('those that are alike are counted, and none of the counted ones is hit', () => {
    expect(
      names('cases: [{ name: x, n: 1 }, { name: x, n: 2 }, { name: "x#2", n: 3 }]\nnotify: v2/payment'),
    ).toEqual(['a[x]', 'a[x#2]', 'a[x#2#2]']);
  });

  test('of a file without rows: its own', () => {
    const [only] = scenariosOf({ 'a.yaml': 'notify: v2/payment' });
    expect(only).toMatchObject({ name: 'a', family: 'a', serial: false });
    expect(only?.rows.size).toBe(0);
  });
});

test('a matrix makes as many scenarios as it has combinations, and no two have the same name', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const matrix = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.array(value, { minLength: 1, maxLength: 4 }), { minKeys: 1 }); // prettier-ignore
  fc.assert(
    fc.property(matrix, (lists) => {
      const found = names(JSON.stringify({ matrix: lists, notify: 'v2/payment' }));
      expect(found.length).toBe(Object.values(lists).reduce((product, list) => product * list.length, 1));
      expect(new Set(found).size).toBe(found.length);
      for (const name of found) expect(name).toMatch(/^a\[[^[\]\p{Cc}]+\]$/u);
    }),
    { numRuns: 50 },
  );
});

test('every name finds its scenario, and only that', () => {
  const files = { 'a.yaml': 'matrix: { n: ["", "a b", "]", "[", "#2", é, "a=b"] }\nnotify: v2/payment' };
  for (const name of scenariosOf(files).map((scenario) => scenario.name)) {
    expect(scenariosOf(files, name).map((scenario) => scenario.name)).toEqual([name]);
    expect(scenariosOf(files, name.replace('a[', 'scenarios/a.yaml[')).map((one) => one.name)).toEqual([
      name,
    ]);
  }
});

describe('values', () => {
  test('stand where no template could', () => {
    const yaml = `
matrix: { kind: [v2/payment, v2/refund] }
cases: [{ n: 3, wait: 2s, ack: FAIL, damage: break, race: true, drop: appid, tag: t }]
summary: \${kind}, \${n} times
tags: ['\${tag}']
notify: \${kind}
times: \${n}
race: \${race}
timeout: \${ wait }
tamper: { drop: ['\${drop}'], ciphertext: '\${damage}' }
expect: { ack: '\${ack}', within: '\${wait}' }`;
    const [payment, refund] = scenariosOf({ 'a.yaml': yaml });
    expect(payment).toMatchObject({ summary: 'v2/payment, 3 times', tags: ['t'] });
    expect(notification(payment)).toMatchObject({
      kind: { id: 'v2/payment' },
      times: 3,
      race: true,
      timeout_ms: 2000,
      tamper: { drop: ['appid'], ciphertext: 'break' },
      expect: { each: { ack: 'FAIL', within_ms: 2000 } },
    });
    expect(notification(refund).kind.id).toBe('v2/refund');
  });

  test('are variables, with their types', () => {
    const [scenario] = scenariosOf({
      'a.yaml': 'matrix: { n: [9.90], b: [true], t: ["5"] }\nvars: { x: "${n}" }\nnotify: v2/payment',
    });
    expect(scenario?.vars).toMatchObject({ n: '9.90', b: 'true', t: '5', x: '${n}' });
    expect([...(scenario?.typed ?? [])].sort()).toEqual(['b', 'n']);
    expect([...(scenario?.rows ?? [])]).toEqual(['n', 'b', 't']);
  });

  test('are sent in JSON as they are written', () => {
    const [scenario] = scenariosOf({
      'a.yaml': `
matrix: { n: [9.90] }
steps:
  - call: POST http://127.0.0.1/
    json: { n: "\${n}", list: ["\${n}"], text: "a\${n}", "\${n}": 1, other: 1.50 }`,
    });
    const [call] = scenario?.steps ?? [];
    const payload = call?.does === 'call' ? call.payload?.value : undefined;
    expect(JSON.stringify(payload)).toBe(
      JSON.stringify({ n: '9.90', list: ['9.90'], text: 'a9.90', '${n}': 1, other: '1.50' }),
    );
    expect((payload as { n: object }).n).toBeTypeOf('object'); // a number, with its digits
  });

  test('leave alone what is no template, what is escaped, and other names', () => {
    const [scenario] = scenariosOf({
      'a.yaml': 'matrix: { n: [1] }\nnotify: v2/payment\nfields: { attach: "$${n} ${other} ${n} $n {n}" }',
    });
    expect(notification(scenario).fields['attach']).toBe('$${n} ${other} 1 $n {n}');
  });

  test('that are templates are filled in once, as variables', () => {
    const [scenario] = scenariosOf({
      'a.yaml': 'matrix: { n: ["${random.digits}"] }\nnotify: v2/payment\nfields: { attach: "${n}${n}" }',
    });
    expect(notification(scenario).fields['attach']).toBe('${n}${n}');
    expect(scenario?.vars['n']).toBe('${random.digits}');
  });

  test('make no template with what is around them', () => {
    const [scenario] = scenariosOf({
      'a.yaml': 'matrix: { n: ["$"] }\nnotify: v2/payment\nfields: { attach: "${n}{x}" }',
    });
    expect(notification(scenario).fields['attach']).toBe('${n}{x}'); // filled in later, in one go
  });

  test('stand for themselves in an expression', () => {
    const [scenario] = scenariosOf({
      'a.yaml': 'matrix: { n: ["a.b"] }\nnotify: v2/payment\nexpect: { message: "/^${n}$/" }',
    });
    expect(notification(scenario).expect.each.message).toBe('/^${n}$/');
  });

  test('come before the file’s own variables, and before a profile’s', () => {
    const [scenario] = scenariosOf({
      'a.yaml': 'vars: { n: 5, m: 6 }\nmatrix: { n: [1] }\nnotify: v2/payment',
    });
    if (!scenario) throw new Error('no scenario');
    const { vars } = withVars(scenario, { vars: { n: 7, m: 8 }, varPlace: () => undefined });
    expect(vars).toEqual({ n: '1', m: '8' });
  });

  test('may use variables, and variables may use them, in any order', () => {
    const [scenario] = scenariosOf({
      'a.yaml': 'vars: { c: "${n}c", b: b }\nmatrix: { n: ["${b}n"] }\nnotify: v2/payment',
    });
    expect(Object.keys(scenario?.vars ?? {})).toEqual(['b', 'n', 'c']);
  });
});

describe('tables', () => {
  const table = (text: string): string => `cases: ${text}\nnotify: v2/payment`;

  test('CSV: what is not quoted and is a number, true or false, is one', () => {
    const csv =
      '\ufeffname,n,t,b,w\r\none, 9.90 ,"9.90",true, some words\r\n\r\n"a, ""b""",0012,"",false,null\r\n';
    const [first, second] = scenariosOf({ 'a.yaml': table('rows.csv'), 'rows.csv': csv });
    expect(first?.name).toBe('a[one]');
    expect(first?.vars).toEqual({ n: '9.90', t: '9.90', b: 'true', w: 'some words' });
    expect([...(first?.typed ?? [])]).toEqual(['n', 'b']);
    expect(second?.name).toBe('a[a_ "b"]');
    expect(second?.vars).toEqual({ n: '0012', t: '', b: 'false', w: 'null' });
    expect([...(second?.typed ?? [])]).toEqual(['b']);
  });

  test('JSON: as it is written', () => {
    const json = '[\n\t{ "n": 1.50, "t": "\\u4e2d\\/", "b": false }\n]';
    const [only] = scenariosOf({ 'a.yaml': table('rows.json'), 'rows.json': json });
    expect(only?.vars).toEqual({ n: '1.50', t: '中/', b: 'false' });
    expect([...(only?.typed ?? [])]).toEqual(['n', 'b']);
  });

  test('are found beside the file that names them, and are sources', () => {
    const [only] = scenariosOf({ 'x/a.yaml': table('../_rows/r.csv'), '_rows/r.csv': 'n\n1\n' });
    expect(only?.sources.map((file) => file.replace(/.*scenarios/, ''))).toEqual([
      '/x/a.yaml',
      '/_rows/r.csv',
    ]);
  });

  test('the place of a value is its line', () => {
    const [, second] = scenariosOf({ 'a.yaml': table('rows.csv'), 'rows.csv': 'n,m\n1,2\n\n3,4\n' });
    expect(second?.place(['vars', 'm'])).toEqual({ file: 'scenarios/rows.csv', line: 4, col: 1 });
  });
});

describe('wrong rows', () => {
  test('one that is not there is told with those that are', () => {
    const read = readFiles({ 'a.yaml': 'matrix: { n: [one, two] }\nnotify: v2/payment' }, 'a[n=tow]');
    expect(read).toMatchObject({ ok: false, problems: [{ fix: 'Did you mean `n=two`?' }] });
  });

  test('of a file that has none', () => {
    expect(problemsOf({ 'a.yaml': 'notify: v2/payment' }, 'a[x]')).toEqual([
      'a has no rows: it is one scenario',
    ]);
  });

  test('a wrong value elsewhere does not matter to the row that is asked for', () => {
    const files = { 'a.yaml': 'matrix: { n: [1, x] }\nnotify: v2/payment\ntimes: ${n}' };
    expect(scenariosOf(files, 'a[n=1]').length).toBe(1);
    expect(problemsOf(files)).toEqual([
      'scenarios/a.yaml:3:8 `times` is "x", and must be a number, in a[n=x]',
    ]);
  });

  test('ten thousand are read, and no more', () => {
    const list = JSON.stringify(Array.from({ length: 100 }, (_, index) => index));
    const yaml = (last: string): string => `matrix: { a: ${list}, b: ${last} }\nnotify: v2/payment`;
    expect(scenariosOf({ 'a.yaml': yaml(list) }).length).toBe(10_000);
    expect(problemsOf({ 'a.yaml': yaml(list.replace(']', ', 100]')) })).toEqual([
      'scenarios/a.yaml:1:1 these are 10100 scenarios, and a file makes 10000 at most',
    ]);
  });
});

describe('names that templates know already are no names of one’s own', () => {
  test.each([
    ['a variable', 'vars: { env.HOME: x }\nnotify: v2/payment'],
    ['a list of a matrix', 'matrix: { random.digits: [1] }\nnotify: v2/payment'],
    ['a column', 'cases: [{ now.unix: 1 }]\nnotify: v2/payment'],
    ['a column of a file', 'cases: rows.csv\nnotify: v2/payment'],
  ])('%s', (_, yaml) => {
    expect(problemsOf({ 'a.yaml': yaml, 'rows.csv': 'target.origin\nx\n' })).toEqual([
      expect.stringMatching(/is not a name of one’s own: .*`target\.…` are built in/),
    ]);
  });
});

test('a summary says ${ where $${ is written', () => {
  const yaml = 'summary: "$${a} is ${a}"\nmatrix: { a: [1] }\nnotify: v2/payment';
  expect(scenariosOf({ 'a.yaml': yaml })[0]?.summary).toBe('${a} is 1');
});

describe('a table that is none says what is wrong with it', () => {
  const fixOf = (file: string, text: string): string => {
    const read = readFiles({ 'a.yaml': `cases: ${file}\nnotify: v2/payment`, [file]: text });
    const [problem] = read.ok ? [] : read.problems;
    return `${problem?.message ?? ''} | ${problem?.fix ?? ''}`;
  };

  test.each([
    ['rows.csv', '', /the table is empty \| The first line names the columns/],
    ['rows.csv', 'name,amount\n', /a line of names, and no rows/],
    ['rows.csv', 'name;amount\na;1\n', /semicolons between its values: save it with commas/],
    ['rows.csv', 'name\tamount\na\t1\n', /tabs between its values/],
    ['rows.json', '[{"a" 2}]', /not valid JSON.*double quotes/],
    ['rows.json', '['.repeat(20_000), /nested too deeply/],
  ])('%s: %j', (file, text, words) => {
    expect(fixOf(file, text)).toMatch(words);
    expect(fixOf(file, text)).not.toMatch(/YAML|call stack/);
  });
});
