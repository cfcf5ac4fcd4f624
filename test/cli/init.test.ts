/** `init`: what it writes works, holds no key and replaces nothing; and the questions, on a real terminal. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ended, merchant, merchantEnv, schemaOf, start, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startServer } from '../support/server.ts';
import { hasTerminal, typed } from '../support/terminal.ts';

const WRITTEN = [
  '.env.example',
  'scenarios',
  'scenarios/first.yaml',
  'scenarios/scenario.schema.json',
  'wxnotify.yaml',
];
const KEY = merchant.api_key;

/** The names and, behind them, everything that was written. */
function contents(cwd: string): { names: string[]; text: string } {
  const all = readdirSync(cwd, { recursive: true, withFileTypes: true });
  const names = all.map((entry) => path.relative(cwd, path.join(entry.parentPath, entry.name))).sort();
  const files = all.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return { names, text: files.map((file) => readFileSync(file, 'utf8')).join('\n') };
}

describe('without a terminal', () => {
  test('the files validate, and `send first` works with them', async () => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer();
    const written = await wxnotify(['init', '--target', url], { cwd, env: merchantEnv });
    expect(written).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringContaining('wxnotify send first') as string,
    });
    expect(contents(cwd).names).toEqual(WRITTEN);
    expect((await wxnotify(['validate', '--strict'], { cwd })).stdout).toBe('1 scenario is valid\n');
    expect((await wxnotify(['send', 'first'], { cwd, env: merchantEnv })).status).toBe(0);
    expect(received).toHaveLength(1);
  });

  test('the example of an audit block is one', async () => {
    const cwd = temporaryFolder();
    await wxnotify(['init'], { cwd, env: merchantEnv });
    const file = path.join(cwd, 'wxnotify.yaml');
    const [before = '', block = ''] = readFileSync(file, 'utf8').split('# audit:\n');
    writeFileSync(file, `${before}audit:\n${block.replace(/^# /gm, '')}`);
    const read = await wxnotify(['audit', '--list', '--case', 'one-fen-less'], { cwd, env: merchantEnv });
    expect(read).toMatchObject({ status: 0, stderr: '' });
    expect(read.stdout).toContain('1 cases');
  });

  test('every answer as a flag; a key file', async () => {
    const cwd = temporaryFolder({ 'secret/key.txt': `${KEY}\n` });
    const { url, received } = await startServer();
    const flags = [
      '--target',
      url,
      '--appid',
      merchant.appid,
      '--mch-id',
      merchant.mch_id,
      '--key-file',
      'secret/key.txt',
    ];
    expect((await wxnotify(['init', ...flags], { cwd })).status).toBe(0);
    expect((await wxnotify(['send', 'first'], { cwd })).status).toBe(0);
    expect(received[0]?.body.toString()).toContain(`<mch_id><![CDATA[${merchant.mch_id}]]>`);
  });

  test('.env.example, copied and filled in, is enough', async () => {
    const { url } = await startServer();
    const cwd = temporaryFolder();
    await wxnotify(['init', '--target', url, '--key-env', 'SHOP_KEY'], { cwd });
    const example = readFileSync(path.join(cwd, '.env.example'), 'utf8');
    const filled: Record<string, string> = {
      WXNOTIFY_APPID: merchant.appid,
      WXNOTIFY_MCH_ID: merchant.mch_id,
      SHOP_KEY: KEY,
    };
    const dotEnv = example.replace(/^(\w+)=$/gm, (_, name: string) => `${name}=${filled[name] ?? 'unknown'}`);
    const { '.env.example': _, ...there } = {
      '.env.example': '',
      '.env': dotEnv,
      'wxnotify.yaml': readFileSync(path.join(cwd, 'wxnotify.yaml'), 'utf8'),
    };
    expect((await wxnotify(['send', 'paid'], { cwd: temporaryFolder(there) })).status).toBe(0);
  });

  test.each([[[]], [['--yes']], [['--json']], [['--quiet']]])(
    'never waits for a standard input that stays open: %j',
    async (flags) => {
      const cwd = temporaryFolder();
      expect(await ended(start(['init', ...flags], { cwd }))).toBe(0);
      expect(contents(cwd).names).toEqual(WRITTEN);
    },
  );

  test('--json', async () => {
    const { stdout } = await wxnotify(['init', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'wxnotify/1',
      command: 'init',
      ok: true,
      exit: 0,
      written: ['wxnotify.yaml', '.env.example', 'scenarios/first.yaml', 'scenarios/scenario.schema.json'],
    });
  });

  test.each(['wxnotify.yaml', '.env.example', 'scenarios/first.yaml'])(
    '%s is there: nothing at all is written, but with --force',
    async (name) => {
      const cwd = temporaryFolder({ [name]: 'mine' });
      const refused = await wxnotify(['init', '--yes'], { cwd });
      expect(refused).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringMatching(/already here.*\n.*--force/) as string,
      });
      expect(contents(cwd).text).toBe('mine');
      expect((await wxnotify(['init', '--force'], { cwd })).status).toBe(0);
      expect(contents(cwd).text).not.toContain('mine');
    },
  );
});

test('editors complete the scenario: its first line names the schema that is written beside it', async () => {
  const cwd = temporaryFolder();
  await wxnotify(['init'], { cwd });
  expect(schemaOf(path.join(cwd, 'scenarios/first.yaml'))).toBe((await wxnotify(['schema'])).stdout);
});

describe('the key is written nowhere', () => {
  test('not when it is in the environment', async () => {
    const cwd = temporaryFolder();
    await wxnotify(['init'], { cwd, env: merchantEnv });
    expect(contents(cwd).text).not.toContain(KEY);
  });

  test.each(['--key-env', '--key-file'])('not when it is given in the place of %s', async (flag) => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await wxnotify(['init', flag, KEY], { cwd });
    expect(status).toBe(2);
    expect(contents(cwd).text + stdout + stderr).not.toContain(KEY);
  });

  test.each(['A B', 'A\nB: c', '9A', ''])(
    '%j names no variable: status 2, and no file that cannot be read again',
    async (name) => {
      const cwd = temporaryFolder();
      expect((await wxnotify(['init', '--key-env', name], { cwd })).status).toBe(2);
      expect(contents(cwd).names).toEqual([]);
    },
  );
});

describe.skipIf(!hasTerminal)('on a terminal', () => {
  const DOWN = '\u001b[B';

  test('a file holds the key', async () => {
    const cwd = temporaryFolder();
    const output = await typed(['init'], ['\r', '\r', '\r', `${DOWN}\r`, 'secret.txt\r'], cwd);
    expect(output).toMatch(/Which file[\s\S]*exit 0\s*$/);
    const config = readFileSync(path.join(cwd, 'wxnotify.yaml'), 'utf8');
    expect(config).toMatch(/^ {4}api_key_file: "?secret\.txt"?$/m);
    expect(config).not.toMatch(/^ {4}api_key:/m);
    expect(contents(cwd).text).not.toContain(KEY);
  });

  test('nothing but Enter: the same as without a terminal', async () => {
    const [asked, piped] = [temporaryFolder(), temporaryFolder()];
    expect(await typed(['init'], ['\r', '\r', '\r', '\r', '\r'], asked)).toMatch(/exit 0\s*$/);
    await wxnotify(['init'], { cwd: piped });
    expect(contents(asked)).toEqual(contents(piped));
  });

  test('flags answer, and nothing is asked', async () => {
    const output = await typed(['init', '--appid', merchant.appid], [], temporaryFolder());
    expect(output).toMatch(/^Wrote wxnotify\.yaml[\s\S]*exit 0\s*$/);
  });

  test('Ctrl-C in the middle: 130, and nothing is written', async () => {
    const cwd = temporaryFolder();
    const output = await typed(['init'], ['http://127.0.0.1:1/\r', '\u0003'], cwd);
    expect(output).toMatch(/exit 130\s*$/);
    expect(contents(cwd).names).toEqual([]);
  });

  /** The kernel itself refuses to connect to a multicast address: no packet leaves. */
  const FAR = 'http://224.0.0.1/notify';

  test.each([
    ['y\r', 3],
    ['n\r', 2],
    ['\r', 2],
    ['\u0003', 130],
  ])('a host that is not listed: %j ends with %i', async (answer, status) => {
    const cwd = temporaryFolder();
    const output = await typed(['send', 'paid', '--target', FAR, '--timeout', '5s'], [answer], cwd);
    expect(output).toMatch(/224\.0\.0\.1/);
    expect(Number(/exit (-?\d+)\s*$/.exec(output)?.[1])).toBe(status);
    expect(contents(cwd).names.includes('.state')).toBe(status === 3);
  });
});
