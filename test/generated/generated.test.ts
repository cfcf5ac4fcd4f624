/** What is generated is a snapshot: the test is the generator (`npm run generate`), and it fails when they differ. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { toJsonSchema } from '@valibot/to-json-schema';
import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { v3Kinds } from '../../src/protocol/v3/kinds.gen.ts';
import { folderSchema } from '../../src/scenario/schema/schema-folder.ts';
import { scenarioSchema } from '../../src/scenario/schema/schema.ts';
import { root } from '../support/cli.ts';

const HINT = 'run `npm run generate`';
const HEAD = 'by `npm run generate`. Do not edit.';

describe('generated files', () => {
  test('the list of kinds is that of the files', async () => {
    const names = filesOf('src/protocol/v2/kinds');
    const text = [
      `// Generated from the files in v2/kinds/ ${HEAD}`,
      ...names.map((name) => `import { ${camel(name)} } from './v2/kinds/${name}.ts';`),
      '',
      '/** Every kind of notification, by its id. */',
      'export const kinds = {',
      ...names.map((name) => `  'v2/${name}': ${camel(name)},`),
      '} as const;',
      '',
    ];
    await expect(text.join('\n')).toMatchFileSnapshot('../../src/protocol/kinds.gen.ts', HINT);
  });

  test('the list of v3 kinds is that of the files, which stand in folders', async () => {
    const paths = pathsOf('src/protocol/v3/kinds');
    const names = paths.map((file) => path.posix.basename(file));
    const text = [
      `// Generated from the files in v3/kinds/ ${HEAD}`,
      ...paths.map((file, index) => `import { ${camel(names[index] ?? '')} } from './kinds/${file}.ts';`),
      '',
      '/** Every kind of notification of API v3, by its id. */',
      'export const v3Kinds = {',
      ...names.map((name) => `  'v3/${name}': ${camel(name)},`),
      '} as const;',
      '',
    ];
    await expect(text.join('\n')).toMatchFileSnapshot('../../src/protocol/v3/kinds.gen.ts', HINT);
  });

  test('each v3 kind carries the id of its file', () => {
    for (const [id, kind] of Object.entries(v3Kinds)) expect(kind.id).toBe(id);
  });

  test('each kind carries the id of its file', () => {
    for (const [id, kind] of Object.entries(kinds)) expect(kind.id).toBe(id);
  });

  test('the list of commands is that of the files', async () => {
    const names = filesOf('src/cli/commands');
    const command = (name: string): string => `${camel(name)}Command`;
    const text = [
      `// Generated from the files in commands/ ${HEAD}`,
      `import type { CommandFile } from './command.ts';`,
      ...names.map((name) => `import { ${command(name)} } from './commands/${name}.ts';`),
      '',
      '/** Every command, in the order of their names. */',
      'export const commands: readonly CommandFile[] = [',
      ...names.map((name) => `  ${command(name)},`),
      '];',
      '',
    ];
    await expect(text.join('\n')).toMatchFileSnapshot('../../src/cli/commands.gen.ts', HINT);
  });

  test('the list of reporters is that of the files', async () => {
    const names = filesOf('src/report/suite').filter((name) => name !== 'reporter');
    const text = [
      `// Generated from the files in suite/ ${HEAD}`,
      `import type { Reporter } from './suite/reporter.ts';`,
      '',
      '/** Every reporter of suites, by its name; each is loaded when it is asked for. */',
      'export const reporters = {',
      ...names.map(
        (name) =>
          `  ${keyOf(name)}: async (): Promise<Reporter> => (await import('./suite/${name}.ts')).${camel(name)}Reporter,`,
      ),
      '} as const;',
      '',
    ];
    await expect(text.join('\n')).toMatchFileSnapshot('../../src/report/reporters.gen.ts', HINT);
  });

  test('the JSON Schema is that of the validator', async () => {
    const schema = toJsonSchema(scenarioSchema, { errorMode: 'ignore' });
    const document = { ...(withRowValues(schema) as object), ...ROW_VALUES, title: 'A wxnotify scenario' };
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(
      '../../scenarios/scenario.schema.json',
      HINT,
    );
  });

  test('and so is that of folders', async () => {
    const schema = toJsonSchema(folderSchema, { errorMode: 'ignore' });
    const document = { ...schema, title: 'What the scenarios of a folder have in common' };
    await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(
      '../../scenarios/folder.schema.json',
      HINT,
    );
  });
});

/** The value of a row may stand where no other text could. An editor does not know whether the file has rows. */
function withRowValues(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withRowValues);
  if (schema === null || typeof schema !== 'object') return schema;
  const { anyOf } = schema as { anyOf?: readonly unknown[] };
  if (anyOf?.some(isNarrow)) {
    if (anyOf.some(isText)) return schema;
    return {
      ...schema,
      anyOf: [...anyOf.map((one) => (isNarrow(one) ? one : withRowValues(one))), ROW_VALUE],
    };
  }
  if (isNarrow(schema)) {
    const { description, ...rest } = schema as Readonly<Record<string, unknown>>;
    return { ...(description !== undefined && { description }), anyOf: [rest, ROW_VALUE] };
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, inner]) => [
      key,
      NO_ROW_VALUES.includes(key) ? inner : withRowValues(inner),
    ]),
  );
}

const ROW_VALUE = { $ref: '#/definitions/rowValue' };
const ROW_VALUES = {
  definitions: {
    rowValue: { type: 'string', pattern: String.raw`^\$\{[^}]+\}$`, description: 'A value of the row' },
  },
};
const NO_ROW_VALUES = ['propertyNames', 'required', 'matrix', 'cases', 'vars', 'serial'];

/** Whether not every text is right. */
function isNarrow(schema: unknown): boolean {
  const { type, pattern, enum: words } = schema as Readonly<Record<string, unknown>>;
  if (type === 'string') return pattern !== undefined || words !== undefined;
  return ['integer', 'number', 'boolean'].includes(String(type));
}

function isText(schema: unknown): boolean {
  return (schema as { type?: string }).type === 'string' && !isNarrow(schema);
}

/** The files in a folder's folders, in the order of their own names. */
function pathsOf(folder: string): readonly string[] {
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replaceAll(path.sep, '/').replace(/\.ts$/, ''))
    .sort((a, b) => (path.posix.basename(a) < path.posix.basename(b) ? -1 : 1));
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replace(/\.ts$/, ''))
    .sort();
}

/** `github-summary` is a key in quotes. */
function keyOf(name: string): string {
  return name.includes('-') ? `'${name}'` : name;
}

function camel(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
