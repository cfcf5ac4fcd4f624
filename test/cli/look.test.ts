/** `list`, `show`, `history`, `schema`, `config`: looking around. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { bin, merchantEnv, reported, root, temporaryFolder, wxnotify } from '../support/cli.ts';
import { FAIL, startServer } from '../support/server.ts';

const OWN = 'summary: Mine\ntags: [mine]\nnotify: v2/payment\n';

interface Listed {
  readonly scenarios: readonly {
    name: string;
    summary: string;
    tags: string[];
    origin: string;
    file: string;
  }[];
}

describe('list', () => {
  const listed = async (args: string[], cwd = temporaryFolder()): Promise<Listed['scenarios']> => {
    const { stdout } = await wxnotify(['list', ...args, '--json'], { cwd });
    return (JSON.parse(stdout) as Listed).scenarios;
  };

  test('names and summaries of the built-in ones', async () => {
    const { status, stdout, stderr } = await wxnotify(['list']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^payment\/paid +A JSAPI order of 1.00 CNY is paid$/m);
    const needed =
      'payment/paid payment/paid-with-coupon payment/paid-native payment/paid-app payment/paid-h5 payment/paid-service-provider payment/failed payment/duplicate refund/success refund/closed refund/abnormal refund/partial-then-full hostile/signature/forged-signature hostile/signature/tampered-amount hostile/signature/missing-signature';
    const names = stdout.split('\n').map((line) => line.split(' ')[0]);
    expect(names).toEqual(expect.arrayContaining(needed.split(' ')));
  });

  test('--tag', async () => {
    const hostile = await listed(['--tag', 'hostile']);
    expect(hostile.length).toBeGreaterThanOrEqual(3);
    for (const { name, tags, origin } of hostile)
      expect([/^(v3\/)?hostile\//.test(name), tags.includes('hostile'), origin]).toEqual([
        true,
        true,
        'built-in',
      ]);
    expect(await listed(['--tag', 'no-such-tag'])).toEqual([]);
  });

  test('one’s own come first, hide the built-in of that name, and one that is broken is still listed', async () => {
    const files = {
      'scenarios/mine.yaml': OWN,
      'scenarios/payment/paid.yaml': OWN,
      'scenarios/broken.yml': 'notify: [',
      'scenarios/_part.yaml': OWN,
    };
    const all = await listed([], temporaryFolder(files));
    expect(all.slice(0, 3)).toMatchObject([
      {
        name: 'broken',
        summary: expect.stringContaining('cannot be read') as string,
        origin: 'yours',
        file: 'scenarios/broken.yml',
      },
      { name: 'mine', summary: 'Mine', tags: ['mine'], origin: 'yours', file: 'scenarios/mine.yaml' },
      { name: 'payment/paid', summary: 'Mine', origin: 'yours' },
    ]);
    expect(all.filter(({ name }) => name === 'payment/paid')).toHaveLength(1);
    expect(all.some(({ name }) => name === '_part')).toBe(false);
  });
});

describe('show', () => {
  test('the file as it is written: a valid scenario to begin with', async () => {
    const cwd = temporaryFolder();
    const { stdout } = await wxnotify(['show', 'refund/partial-then-full']);
    expect(stdout).toBe(readFileSync(path.join(root, 'scenarios/refund/partial-then-full.yaml'), 'utf8'));
    writeFileSync(path.join(cwd, 'copy.yaml'), stdout);
    expect((await wxnotify(['validate', './copy.yaml', '--strict'], { cwd })).status).toBe(0);
    const { url, received } = await startServer();
    expect((await reported(['send', './copy.yaml', '--target', url], { cwd })).status).toBe(0);
    expect(received).toHaveLength(3);
  });

  test('--json', async () => {
    const { stdout } = await wxnotify(['show', 'duplicate', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'wxnotify/1',
      name: 'payment/duplicate',
      summary: 'The same payment is notified three times',
      tags: ['payment', 'duplicate'],
      steps: [{ step: 1, notify: 'v2/payment', times: 3 }],
      yaml: readFileSync(path.join(root, 'scenarios/payment/duplicate.yaml'), 'utf8'),
    });
  });

  test.each([
    [['show'], /missing required argument 'scenario'/],
    [['show', 'payd'], /Did you mean `paid`\?/],
    [['show', 'twin'], /`twin` is the last part of 2 scenarios\n.*a\/twin, b\/twin/],
  ])('%j: status 2', async (args, says) => {
    const cwd = temporaryFolder({ 'scenarios/a/twin.yaml': OWN, 'scenarios/b/twin.yaml': OWN });
    const { status, stdout, stderr } = await wxnotify(args, { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

describe('history', () => {
  test('nothing yet', async () => {
    const { status, stdout, stderr } = await wxnotify(['history']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^Nothing was sent yet/);
  });

  test('the latest last, --limit, and ids that replay takes', async () => {
    const cwd = temporaryFolder();
    const { url, received } = await startServer(FAIL);
    for (const name of ['paid', 'paid-app', 'refund/success'])
      await reported(['send', name, '--target', url], { cwd });
    const { stdout } = await wxnotify(['history'], { cwd });
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(rows.map((row) => row[2])).toEqual(['payment/paid', 'payment/paid-app', 'refund/success']);
    expect(rows[0]).toEqual(expect.arrayContaining(['v2/payment', 'FAIL', url]));
    const limited = await wxnotify(['history', '--limit', '2', '--json'], { cwd });
    expect(JSON.parse(limited.stdout)).toMatchObject({
      schema: 'wxnotify/1',
      torn: 0,
      deliveries: [
        { scenario: 'payment/paid-app' },
        { scenario: 'refund/success', kind: 'v2/refund', attempt: 1, outcome: { ack: 'FAIL', status: 200 } },
      ],
    });
    await wxnotify(['replay', '--id', rows[0]?.[0] ?? ''], { cwd });
    expect(received[3]?.body).toEqual(received[0]?.body);
  });
});

test('schema: the JSON Schema that is shipped', async () => {
  const { status, stdout } = await wxnotify(['schema'], { env: merchantEnv });
  expect(status).toBe(0);
  expect(stdout).toBe(readFileSync(path.join(root, 'scenarios/scenario.schema.json'), 'utf8'));
  expect(stdout).toContain('"v2/refund"');
});

describe('fields', () => {
  test('without a kind, the kinds there are', async () => {
    const { stdout } = await wxnotify(['fields', '--json']);
    const { kinds } = JSON.parse(stdout) as { kinds: { kind: string }[] };
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['v2/payment', 'v2/refund']));
    expect((await wxnotify(['fields'])).stdout).toMatch(/^v2\/payment +A payment succeeded/m);
  });

  test('a kind’s table, as text and as JSON', async () => {
    const text = await wxnotify(['fields', 'v2/refund']);
    expect(text.stdout).toMatch(/^refund_recv_accout +required, string, at most 64 characters, encrypted$/m);
    const { stdout } = await wxnotify(['fields', 'refund', '--json']);
    const { fields, ...table } = JSON.parse(stdout) as { fields: Record<string, unknown>[] };
    expect(table).toMatchObject({
      schema: 'wxnotify/1',
      kind: 'v2/refund',
      seal: 'encrypted',
      answer: 'ack',
    });
    expect(fields.find(({ name }) => name === 'refund_status')).toEqual({
      name: 'refund_status',
      title: '退款状态',
      part: 'encrypted',
      required: true,
      conditional: false,
      type: 'string',
      length: { max: 16, unit: 'characters' },
      values: ['SUCCESS', 'CHANGE', 'REFUNDCLOSE'],
      form: null,
      example: 'SUCCESS',
      meaning: expect.any(String) as string,
      source: expect.stringMatching(/^https:/) as string,
    });
  });

  test('an unknown kind: did you mean', async () => {
    const { status, stderr } = await wxnotify(['fields', 'v2/refnd']);
    expect(status).toBe(2);
    expect(stderr).toContain('Did you mean `v2/refund`?');
  });
});

describe('config', () => {
  const rows = async (files: Record<string, string>, env: Record<string, string>): Promise<unknown> => {
    const { stdout } = await wxnotify(['config', '--json'], { cwd: temporaryFolder(files), env });
    return (JSON.parse(stdout) as { settings: unknown }).settings;
  };

  test('a value that stands in both the environment and .env comes from the environment', async () => {
    const settings = await rows({ '.env': 'WXNOTIFY_APPID=wx1\n' }, { WXNOTIFY_APPID: 'wx1' });
    expect(settings).toMatchObject({ appid: { value: 'wx1', from: 'environment (WXNOTIFY_APPID)' } });
  });

  test('a lone profile needs no naming; of several the one called default', async () => {
    const lone = { 'wxnotify.yaml': 'profiles: { only: { appid: wx1 } }' };
    const several = { 'wxnotify.yaml': 'profiles: { a: { appid: wx1 }, default: { appid: wx2 } }' };
    const neither = { 'wxnotify.yaml': 'profiles: { a: { appid: wx1 }, b: { appid: wx2 } }' };
    expect(await rows(lone, {})).toMatchObject({ profile: { value: 'only' }, appid: { value: 'wx1' } });
    expect(await rows(several, {})).toMatchObject({ profile: { value: 'default' }, appid: { value: 'wx2' } });
    expect(await rows(neither, {})).toMatchObject({ profile: { value: null }, appid: { value: null } });
  });
});

describe('what a profile refers to', () => {
  const profile = (more: string): Record<string, string> => ({
    'wxnotify.yaml': `profiles:\n  own:\n    ${more}\n`,
  });

  test('a target from a variable that is not set: the message names it', async () => {
    const cwd = temporaryFolder(profile('target: "${env.STAGING_URL}"'));
    const { status, stderr } = await wxnotify(['send', 'paid'], { cwd, env: merchantEnv });
    expect(status).toBe(2);
    expect(stderr).toContain('STAGING_URL');
  });

  test('a kind’s own target from a variable that is not set: nothing goes to the other target instead', async () => {
    const { url, received } = await startServer();
    const cwd = temporaryFolder(profile(`target: ${url}\n    targets: { v2/refund: "\${env.REFUND_URL}" }`));
    const { status, stderr } = await wxnotify(['send', 'refund/success'], { cwd, env: merchantEnv });
    expect([status, received.length]).toEqual([2, 0]);
    expect(stderr).toContain('REFUND_URL');
  });

  test('a certificate authority stands relative to the configuration, as the key file does', async () => {
    const { url } = await startServer();
    const crt = readFileSync(path.join(root, 'test/cli/fixtures/server.crt'), 'utf8');
    const cwd = temporaryFolder({ ...profile('cacert: ca.crt'), 'ca.crt': crt });
    mkdirSync(path.join(cwd, 'deeper'));
    const { stderr, status } = await wxnotify(['send', 'paid', '--target', url], {
      cwd: path.join(cwd, 'deeper'),
      env: merchantEnv,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

test.skipIf(!existsSync('/dev/full'))(
  'a disk that is full is said in a sentence, and is not a failed expectation',
  async () => {
    const run = promisify(execFile)('bash', [
      '--norc',
      '-c',
      `"${process.execPath}" "${bin}" list > /dev/full`,
    ]);
    const { code, stderr } = await run.then(
      () => ({ code: 0, stderr: '' }),
      (error: unknown) => error as { code: number; stderr: string },
    );
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(stderr).toMatch(/ENOSPC|no space/);
    expect([0, 1]).not.toContain(code);
  },
);

test.each([
  ['help', 'sned'],
  ['sned', '--help'],
])('%s %s: status 2, with a suggestion', async (...args) => {
  const { status, stderr } = await wxnotify(args);
  expect(status).toBe(2);
  expect(stderr).toContain('Did you mean send?');
});
