/** `completion`: what the shells themselves make of it. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.gen.ts';
import { bin, merchantEnv, root, temporaryFolder, wxnotify } from '../support/cli.ts';
import { hasProgram, hasTerminal, typedInto } from '../support/terminal.ts';

const SCENARIO = `summary: 'One of ours: with a colon'\ntags:\n  - zeta # the last\nnotify: v2/payment\n`;

/** A project, with names that shells find hard; `wxnotify` is on its path. */
function project(): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } {
  const cwd = temporaryFolder({
    'scenarios/own/a:b=c.yaml': SCENARIO,
    'scenarios/own/sp ace.yaml': SCENARIO,
    'scenarios/own/_folder.yaml': 'defaults:\n  tags: [everywhere]\n',
    'wxnotify.yaml': 'profiles: { "st:age": {}, local: {} }\n',
    'capture.xml': '<xml/>',
  });
  const programs = path.join(cwd, 'programs');
  mkdirSync(programs);
  writeFileSync(path.join(programs, 'wxnotify'), `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  chmodSync(path.join(programs, 'wxnotify'), 0o755);
  return { cwd, env: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, HOME: cwd } };
}

/** What `docs/configuration.md` says to do for a shell. */
function documented(shell: string): string {
  const text = readFileSync(path.join(root, 'docs/configuration.md'), 'utf8');
  return new RegExp(`^\`\`\`${shell}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(text)?.[1] ?? 'exit 1';
}

describe('what can stand at the cursor', () => {
  /** The values, without what they are. */
  async function values(
    line: readonly string[],
    cwd = temporaryFolder(),
    env = {},
  ): Promise<readonly string[]> {
    const args = ['__complete', `--word=${line.at(-1) ?? ''}`, '--', ...line.slice(0, -1)];
    const { status, stdout, stderr } = await wxnotify(args, { cwd, env });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.split('\n').flatMap((text) => (text === '' ? [] : [text.split('\t')[0] ?? '']));
  }

  test('every command that is shown, and its summary', async () => {
    const { stdout } = await wxnotify(['__complete', '--word=', '--']);
    for (const { name, summary, hidden } of commands)
      expect(stdout.includes(`${name}\t${summary}\n`)).toBe(!hidden);
    expect(await values(['he'])).toEqual(['help']);
    expect(await values(['help', 'sen'])).toEqual(['send']);
  });

  test.each(commands.filter(({ hidden }) => !hidden).map(({ name }) => name))(
    'the options of %s are those of its help',
    async (name) => {
      const { stdout } = await wxnotify([name, '--help']);
      const shown = Array.from(stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm), ([, option]) => option);
      expect(shown.length).toBeGreaterThan(5);
      expect([...(await values([name, '--']))].sort()).toEqual([...new Set(shown)].sort());
    },
  );

  test.each<[readonly string[], readonly string[]]>([
    [['--ver'], ['--version']],
    [
      ['send', 'payment/paid-h'],
      ['payment/paid-h5', 'payment/paid-hmac', 'payment/paid-hmac-unnamed'],
    ],
    [['send', 'paid-n'], ['paid-native']],
    [['send', 'paid', 'more'], []],
    [['demo', 'paid', 'paid-n'], ['paid-native']],
    [['send', '--scenario', 'paid-n'], ['paid-native']],
    [['send', '--scenario=paid-n'], ['--scenario=paid-native']],
    [['send', '-s', 'paid-n'], ['paid-native']],
    [['send', '--set', 'a=b', 'paid-n'], ['paid-native']],
    [['send', '--', '--pro'], [':files']],
    [
      ['send', '--expect', ''],
      ['SUCCESS', 'FAIL', 'REJECTED', 'NONE'],
    ],
    [['send', './'], [':files']],
    [['send', '--schedule', ''], ['wechat']],
    [['send', '--times', ''], []],
    [
      ['build', '--format', ''],
      ['curl', 'hurl', 'http', 'postman', 'k6'],
    ],
    [['fields', 'v2/ref'], ['v2/refund']],
    [['new', '--kind', 'v2/ref'], ['v2/refund']],
    [['new', '--tamper', 'for'], ['forged']],
    [
      ['listen', '--answer', ''],
      ['success', 'fail'],
    ],
    [['listen', '--bug', 'races,loses'], ['races,loses-early-refund']],
    [['run', '--tag', 'smoke,!hmac'], ['smoke,!hmac']],
    [['run', '--tag=!hm'], ['--tag=!hmac']],
    [['run', '--bail', 'paid-n'], ['paid-native']],
    [['run', '--bail', '--shuf'], ['--shuffle']],
    [['run', '--reporter', 'pre'], ['pretty']],
    [['run', '--reporter', 'json=out'], [':files']],
    [
      ['audit', '--report', ''],
      ['text', 'json', 'html', 'sarif', 'markdown'],
    ],
    [['audit', '--report', 'html=out'], [':files']],
    [
      ['audit', '--fail-on', ''],
      ['critical', 'high', 'medium', 'low'],
    ],
    [
      ['audit', '--only', 'v'],
      ['v2', 'v3'],
    ],
    [['audit', '--case', 'hostile/signature/forged-s'], ['hostile/signature/forged-signature']],
    [['audit', '--case', 'xxe-file,missing-signature-a'], ['xxe-file,missing-signature-and-return-code']],
    [['audit', '--case', 'paid-native'], []],
    [['import', ''], [':files']],
    [['config', '--state', ''], [':files']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['schema', 'sc'], ['scenario']],
    [['no-such-command', ''], []],
    [['send', '--profile', ''], ['demo']],
  ])('%j', async (line, expected) => {
    expect(await values(line)).toEqual(expected);
  });

  test('a group of cases', async () => {
    expect(await values(['audit', '--case', 'hostile/xm'])).toContain('hostile/xml');
  });

  test('one’s own scenarios, tags and profiles, wherever the configuration is', async () => {
    const { cwd } = project();
    const own = ['own/a:b=c', 'own/sp ace'];
    expect((await values(['send', ''], cwd)).slice(0, 2)).toEqual(own);
    expect(await values(['send', 'own/'], path.join(cwd, 'scenarios/own'))).toEqual(own);
    expect(await values(['send', '--config', path.join(cwd, 'wxnotify.yaml'), 'own/'])).toEqual(own);
    expect(await values(['demo', 'own/'], cwd)).toEqual([':files']);
    expect(await values(['send', '--profile', ''], cwd)).toEqual(['st:age', 'local', 'demo']);
    const { stdout } = await wxnotify(['__complete', '--word=', '--', 'list', '--tag'], { cwd });
    expect(stdout).toContain('zeta\t2 scenarios\n');
    expect(stdout).toContain('everywhere\t2 scenarios\n');
  });

  test('the tags are those that list knows', async () => {
    const { stdout } = await wxnotify(['list', '--json']);
    const { scenarios } = JSON.parse(stdout) as { scenarios: { tags: string[] }[] };
    const known = [...new Set(scenarios.flatMap(({ tags }) => tags))].sort();
    expect(await values(['list', '--tag', ''])).toEqual(known);
  });

  test('no key, and nothing that a terminal would obey', async () => {
    const cwd = temporaryFolder({
      'scenarios/a.yaml': `summary: \u001b[31mred\u0007\nnotify: v2/payment\n`,
      'scenarios/b\u001b[0m.yaml': SCENARIO,
      'wxnotify.yaml': `profiles: { local: { api_key: ${merchantEnv.WXNOTIFY_API_KEY} } }`,
    });
    for (const option of ['--profile', '--scenario']) {
      const { stdout } = await wxnotify(['__complete', '--word=', '--', 'send', option], { cwd });
      expect(stdout.length).toBeGreaterThan(3);
      expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/);
      expect(stdout).not.toContain(merchantEnv.WXNOTIFY_API_KEY);
    }
  });

  test('silent where the configuration cannot be read', async () => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': 'profiles: [', 'scenarios/zz.yaml': '{' });
    expect(await values(['send', '--profile', ''], cwd)).toEqual(['demo']);
    expect(await values(['send', 'zz'], cwd)).toEqual(['zz']);
  });
});

test.each<[readonly string[], RegExp]>([
  [['completion'], /which shell\?[\s\S]*bash, zsh, fish, powershell/],
  [['completion', 'fihs'], /Did you mean `fish`\?/],
  [['schema', 'foldr'], /there is no schema `foldr`\n.*`folder`/],
])('%j ends with 2', async (args, message) => {
  const { status, stdout, stderr } = await wxnotify(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(message);
});

test('schema folder', async () => {
  const { stdout } = await wxnotify(['schema', 'folder']);
  expect(stdout).toBe(readFileSync(path.join(root, 'scenarios/folder.schema.json'), 'utf8'));
});

describe('bash', () => {
  /** A line as bash cuts it, and the completions that it is told. */
  async function completed(line: string, words: readonly string[]): Promise<readonly string[]> {
    const { cwd, env } = project();
    const run = promisify(execFile);
    await run('bash', ['--norc', '-e', '-c', documented('bash')], { cwd, env });
    const script = `set -eu; source ~/.bashrc; complete -p wxnotify >&2
      COMP_LINE=$1 COMP_POINT=\${#1}; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
      _wxnotify wxnotify; for reply in \${COMPREPLY[@]+"\${COMPREPLY[@]}"}; do echo "$reply"; done`;
    const { stdout, stderr } = await run('bash', ['--norc', '-c', script, 'bash', line, ...words], {
      cwd,
      env,
    });
    expect(stderr).toBe('complete -o default -F _wxnotify wxnotify\n');
    return stdout.split('\n').slice(0, -1);
  }

  test.each<[string, readonly string[], readonly string[]]>([
    ['wxnotify valid', ['wxnotify', 'valid'], ['validate']],
    ['wxnotify send own/', ['wxnotify', 'send', 'own/'], ['own/a:b=c', 'own/sp\\ ace']],
    ['wxnotify send own/a:b', ['wxnotify', 'send', 'own/a', ':', 'b'], ['b=c']],
    ['wxnotify send own/a:b=', ['wxnotify', 'send', 'own/a', ':', 'b', '=', ''], ['c']],
    ['wxnotify send own/a:b=', ['wxnotify', 'send', 'own/a', ':', 'b', '='], ['c']],
    ['wxnotify send "own/a:', ['wxnotify', 'send', '"own/a:'], ['own/a:b=c']],
    ['wxnotify send own/sp\\ a', ['wxnotify', 'send', 'own/sp\\ a'], ['own/sp\\ ace']],
    ["wxnotify send 'own/sp a", ['wxnotify', 'send', "'own/sp a"], ['own/sp ace']],
    ['wxnotify list --tag=ze', ['wxnotify', 'list', '--tag', '=', 'ze'], ['zeta']],
    [
      'wxnotify send --target http://127.0.0.1:8080/n --profile st:',
      ['wxnotify', 'send', '--target', 'http', ':', '//127.0.0.1', ':', '8080/n', '--profile', 'st', ':'],
      ['age'],
    ],
    ['wxnotify  send   paid-n', ['wxnotify', 'send', 'paid-n'], ['paid-native']],
    ['wxnotify import ', ['wxnotify', 'import', ''], []],
  ])('%s', async (line, words, expected) => {
    expect(await completed(line, words)).toEqual(expected);
  });

  test.skipIf(!hasTerminal)(
    'at a prompt: names, a value behind a colon, and files where one is asked for',
    async () => {
      const { cwd, env } = project();
      await promisify(execFile)('bash', ['--norc', '-c', documented('bash')], { cwd, env });
      const lines = [
        'source ~/.bashrc; bind "set bell-style none"\r',
        'wxnotify sho\tpaid-nat\t',
        '\u0015wxnotify send own/a:\t',
        '\u0015wxnotify import capt\t',
        '\u0015wxnotify config --profile capt\t',
        '\u0015exit\r',
      ];
      const bash = [
        process.env['SHELL']?.endsWith('/bash') ? process.env['SHELL'] : '/bin/bash',
        '--norc',
        '-i',
      ];
      const output = await typedInto(bash, lines, { cwd, env: { ...env, TERM: 'dumb' } });
      expect(output).toContain('wxnotify show paid-native ');
      expect(output).toContain('wxnotify send own/a:b=c ');
      expect(output).toContain('wxnotify import capture.xml ');
      expect(output).toMatch(/--profile capt(?!ure)/);
    },
  );
});

describe.skipIf(!hasProgram('zsh') || !hasTerminal)('zsh, at a prompt', () => {
  test.each<[string, string]>([
    ['wxnotify valid', 'wxnotify validate '],
    ['wxnotify send own/sp', 'wxnotify send own/sp\\ ace '],
    ['wxnotify send own/a', 'wxnotify send own/a:b=c '],
    ['wxnotify list --tag=ze', 'wxnotify list --tag=zeta '],
    ['wxnotify send --profile st', 'wxnotify send --profile st:age '],
    ['wxnotify import capt', 'wxnotify import capture.xml '],
    ['wxnotify send --config=wx', 'wxnotify send --config=wxnotify.yaml '],
  ])('%s', async (line, expected) => {
    const { cwd, env } = project();
    await promisify(execFile)('zsh', ['-f', '-c', documented('zsh')], { cwd, env });
    const lines = [`source ~/.zshrc\r`, `${line}\t`, '\u0015exit\r'];
    const output = await typedInto(['/usr/bin/env', 'zsh', '-f', '-i'], lines, {
      cwd,
      env: { ...env, TERM: 'dumb' },
    });
    expect(output).toContain(expected);
  });

  test('as a file of $fpath', async () => {
    const { cwd, env } = project();
    const script = `mkdir f && wxnotify completion zsh > f/_wxnotify && fpath=($PWD/f $fpath) && autoload -Uz compinit && compinit -D -u && echo $_comps[wxnotify]`;
    const { stdout } = await promisify(execFile)('zsh', ['-f', '-c', script], { cwd, env });
    expect(stdout).toBe('_wxnotify\n');
  });
});

describe.skipIf(!hasProgram('fish'))('fish', () => {
  test('completes lines as it does at a prompt', async () => {
    const { cwd, env } = project();
    const run = promisify(execFile);
    await run('fish', ['-c', documented('fish')], { cwd, env });
    const lines: Readonly<Record<string, readonly string[]>> = {
      'wxnotify valid': ['validate\tcheck scenarios without sending'],
      'wxnotify send own/': ['own/a:b=c\tOne of ours: with a colon', 'own/sp ace\tOne of ours: with a colon'],
      'wxnotify send "own/sp': ['own/sp ace\tOne of ours: with a colon'],
      'wxnotify list --tag=ze': ['--tag=zeta\t2 scenarios'],
      'wxnotify send --profile st:': ['st:age'],
      'wxnotify import capt': ['capture.xml'],
      'wxnotify send --config=wx': ['--config=wxnotify.yaml'],
      'wxnotify send --times ': [],
    };
    const script = 'for line in $argv; echo "> $line"; complete -C $line; end';
    const { stdout, stderr } = await run('fish', ['-c', script, '--', ...Object.keys(lines)], { cwd, env });
    expect(stderr).toBe('');
    const expected = Object.entries(lines).flatMap(([line, found]) => [`> ${line}`.trimEnd(), ...found]);
    expect(
      stdout
        .split('\n')
        .slice(0, -1)
        .map((text) => text.trimEnd()),
    ).toEqual(expected);
  });
});

describe.skipIf(!hasProgram('pwsh'))('PowerShell', () => {
  test('completes lines as it does at a prompt', async () => {
    const { cwd, env } = project();
    const script = `wxnotify completion powershell | Out-String | Invoke-Expression
      foreach ($line in 'wxnotify valid', 'wxnotify send own/', 'wxnotify list --tag=ze', 'wxnotify completion ') {
        (TabExpansion2 $line $line.Length).CompletionMatches | ForEach-Object { $_.CompletionText }
      }`;
    const { stdout } = await promisify(execFile)('pwsh', ['-NoProfile', '-Command', script], { cwd, env });
    const expected = "validate own/a:b=c 'own/sp_ace' --tag=zeta bash zsh fish powershell";
    expect(stdout.trim().split(/\r?\n/)).toEqual(expected.split(' ').map((text) => text.replace('_', ' ')));
  });
});
