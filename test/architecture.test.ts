/** Who may import whom: the import table of docs/architecture.md, with the reasons. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { root } from './support/cli.ts';

interface Room {
  /** The other rooms it may import, or single files of them. */
  readonly rooms: readonly string[];
  /** Node's own modules. */
  readonly node: readonly string[];
  readonly packages: readonly string[];
  readonly because: string;
}

const EVERYTHING = [
  'cli',
  'report',
  'export',
  'capture',
  'run',
  'delivery',
  'scenario',
  'protocol',
  'merchant',
  'platform',
  'audit',
];

const rooms: Readonly<Record<string, Room>> = {
  protocol: {
    rooms: [],
    node: ['crypto', 'zlib'],
    packages: ['fast-xml-parser', 'lossless-json'],
    because: 'the protocol is pure: no I/O, no clock, no dice, so that every byte can be tested',
  },
  scenario: {
    rooms: ['protocol'],
    node: ['fs', 'path'],
    packages: ['yaml', 'valibot', 'fastest-levenshtein', 'lossless-json', 'csv-parse/sync'],
    because: 'scenarios know field tables, and nothing of how a notification is delivered or judged',
  },
  delivery: {
    rooms: [],
    node: [
      'dns',
      'dns/promises',
      'fs',
      'http',
      'net',
      'path',
      'perf_hooks',
      'stream',
      'timers/promises',
      'tls',
    ],
    packages: ['undici'],
    because: 'delivery knows bytes and URLs, and nothing of WeChat Pay',
  },
  run: {
    rooms: ['scenario', 'protocol', 'delivery'],
    node: ['child_process', 'crypto', 'perf_hooks', 'timers/promises', 'vm'],
    packages: ['jsonpath-rfc9535'],
    because: 'the runner tells what happens; it neither prints nor reads settings',
  },
  audit: {
    rooms: ['scenario', 'protocol', 'run/events.ts'],
    node: [],
    packages: [],
    because: 'an audit is made of scenarios and of what was seen; it neither sends nor prints',
  },
  report: {
    rooms: ['run/events.ts', 'audit/result.ts'],
    node: [],
    packages: ['chalk', 'diff', 'fast-string-truncated-width'],
    because: 'a reporter is a function of events to text; it must not be able to reach anything else',
  },
  export: {
    rooms: [],
    node: [],
    packages: [],
    because: 'an exporter is a function of a request to text',
  },
  capture: {
    rooms: ['protocol'],
    node: [],
    packages: ['yaml'],
    because: 'a capture is text in, a message or a scenario out; files and keys are the command line’s',
  },
  merchant: {
    rooms: ['protocol'],
    node: ['crypto', 'events', 'http', 'net', 'timers/promises'],
    packages: [],
    because: 'the reference merchant is an example of a handler, not part of the sender',
  },
  platform: {
    rooms: ['protocol'],
    node: ['crypto', 'http', 'net', 'util'],
    packages: ['asn1js'],
    because:
      'the stand-in for the platform has keys and an endpoint; files and settings are the command line’s',
  },
  cli: {
    rooms: EVERYTHING,
    node: ['crypto', 'events', 'fs', 'fs/promises', 'path', 'url', 'util', 'v8'],
    packages: ['commander', 'chalk', 'inquirer', 'valibot', 'env-paths', 'picomatch', 'chokidar'],
    because: 'the command line is the only room that knows all the others',
  },
  library: {
    rooms: [
      ...['protocol', 'scenario', 'run', 'delivery', 'platform/demo-key.ts', 'platform/keys.ts'],
      ...[
        'cli/context.ts',
        'cli/home.ts',
        'cli/mask.ts',
        'cli/settings/secrets.ts',
        'cli/settings/settings.ts',
        'cli/settings/v3/v3-settings.ts',
        'cli/settings/valued.ts',
      ],
      ...['cli/work/load.ts', 'cli/work/run/members.ts', 'cli/work/run/options.ts', 'cli/work/run/select.ts'],
      'report/suite/json.ts',
    ],
    node: ['events'],
    packages: ['chalk', 'valibot'],
    because:
      'the library face offers what is there, as functions: of the command line, what neither prints nor reads settings',
  },
  '.': {
    rooms: ['library', 'protocol', 'scenario', 'delivery'],
    node: [],
    packages: [],
    because: 'what others import is a list of names',
  },
};

const src = path.join(root, 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(?<!\.d)\.ts$/.test(file),
);

describe('imports', () => {
  test.each(files)('%s', (file) => {
    const room = roomOf(file);
    const rule = rooms[room];
    expect(rule, `src/${room} is no known room`).toBeDefined();
    const wrong = importsOf(file).filter((name) => rule && !isAllowed(name, file, rule));
    expect(wrong, `${room} may not import this: ${rule?.because ?? ''}`).toEqual([]);
  });

  test('v2 and v3 stay strangers', () => {
    const crossing = files.filter((file) => {
      const other = /^protocol\/(v[23])\//.exec(file)?.[1] === 'v2' ? '/v3/' : '/v2/';
      return /^protocol\/v[23]\//.test(file) && importsOf(file).some((name) => name.includes(other));
    });
    expect(crossing).toEqual([]);
  });

  test('a command’s declaration loads nothing heavy', () => {
    const words = ['../../merchant/bugs.ts', '../option-values.ts'];
    const names = '../../report/reporters.gen.ts'; // loads a reporter when it is asked for
    const light = ['../command.ts', '../context.ts', '../options.ts', 'commander', ...words, names];
    expect(staticImportsOf('report/reporters.gen.ts')).toEqual([]);
    for (const name of words)
      expect(importsOf(path.posix.join('cli/commands', name)), 'imports nothing').toEqual([]);
    for (const file of files.filter((name) => name.startsWith('cli/commands/'))) {
      const heavy = staticImportsOf(file).filter((name) => !light.includes(name));
      expect(heavy, `${file} must load these when the command runs`).toEqual([]);
    }
  });
});

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '.') : '.';
}

function isAllowed(name: string, file: string, rule: Room): boolean {
  if (name.startsWith('node:')) return rule.node.includes(name.slice(5));
  if (!name.startsWith('.')) return rule.packages.includes(name);
  const target = path.posix.join(path.posix.dirname(file), name);
  const room = roomOf(target);
  return room === roomOf(file) || rule.rooms.includes(room) || rule.rooms.includes(target);
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(path.join(src, file), 'utf8');
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
}

/** Imports that load code at once: neither types nor `import()`. */
function staticImportsOf(file: string): readonly string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(src, file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  return source.statements
    .filter(ts.isImportDeclaration)
    .filter(({ importClause }) => importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
    .map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text);
}
