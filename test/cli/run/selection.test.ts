/** `run`: which scenarios. */
import { describe, expect, test } from 'vitest';
import { merchantEnv, temporaryFolder, wxnotify, type CliResult } from '../../support/cli.ts';
import { startServer } from '../../support/server.ts';

function paid(summary: string, tags: string): string {
  return `summary: ${summary}\ntags: [${tags}]\nnotify: v2/payment\n`;
}

const FILES = {
  'scenarios/a.yaml': paid('the first', 'smoke'),
  'scenarios/b.yaml': paid('the second', 'smoke, slow'),
  'scenarios/deep/c.yaml': paid('the third', 'slow'),
  'scenarios/deep/d.yml': paid('the fourth', 'other'),
  'scenarios/_parts/e.yaml': 'this is no scenario: 1\n',
  'scenarios/.hidden/f.yaml': 'nor is this: 1\n',
  'ci/g.yaml': paid('elsewhere', 'ci'),
};

async function list(
  ...args: readonly string[]
): Promise<{ status: CliResult['status']; names: readonly string[]; stderr: string }> {
  const cwd = temporaryFolder(FILES);
  const { status, stdout, stderr } = await wxnotify(['run', '--list', ...args], { cwd });
  return {
    status,
    stderr,
    names: stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split(' ')[0] ?? ''])),
  };
}

describe('selects', () => {
  test.each([
    ['everything of one’s own', [], ['a', 'b', 'deep/c', 'deep/d']],
    ['a folder', ['scenarios/deep'], ['deep/c', 'deep/d']],
    ['a folder with a slash', ['scenarios/deep/'], ['deep/c', 'deep/d']],
    ['a folder outside of scenarios/', ['ci'], ['ci/g']],
    ['a file', ['ci/g.yaml'], ['ci/g']],
    ['a file of scenarios/', ['scenarios/deep/d.yml'], ['deep/d']],
    ['a name', ['deep/c'], ['deep/c']],
    ['the last part of a name', ['c'], ['deep/c']],
    ['a group of names', ['deep'], ['deep/c', 'deep/d']],
    ['a built-in group', ['native'], ['native/product-call']],
    ['a glob of names', ['deep/*'], ['deep/c', 'deep/d']],
    ['a glob of files', ['scenarios/**/*.yaml'], ['a', 'b', 'deep/c']],
    ['several, each once', ['a', 'scenarios/a.yaml', 'deep/c', 'a'], ['a', 'deep/c']],
    ['a tag', ['--tag', 'smoke'], ['a', 'b']],
    ['a tag and not another', ['--tag', 'smoke,!slow'], ['a']],
    ['one of two tags', ['--tag', 'other', '--tag', 'smoke'], ['a', 'b', 'deep/d']],
    ['a part of a name', ['--grep', 'deep'], ['deep/c', 'deep/d']],
    ['a part of a summary, in any case', ['--grep', 'THE F'], ['a', 'deep/d']],
    ['an expression with flags', ['--grep', '/^[ab]$/'], ['a', 'b']],
    ['names after a flag whose value was left out', ['--bail', 'deep'], ['deep/c', 'deep/d']],
  ])('%s', async (_, args, names) => {
    expect(await list(...args)).toEqual({ status: 0, names, stderr: '' });
  });

  test('shards are all of it, each once, whatever else is said', async () => {
    const shards = await Promise.all([1, 2, 3].map((index) => list('--shard', `${index}/3`)));
    expect(shards.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(shards.flatMap(({ names }) => names).sort()).toEqual(['a', 'b', 'deep/c', 'deep/d']);
    const again = await list('--shard', '1/3', '--shuffle', '--seed', '7');
    expect([...again.names].sort()).toEqual([...(shards[0]?.names ?? [])].sort());
  });

  test('shuffled: the same seed gives the same order', async () => {
    const [one, two] = await Promise.all([
      list('--shuffle', '--seed', '3'),
      list('--shuffle', '--seed', '3'),
    ]);
    expect(one.names).toEqual(two.names);
    expect([...one.names].sort()).toEqual(['a', 'b', 'deep/c', 'deep/d']);
  });

  test('as JSON', async () => {
    const cwd = temporaryFolder(FILES);
    const { stdout } = await wxnotify(['run', 'a', '--list', '--json'], { cwd });
    expect(JSON.parse(stdout)).toEqual({
      schema: 'wxnotify/1',
      command: 'run',
      scenarios: [
        {
          name: 'a',
          summary: 'the first',
          tags: ['smoke'],
          file: 'scenarios/a.yaml',
          line: 1,
          serial: false,
        },
      ],
    });
  });
});

describe('nothing selected', () => {
  const none: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a tag that nobody has', ['--tag', 'smok'], /no scenario has the tags smok\n.*Did you mean `smoke`/],
    ['a name that nobody has', ['--grep', 'zzz'], /no name or summary matches \/zzz\/i/],
    ['a folder without scenarios', ['scenarios/_none'], /no scenario/],
    ['a glob that matches nothing', ['nope/*'], /no scenario matches nope/],
    ['the failed ones of no run', ['--only-failed'], /nothing was run here before/],
    [
      'a shard of too many',
      ['a', '--shard', '2/2'],
      /this shard is empty: there are 1 scenarios for 2 shards/,
    ],
  ];

  test.each(none)('%s is status 2, and says what to do', async (_, args, words) => {
    const { status, names, stderr } = await list(...args);
    expect({ status, names }).toEqual({ status: 2, names: [] });
    expect(stderr).toMatch(words);
  });

  test('there may be no scenarios at all', async () => {
    const cwd = temporaryFolder();
    const { status, stderr } = await wxnotify(['run'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('there are no scenarios of yours');
  });

  test.each([[['--tag', 'smok']], [['--only-failed']], [['--grep', 'zzz']]])(
    '%j is fine when that was asked for',
    async (args) => {
      const cwd = temporaryFolder(FILES);
      const { status, stdout } = await wxnotify(['run', ...args, '--pass-with-no-scenarios'], { cwd });
      expect(status).toBe(0);
      expect(stdout).toContain('(0)');
    },
  );

  test('a misspelt name is wrong all the same', async () => {
    const cwd = temporaryFolder(FILES);
    const { status, stderr } = await wxnotify(['run', 'deep/x', '--pass-with-no-scenarios'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('there is no scenario `deep/x`');
  });
});

describe('before anything is sent', () => {
  test('everything wrong with any of them is told, each once, with its place', async () => {
    const server = await startServer();
    const cwd = temporaryFolder({
      'scenarios/good.yaml': paid('fine', ''),
      'scenarios/bad.yaml': 'notify: v2/paymnt\n',
      'scenarios/worse.yaml': 'notify: v2/payment\nfields: { total_fee: "${nope}" }\n',
    });
    const result = await wxnotify(['run', 'scenarios', 'bad', '--target', server.url], {
      cwd,
      env: merchantEnv,
    });
    expect(result.status).toBe(2);
    expect(result.stderr).toContain('scenarios/bad.yaml:1:9');
    expect(result.stderr.match(/bad\.yaml/g)).toHaveLength(1);
    const others = await wxnotify(['run', 'worse', 'good', '--target', server.url], {
      cwd,
      env: merchantEnv,
    });
    expect(others.status).toBe(2);
    expect(others.stderr).toContain('scenarios/worse.yaml:2:22');
    expect(server.received).toEqual([]);
  });

  test.each([
    [['--shard', '3/2'], /2\/5/],
    [['--retries', '-1'], /whole number/],
    [['--workers', '0'], /whole number/],
    [['--grep', '('], /no regular expression/],
    [['--reporter', 'jnuit'], /Known: .*pretty/],
    [['--reporter', 'json='], /Give a file/],
    [['--wait', 'soon'], /time with its unit/],
    [['--set', 'total_fe=1'], /Did you mean `total_fee`/],
  ])('%j is refused', async (args, words) => {
    const cwd = temporaryFolder(FILES);
    const target = ['--target', 'http://127.0.0.1:1/n'];
    const { status, stderr } = await wxnotify(['run', ...args, ...target], { cwd, env: merchantEnv });
    expect(status).toBe(2);
    expect(stderr).toMatch(words);
  });
});
