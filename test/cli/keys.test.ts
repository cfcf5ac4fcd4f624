/** `keys`: what is written, for whom, and what never comes out. */
import type { ChildProcess } from 'node:child_process';
import { createPublicKey, X509Certificate } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { KEY_ACTIONS } from '../../src/cli/option-values.ts';
import { KEY_FILES } from '../../src/cli/settings/v3/folder.ts';
import {
  ended,
  merchantEnv,
  root,
  start,
  temporaryFolder,
  wxnotify,
  type CliResult,
} from '../support/cli.ts';
import { freePort } from '../support/server.ts';
import { hasTerminal, typed } from '../support/terminal.ts';

const CONFIG = `profiles:\n  local: { mch_id: '10000100' }\n  other: {}\nprofile: local\n`;
const FOLDER = '.wxnotify/local/platform';

function project(files: Readonly<Record<string, string>> = {}): string {
  return temporaryFolder({ 'wxnotify.yaml': CONFIG, ...files });
}

async function withKeys(...args: readonly string[]): Promise<string> {
  const cwd = project();
  expect(await wxnotify(['keys', 'new', ...args], { cwd })).toMatchObject({ status: 0, stderr: '' });
  return cwd;
}

const text = (cwd: string, name: string): string => readFileSync(path.join(cwd, name), 'utf8');
const mode = (cwd: string, name: string): string => (statSync(path.join(cwd, name)).mode & 0o777).toString(8);

/** Neither the private key nor the APIv3 key is in what was printed. */
function expectNothingSecret(cwd: string, ...results: readonly CliResult[]): void {
  const key = text(cwd, `${FOLDER}/key.pem`).split('\n').slice(1, -2);
  const made = path.join(cwd, '.wxnotify/local/api-v3-key.txt');
  const secrets = [...key, ...(existsSync(made) ? [readFileSync(made, 'utf8').trim()] : [])];
  expect(key.length).toBeGreaterThan(20);
  for (const { stdout, stderr } of results)
    for (const secret of secrets) expect(stdout + stderr).not.toContain(secret);
}

interface Shown {
  readonly profile: string | null;
  readonly mode: string;
  readonly wechatpay_serial: string;
  readonly serial: string | null;
  readonly public_key_id: string | null;
  readonly fingerprint: string;
  readonly certificate: string | null;
  readonly public_key: string;
  readonly api_v3_key: string | null;
  readonly before: { readonly serial: string | null } | null;
}

async function shown(cwd: string, ...args: readonly string[]): Promise<Shown> {
  const { stdout, stderr } = await wxnotify(['keys', 'show', '--json', ...args], { cwd });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Shown;
}

describe('keys new', () => {
  test('writes files for their owner alone, and keeps them out of version control', async () => {
    const cwd = await withKeys('--api-v3-key');
    const files = ['certificate.pem', 'key.pem', 'public-key-id.txt', 'public-key.pem'];
    expect(readdirSync(path.join(cwd, FOLDER)).sort()).toEqual(files);
    expect(readdirSync(path.join(cwd, '.wxnotify/local')).sort()).toEqual(['api-v3-key.txt', 'platform']);
    for (const name of files) expect(mode(cwd, `${FOLDER}/${name}`)).toBe('600');
    expect(mode(cwd, '.wxnotify/local/api-v3-key.txt')).toBe('600');
    for (const name of ['.wxnotify', '.wxnotify/local', FOLDER]) expect(mode(cwd, name)).toBe('700');
    expect(text(cwd, '.wxnotify/.gitignore')).toMatch(/^\*$/m);
    expect(text(cwd, `${FOLDER}/key.pem`)).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  });

  test('says where they are and what is next, and nothing secret', async () => {
    const cwd = project();
    const result = await wxnotify(['keys', 'new', '--api-v3-key'], { cwd });
    const { serialNumber } = new X509Certificate(text(cwd, `${FOLDER}/certificate.pem`));
    expect(result.stdout).toContain(path.join(FOLDER, 'key.pem'));
    expect(result.stdout).toContain(serialNumber);
    expect(result.stdout).toContain(text(cwd, `${FOLDER}/public-key-id.txt`));
    expect(result.stdout).toMatch(
      /^PUB_KEY_ID_010010000100\d{22}$|public key id {2}PUB_KEY_ID_010010000100\d{22}$/m,
    );
    expect(result.stdout).toContain('wxnotify keys show');
    expectNothingSecret(cwd, result);
  });

  test('--json', async () => {
    const cwd = project();
    const result = await wxnotify(['keys', 'new', '--json'], { cwd });
    const document = JSON.parse(result.stdout) as { written: string[]; serial: string };
    expect(document).toMatchObject({ schema: 'wxnotify/1', command: 'keys', ok: true, exit: 0 });
    for (const name of document.written) expect(existsSync(path.join(cwd, name))).toBe(true);
    expect(document.serial).toBe((await shown(cwd)).serial);
    expectNothingSecret(cwd, result);
  });

  test('replaces nothing, unless told to', async () => {
    const cwd = await withKeys('--api-v3-key');
    const before = text(cwd, `${FOLDER}/key.pem`);
    const apiV3Key = text(cwd, '.wxnotify/local/api-v3-key.txt');
    for (const args of [[], ['--yes'], ['--json']]) {
      const { status, stderr } = await wxnotify(['keys', 'new', ...args], { cwd });
      expect(status).toBe(2);
      expect(stderr).toContain('there is a platform key');
      expect(text(cwd, `${FOLDER}/key.pem`)).toBe(before);
    }
    const { status } = await wxnotify(['keys', 'new', '--force'], { cwd });
    expect(status).toBe(0);
    expect(text(cwd, `${FOLDER}/key.pem`)).not.toBe(before);
    expect(text(cwd, '.wxnotify/local/api-v3-key.txt')).toBe(apiV3Key);
    expect(readdirSync(path.join(cwd, '.wxnotify/local')).sort()).toEqual(['api-v3-key.txt', 'platform']);
    expect((await wxnotify(['keys', 'show'], { cwd })).status).toBe(0);
  });

  test('--rotate keeps the key before, which is told, and gone with the next one', async () => {
    const cwd = await withKeys();
    const old = text(cwd, `${FOLDER}/key.pem`);
    const { serial } = await shown(cwd);
    const rotated = await wxnotify(['keys', 'new', '--rotate'], { cwd });
    expect(rotated).toMatchObject({ status: 0, stderr: '' });
    expect(rotated.stdout).toContain('.wxnotify/local/platform-before');
    expect(text(cwd, `${FOLDER}-before/key.pem`)).toBe(old);
    expect(mode(cwd, `${FOLDER}-before/key.pem`)).toBe('600');
    const now = await shown(cwd);
    expect(now.before).toMatchObject({ serial });
    expect(now.serial).not.toBe(serial);
    const listed = await wxnotify(['keys', 'show'], { cwd });
    expect(listed.stdout).toMatch(new RegExp(`^before +${serial}, PUB_KEY_ID_`, 'm'));
    expectNothingSecret(cwd, rotated, listed);
    expect(rotated.stdout + listed.stdout).not.toContain(old.split('\n')[3]);
    expect((await wxnotify(['keys', 'new', '--rotate'], { cwd })).status).toBe(0);
    expect((await shown(cwd)).before).toMatchObject({ serial: now.serial });
    expect((await wxnotify(['keys', 'new', '--rotate', '--force'], { cwd })).status).toBe(2);
    expect((await wxnotify(['keys', 'new', '--force'], { cwd })).status).toBe(0);
    expect((await shown(cwd)).before).toBeNull();
    expect(readdirSync(path.join(cwd, '.wxnotify/local'))).toEqual(['platform']);
  });

  test('of several at once one wins, and its files belong together', async () => {
    const cwd = project();
    const results = await Promise.all([1, 2, 3].map(async () => wxnotify(['keys', 'new'], { cwd })));
    expect(results.map(({ status }) => status).sort()).toEqual([0, 2, 2]);
    for (const { status, stderr } of results)
      if (status === 2) expect(stderr).toMatch(/already there|nothing was written/);
    expect((await wxnotify(['keys', 'show'], { cwd })).status).toBe(0);
    expect(readdirSync(path.join(cwd, '.wxnotify/local'))).toEqual(['platform']);
  });

  test('an APIv3 key can be made later, and is not made twice', async () => {
    const cwd = await withKeys();
    const before = text(cwd, `${FOLDER}/key.pem`);
    const added = await wxnotify(['keys', 'new', '--api-v3-key'], { cwd });
    expect(added.status).toBe(0);
    expect(added.stdout).toContain('stays as it is');
    expect(text(cwd, `${FOLDER}/key.pem`)).toBe(before);
    const made = text(cwd, '.wxnotify/local/api-v3-key.txt').trim();
    expect(made).toHaveLength(32);
    expectNothingSecret(cwd, added);
    const again = await wxnotify(['keys', 'new', '--api-v3-key', '--force'], { cwd });
    expect(again).toMatchObject({ status: 2, stdout: '' });
    expect(again.stderr).toContain('there is an APIv3 key already');
    const env = { WXNOTIFY_API_V3_KEY: merchantEnv.WXNOTIFY_API_V3_KEY };
    expect((await wxnotify(['keys', 'new', '--api-v3-key'], { cwd: project(), env })).status).toBe(2);
  });

  test('the APIv3 key that was made is in force, and hidden, for its profile only', async () => {
    const cwd = await withKeys('--api-v3-key');
    const made = text(cwd, '.wxnotify/local/api-v3-key.txt').trim();
    const own = await wxnotify(['config'], { cwd });
    expect(own.stdout).toMatch(/^api_v3_key +\*+ +file .*api-v3-key\.txt/m);
    const other = await wxnotify(['config', '--profile', 'other'], { cwd });
    expect(other.stdout).toMatch(/^api_v3_key +\(not set\)$/m);
    expectNothingSecret(cwd, own, other);
    const leaky = await wxnotify(['config', '--target', `http://127.0.0.1/${made}`], { cwd });
    expectNothingSecret(cwd, leaky);
    expect(leaky.stdout).toContain('http://127.0.0.1/********');
  });

  test('each profile has its own; without one it is called default', async () => {
    const cwd = project();
    for (const name of ['local', 'other']) await wxnotify(['keys', 'new', '--profile', name], { cwd });
    expect((await shown(cwd)).serial).not.toBe((await shown(cwd, '--profile', 'other')).serial);
    const bare = temporaryFolder();
    await wxnotify(['keys', 'new'], { cwd: bare });
    expect(existsSync(path.join(bare, '.wxnotify/default/platform/key.pem'))).toBe(true);
    expect((await shown(bare)).profile).toBe(null);
  });

  test('a profile’s name is no path', async () => {
    const cwd = temporaryFolder({ 'wxnotify.yaml': 'profiles: { "../../up": {}, "测试": {} }\n' });
    for (const name of ['../../up', '测试']) {
      const { status } = await wxnotify(['keys', 'new', '--profile', name], { cwd });
      expect(status).toBe(0);
    }
    expect(readdirSync(path.join(cwd, '.wxnotify')).sort()).toEqual(
      ['%2E%2E%2F%2E%2E%2Fup', '.gitignore', '测试'].sort(),
    );
  });

  test('it is found from a folder below the configuration', async () => {
    const cwd = project({ 'sub/x.txt': '' });
    const below = path.join(cwd, 'sub');
    expect((await wxnotify(['keys', 'new'], { cwd: below })).status).toBe(0);
    expect((await shown(below)).serial).toBe((await shown(cwd)).serial);
    expect(existsSync(path.join(cwd, FOLDER, 'key.pem'))).toBe(true);
  });

  test.each<[string, Record<string, string>, readonly string[], string]>([
    ['for the demo merchant', {}, ['--profile', 'demo'], 'built in'],
    [
      'where a file is named already',
      { WXNOTIFY_V3_KEY_FILE: 'k.pem' },
      [],
      'another platform key is in force',
    ],
  ])('makes none %s', async (_, env, args, message) => {
    const cwd = project();
    const { status, stderr } = await wxnotify(['keys', 'new', ...args], { cwd, env });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(path.join(cwd, '.wxnotify'))).toBe(false);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that cannot be written to', async () => {
    const cwd = project();
    chmodSync(cwd, 0o500);
    const { status, stderr } = await wxnotify(['keys', 'new'], { cwd, env: { WXNOTIFY_STATE: '/tmp' } });
    chmodSync(cwd, 0o700);
    expect(status).toBe(2);
    expect(stderr).toContain('cannot write');
  });

  test('a file where the folder should be: told, and nothing is left', async () => {
    const cwd = project({ '.wxnotify/local': 'a file' });
    const { status, stderr } = await wxnotify(['keys', 'new'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: cannot write .*platform: (ENOTDIR|EEXIST)|already there/);
    expect(readdirSync(path.join(cwd, '.wxnotify'))).toContain('local');
  });

  test.runIf(hasTerminal).each([
    ['y\r', 0, true],
    ['\r', 2, false],
    ['\u0003', 130, false],
  ])('asks before it replaces: %j', async (answer, status, replaced) => {
    const cwd = await withKeys();
    const before = text(cwd, `${FOLDER}/key.pem`);
    const output = await typed(['keys', 'new'], [answer], cwd);
    expect(output).toContain('Replace it?');
    expect(output).toMatch(new RegExp(`exit ${status}\\s*$`));
    expect(text(cwd, `${FOLDER}/key.pem`) !== before).toBe(replaced);
  });
});

describe('keys show', () => {
  test('has what a server must be told', async () => {
    const cwd = await withKeys();
    const certificate = text(cwd, `${FOLDER}/certificate.pem`);
    const publicKey = text(cwd, `${FOLDER}/public-key.pem`);
    const { serialNumber } = new X509Certificate(certificate);
    const id = text(cwd, `${FOLDER}/public-key-id.txt`).trim();
    const result = await wxnotify(['keys', 'show'], { cwd });
    for (const part of [certificate, publicKey, serialNumber, id]) expect(result.stdout).toContain(part);
    expectNothingSecret(cwd, result);
    expect(await shown(cwd)).toMatchObject({
      profile: 'local',
      mode: 'certificate',
      wechatpay_serial: serialNumber,
      serial: serialNumber,
      public_key_id: id,
      certificate,
      public_key: publicKey,
      api_v3_key: null,
    });
  });

  test('--pem prints one alone, for a file', async () => {
    const cwd = await withKeys();
    for (const name of ['certificate', 'public-key']) {
      const { stdout, stderr } = await wxnotify(['keys', 'show', '--pem', name], { cwd });
      expect({ stdout, stderr }).toEqual({ stdout: text(cwd, `${FOLDER}/${name}.pem`), stderr: '' });
    }
  });

  test('the demo merchant’s needs no files, and mixes with no other', async () => {
    const cwd = await withKeys();
    const env = { WXNOTIFY_V3_KEY_FILE: `${FOLDER}/key.pem`, WXNOTIFY_V3_SERIAL: 'ABC' };
    const { stdout } = await wxnotify(['keys', 'show', '--json', '--profile', 'demo'], { cwd, env });
    const demo = JSON.parse(stdout) as Shown;
    expect(demo).toMatchObject({ mode: 'certificate', serial: expect.stringMatching(/^44454D4F/) as string });
    expect(
      new X509Certificate(demo.certificate ?? '').publicKey.equals(createPublicKey(demo.public_key)),
    ).toBe(true);
    const other = await wxnotify(['keys', 'show', '--json', '--profile', 'demo'], {
      env: { WXNOTIFY_V3_MODE: 'public-key' },
    });
    expect((JSON.parse(other.stdout) as Shown).wechatpay_serial).toMatch(/^PUB_KEY_ID_011900000109/);
  });

  test('without a key: what to do', async () => {
    const { status, stderr } = await wxnotify(['keys', 'show'], { cwd: project() });
    expect(status).toBe(2);
    expect(stderr).toContain('`wxnotify keys new`');
  });
});

describe('which key is in force', () => {
  test('environment, .env, profile, made', async () => {
    const cwd = await withKeys();
    for (const name of ['env', 'dot', 'file']) {
      const elsewhere = await withKeys();
      mkdirSync(path.join(cwd, name));
      for (const file of ['key.pem', 'certificate.pem'])
        writeFileSync(path.join(cwd, name, file), text(elsewhere, `${FOLDER}/${file}`));
    }
    const serialOf = (name: string): string =>
      new X509Certificate(text(cwd, `${name}/certificate.pem`)).serialNumber;
    const inForce = async (env = {}): Promise<Shown> => {
      const { stdout } = await wxnotify(['keys', 'show', '--json'], { cwd, env });
      return JSON.parse(stdout) as Shown;
    };
    expect((await inForce()).serial).toBe(serialOf(FOLDER));
    writeFileSync(
      path.join(cwd, 'wxnotify.yaml'),
      'profiles:\n  local:\n    v3: { key_file: file/key.pem, certificate_file: file/certificate.pem, public_key_id: PUB_KEY_ID_01, mode: public-key }\n',
    );
    expect(await inForce()).toMatchObject({ serial: serialOf('file'), wechatpay_serial: 'PUB_KEY_ID_01' });
    writeFileSync(
      path.join(cwd, '.env'),
      'WXNOTIFY_V3_KEY_FILE=dot/key.pem\nWXNOTIFY_V3_CERTIFICATE_FILE=dot/certificate.pem\n',
    );
    expect(await inForce()).toMatchObject({ serial: serialOf('dot'), wechatpay_serial: 'PUB_KEY_ID_01' });
    const env = {
      WXNOTIFY_V3_KEY_FILE: 'env/key.pem',
      WXNOTIFY_V3_CERTIFICATE_FILE: 'env/certificate.pem',
      WXNOTIFY_V3_MODE: 'certificate',
    };
    expect((await inForce(env)).wechatpay_serial).toBe(serialOf('env'));
    const { stdout } = await wxnotify(['config'], { cwd, env });
    expect(stdout).toMatch(
      new RegExp(`^v3 key +SHA-256 [0-9a-f]{64} +environment \\(WXNOTIFY_V3_KEY_FILE\\)$`, 'm'),
    );
    expect(stdout).toMatch(
      new RegExp(`^v3 serial +${serialOf('env')} +environment \\(WXNOTIFY_V3_CERTIFICATE_FILE\\)$`, 'm'),
    );
    expect(stdout).toMatch(/^v3 mode +certificate +environment \(WXNOTIFY_V3_MODE\)$/m);
    expect(stdout).toMatch(/^v3 public_key_id +PUB_KEY_ID_01 +profile local$/m);
  });

  test.each<[string, string, Record<string, string>, string]>([
    ['a file that is not there', '{ key_file: nowhere.pem }', {}, 'cannot be read (ENOENT)'],
    ['where it was looked for', '{ key_file: nowhere.pem }', {}, `${path.sep}nowhere.pem, which is named by`],
    [
      'a certificate that is not there',
      '{ key_file: key.pem, certificate_file: x }',
      {},
      'certificate cannot be read',
    ],
    ['a file without a key', '{ key_file: wxnotify.yaml }', {}, 'holds none that can be read'],
    ['a variable that is not set', '{ key_file: "${env.NOT_SET}" }', {}, '${env.NOT_SET}, which is not set'],
    ['no id in public-key mode', '{ key_file: key.pem, mode: public-key }', {}, 'must have an id'],
    [
      'an unknown mode',
      '{ key_file: key.pem }',
      { WXNOTIFY_V3_MODE: 'public' },
      'neither certificate nor public-key',
    ],
    ['a serial number of another', '{ key_file: key.pem, serial: "xyz" }', {}, 'up to 40 digits of hex'],
    ['an unknown mode in the file', '{ mode: pubic-key }', {}, 'public-key'],
    ['a misspelt name', '{ key_fil: key.pem }', {}, 'key_file'],
    ['a serial number without quotes', '{ serial: 1234 }', {}, 'wxnotify.yaml:2:'],
  ])('%s', async (_, v3, env, message) => {
    const made = await withKeys();
    const cwd = temporaryFolder({
      'wxnotify.yaml': `profiles:\n  own: { v3: ${v3} }\n`,
      'key.pem': text(made, `${FOLDER}/key.pem`),
    });
    const results = [
      await wxnotify(['keys', 'show'], { cwd, env }),
      await wxnotify(['config'], { cwd, env }),
    ];
    expect(results[0]?.status).toBe(2);
    for (const { stderr } of results) expect(stderr).toContain(message);
    expectNothingSecret(made, ...results);
  });

  test('a key in the place of its file’s name is not quoted', async () => {
    const made = await withKeys();
    const pem = text(made, `${FOLDER}/key.pem`);
    const env = { WXNOTIFY_V3_KEY_FILE: pem };
    const results = await Promise.all(
      [['keys', 'show'], ['config'], ['config', '--json'], ['keys', 'new']].map(async (args) =>
        wxnotify(args, { cwd: project(), env }),
      ),
    );
    expect(results.map(({ status }) => status)).toEqual([2, 0, 0, 2]);
    expectNothingSecret(made, ...results);
  });

  test('a private key that stands beside the certificate, in one file, is not given out with it', async () => {
    const made = await withKeys();
    const both = text(made, `${FOLDER}/key.pem`) + text(made, `${FOLDER}/certificate.pem`);
    const cwd = project({ 'both.pem': both });
    const env = { WXNOTIFY_V3_KEY_FILE: 'both.pem', WXNOTIFY_V3_CERTIFICATE_FILE: 'both.pem' };
    const results = await Promise.all(
      [
        ['keys', 'show'],
        ['keys', 'show', '--json'],
        ['keys', 'show', '--pem', 'certificate'],
      ].map(async (args) => wxnotify(args, { cwd, env })),
    );
    expect(results.map(({ status }) => status)).toEqual([0, 0, 0]);
    expectNothingSecret(made, ...results);
  });

  test('files that do not belong together are told', async () => {
    const cwd = await withKeys();
    const other = await withKeys();
    writeFileSync(path.join(cwd, FOLDER, 'certificate.pem'), text(other, `${FOLDER}/certificate.pem`));
    const { status, stderr } = await wxnotify(['keys', 'show'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('that of another private key');
    rmSync(path.join(cwd, FOLDER, 'public-key-id.txt'));
    expect((await wxnotify(['keys', 'show'], { cwd })).status).toBe(2);
  });
});

describe('keys serve', () => {
  async function serving(
    cwd: string,
    ...args: readonly string[]
  ): Promise<{ url: string; child: ChildProcess; end: Promise<CliResult> }> {
    const child = start(['keys', 'serve', '--port', '0', ...args], { cwd });
    const exit = ended(child);
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (data: string) => (stdout += data));
    const url = await new Promise<string>((resolve, reject) => {
      child.stderr?.setEncoding('utf8').on('data', (data: string) => {
        const found = /Serving (http:\S+):/.exec((stderr += data))?.[1];
        if (found !== undefined) resolve(found);
      });
      void exit.then((status) => reject(new Error(`ended with ${status}: ${stderr}`)));
    });
    return { url, child, end: exit.then((status) => ({ status, stdout, stderr })) };
  }

  test('answers until Ctrl-C, and tells who asked', async () => {
    const cwd = await withKeys('--api-v3-key');
    const { url, child, end } = await serving(cwd);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v3\/certificates$/);
    const { data } = (await (await fetch(url)).json()) as { data: { serial_no: string }[] };
    expect(data.map(({ serial_no }) => serial_no)).toEqual([(await shown(cwd)).serial]);
    await fetch(url.replace('certificates', '%1b[31mother\u0007'));
    child.kill('SIGINT');
    const result = await end;
    expect(result.status).toBe(0);
    expect(result.stdout).toMatch(/^200 GET \/v3\/certificates {2}not signed\n404 GET /);
    expectNothingSecret(cwd, result);
  });

  test('--json: a line for each request', async () => {
    const { url, child, end } = await serving(temporaryFolder(), '--profile', 'demo', '--json');
    await fetch(url);
    child.kill('SIGINT');
    expect(JSON.parse((await end).stdout)).toEqual({ method: 'GET', path: '/v3/certificates', status: 200 });
  });

  test('without an APIv3 key, without a certificate, on a port that is taken', async () => {
    const cwd = await withKeys();
    const without = await wxnotify(['keys', 'serve'], { cwd });
    expect(without.status).toBe(2);
    expect(without.stderr).toContain('APIv3 key of 32 bytes');
    const env = { ...merchantEnv, WXNOTIFY_V3_KEY_FILE: `${FOLDER}/key.pem`, WXNOTIFY_V3_SERIAL: 'ABCD' };
    const bare = await wxnotify(['keys', 'serve'], { cwd, env });
    expect(bare.status).toBe(2);
    expect(bare.stderr).toContain('missing: the platform’s certificate');
    const { url } = await serving(cwd, '--profile', 'demo');
    const { port } = new URL(url);
    const taken = await wxnotify(['keys', 'serve', '--profile', 'demo', '--port', port], { cwd });
    expect(taken.status).toBe(2);
    expect(taken.stderr).toContain('--port 0 takes a free one');
    expect(await freePort()).not.toBe(Number(port));
  });
});

test('docs/v3-keys.md names every action, option, file and setting, and no other', async () => {
  const page = readFileSync(path.join(root, 'docs/v3-keys.md'), 'utf8');
  const { stdout } = await wxnotify(['keys', '--help']);
  const [own = ''] = stdout.split('Common options:');
  const options = Array.from(own.matchAll(/^ {2}(--[a-z0-9-]+)/gm), ([, option = '']) => option);
  expect(options).toEqual(['--force', '--rotate', '--api-v3-key', '--pem', '--port']);
  for (const option of options) expect(page).toContain(option);
  for (const action of Object.keys(KEY_ACTIONS)) expect(page).toContain(`keys ${action}`);
  for (const file of Object.values(KEY_FILES)) expect(page).toContain(`\`${file}\``);
  const source = readFileSync(path.join(root, 'src/cli/settings/v3/v3-settings.ts'), 'utf8');
  const variables = (text: string): readonly string[] => [
    ...new Set(Array.from(text.matchAll(/WXNOTIFY_V3_[A-Z_]+/g), ([name]) => name)),
  ];
  expect([...variables(page)].sort()).toEqual([...variables(source)].sort());
});

test('shells complete actions and the names of --pem', async () => {
  const complete = async (...line: readonly string[]): Promise<string> =>
    (await wxnotify(['__complete', '--word=', '--', ...line])).stdout;
  expect((await complete('keys')).match(/^\S+/gm)).toEqual(Object.keys(KEY_ACTIONS));
  expect((await complete('keys', 'show', '--pem')).match(/^\S+/gm)).toEqual(['certificate', 'public-key']);
});

test('options that mean nothing to an action', async () => {
  for (const [args, message] of [
    [['new', '--pem', 'certificate'], '--pem means nothing to `keys new`'],
    [['show', '--force'], '--force means nothing to `keys show`'],
    [['serve', '--api-v3-key'], '--api-v3-key means nothing to `keys serve`'],
  ] as const) {
    const { status, stderr } = await wxnotify(['keys', ...args], { cwd: project() });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
  }
});
