/** What the documents show is what the program takes. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { AUDIT_REPORTS } from '../src/cli/option-values.ts';
import { auditBlock } from '../src/cli/settings/audit/schema.ts';
import { demoCredentials } from '../src/merchant/demo.ts';
import { startMerchant } from '../src/merchant/server.ts';
import { kinds } from '../src/protocol/kinds.gen.ts';
import { namedDamages } from '../src/protocol/v3/damage/words.ts';
import { wrongIn } from './ci/schema.ts';
import { merchant, root, start, temporaryFolder, wxnotify } from './support/cli.ts';

function yamlBlocks(file: string): readonly string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return Array.from(text.matchAll(/^```yaml\n([\s\S]*?)^```$/gm), ([, block = '']) => block);
}

describe('docs/scenarios.md', () => {
  const scenarios = yamlBlocks('docs/scenarios.md').filter((block) => !block.startsWith('# '));

  test.each(scenarios)('%#', async (yaml) => {
    const cwd = temporaryFolder({ 'scenarios/a.yaml': yaml });
    expect(await wxnotify(['validate', '--strict'], { cwd })).toMatchObject({ status: 0, stderr: '' });
  });

  test('the files that belong together', async () => {
    const text = readFileSync(path.join(root, 'docs/scenarios.md'), 'utf8');
    const blocks = text.matchAll(/^```(?:yaml|csv)\n# (scenarios\/\S+)\n([\s\S]*?)^```$/gm);
    const files = Object.fromEntries(Array.from(blocks, ([, name = '', block = '']) => [name, block]));
    const cwd = temporaryFolder(files);
    expect(Object.keys(files).length).toBe(5);
    expect(await wxnotify(['validate', '--strict'], { cwd })).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = await wxnotify(['list', '--json'], { cwd });
    const listed = (JSON.parse(stdout) as { scenarios: { origin: string; tags: string[]; variants: string[] }[] }).scenarios; // prettier-ignore
    const own = listed.filter(({ origin }) => origin === 'yours');
    expect(own.map(({ variants }) => variants)).toEqual([
      ['amounts[the least]', 'amounts[usual]'],
      ['shop/paid'],
    ]);
    expect(own.map(({ tags }) => tags)).toEqual([[], ['shop']]);
  });

  test('names every key of the format', () => {
    const text = readFileSync(path.join(root, 'docs/scenarios.md'), 'utf8');
    const schema = JSON.parse(readFileSync(path.join(root, 'scenarios/scenario.schema.json'), 'utf8')) as {
      anyOf: { properties: Record<string, { properties?: object }> }[];
    };
    const [short] = schema.anyOf;
    const inner = ['tamper', 'expect'].flatMap((key) =>
      Object.keys(short?.properties[key]?.properties ?? {}),
    );
    expect(inner.length).toBeGreaterThan(10);
    for (const key of [...Object.keys(short?.properties ?? {}), ...inner])
      expect(text).toContain(`\`${key}\``);
  });
});

test('docs/scenarios.md names every damage of API v3, and says what it does', () => {
  const text = readFileSync(path.join(root, 'docs/scenarios.md'), 'utf8').replace(/ +/g, ' ');
  const rows = Object.entries(namedDamages).flatMap(([part, deeds]) =>
    Object.entries(deeds).map(([name, { words }]) => `| \`${part}\` | \`${name}\` | ${words}`),
  );
  expect(rows.length).toBeGreaterThan(30);
  for (const row of rows) expect(text).toContain(row);
});

test('docs/run.md names every option of its own, and every key of --watch', async () => {
  const text = readFileSync(path.join(root, 'docs/run.md'), 'utf8');
  const { stdout } = await wxnotify(['run', '--help']);
  const [own = ''] = stdout.split('Common options:');
  const options = Array.from(own.matchAll(/^ {2}(--[a-z-]+)/gm), ([, option = '']) => option);
  expect(options.length).toBeGreaterThan(15);
  for (const option of options) expect(text).toContain(`\`${option}`);
  for (const name of Array.from(text.matchAll(/`(--[a-z-]+)/g), ([, option = '']) => option))
    expect(stdout).toContain(name);
});

test('docs/explain.md names every mistake that can be found, and no other', () => {
  const text = readFileSync(path.join(root, 'docs/explain.md'), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));
  const named = rows.flatMap((row) => Array.from(row.matchAll(/`([a-z0-9-]+)`/g), ([, code = '']) => code));
  const folders = ['explain', 'v2/explain', 'v3/explain'].map((name) =>
    path.join(root, 'src/protocol', name),
  );
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(folder, name), 'utf8')),
  );
  const known = sources.flatMap((source) =>
    Array.from(source.matchAll(/code: '([a-z0-9-]+)'/g), ([, code = '']) => code),
  );
  expect([...new Set(named)].sort()).toEqual([...new Set([...known, 'key-not-hashed'])].sort());
});

test('docs/scenarios.md names every kind', () => {
  const text = readFileSync(path.join(root, 'docs/scenarios.md'), 'utf8');
  for (const id of Object.keys(kinds)) expect(text).toContain(`\`${id}\``);
});

test('docs/configuration.md', async () => {
  const [config = ''] = yamlBlocks('docs/configuration.md');
  const cwd = temporaryFolder({ 'wxnotify.yaml': config, 'secrets/staging.key': merchant.api_key });
  const env = { WXNOTIFY_API_KEY: merchant.api_key };
  const local = await wxnotify(['config', '--json'], { cwd, env });
  expect(JSON.parse(local.stdout)).toMatchObject({
    settings: { profile: { value: 'local' }, api_key: { value: '********' } },
  });
  const staging = await wxnotify(['config', '--json', '--profile', 'staging'], { cwd });
  expect(staging.stderr).toBe('');
  expect(JSON.parse(staging.stdout)).toMatchObject({
    settings: {
      api_key: { value: '********', from: 'file secrets/staging.key (profile staging)' },
      sign_type: { value: 'HMAC-SHA256' },
      hosts: { value: 'staging2.example.com, staging.example.com' },
    },
  });
});

describe('docs/audit.md', () => {
  const text = readFileSync(path.join(root, 'docs/audit.md'), 'utf8');
  const [hand = ''] = text.split('## The cases');

  test('the two commands find what the merchant forgets', async () => {
    const [listen = '', audit = ''] = Array.from(hand.matchAll(/^```sh\nnpx wxnotify (.*)\n```$/gm), ([, line = '']) => line); // prettier-ignore
    const server = start(listen.replace('--port 8080', '--port 0').split(' '));
    const url = await new Promise<string>((resolve) => {
      server.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
        const found = /http:\S+/.exec(chunk)?.[0];
        if (found) resolve(found);
      });
    });
    const args = audit.replace('http://127.0.0.1:8080/notify', url).split(' ');
    const { status, stdout } = await wxnotify([...args, '--case', 'hostile/signature']);
    expect(status).toBe(1);
    expect(stdout).toContain('Anybody who knows the URL can mark orders as paid');
  });

  test('the configuration is one that the built-in merchant can be audited with', async () => {
    const [config = ''] = yamlBlocks('docs/audit.md');
    const { url, close } = await startMerchant({ credentials: demoCredentials, adopt: true });
    onTestFinished(close);
    const { origin } = new URL(url);
    const cwd = temporaryFolder({ 'wxnotify.yaml': config.replaceAll('http://127.0.0.1:8080', origin) });
    const env = {
      WXNOTIFY_APPID: demoCredentials.appid,
      WXNOTIFY_MCH_ID: demoCredentials.mch_id,
      WXNOTIFY_API_KEY: demoCredentials.api_key.reveal(),
    };
    const args = ['audit', '--case', 'wrong-amount,repeated-payment,payment-for-closed-order', '--json'];
    const { status, stdout } = await wxnotify(args, { cwd, env });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { failed: 0, undecided: 0 } });
    expect(status).toBe(0);
  });

  test('names every key of the configuration, every option of its own, and every report', async () => {
    for (const key of Object.keys(auditBlock.entries)) expect(hand).toContain(`\`${key}\``);
    const { stdout } = await wxnotify(['audit', '--help']);
    const [own = ''] = stdout.split('Common options:');
    for (const [, option = ''] of own.matchAll(/^ {2}(--[a-z-]+)/gm))
      if (!EVERYWHERE.includes(option)) expect(hand).toContain(option);
    for (const [, option = ''] of hand.matchAll(/`wxnotify audit (--[a-z-]+)/g))
      expect(stdout).toContain(option);
    for (const report of Object.keys(AUDIT_REPORTS)) expect(hand).toContain(`| \`${report}\``);
  });

  test('the baseline is one', async () => {
    const [, baseline = ''] = yamlBlocks('docs/audit.md');
    const cwd = temporaryFolder({ 'audit-baseline.yaml': baseline });
    const args = ['audit', '--list', '--target', 'http://127.0.0.1:9/', '--profile', 'demo'];
    const read = await wxnotify([...args, '--baseline', 'audit-baseline.yaml'], { cwd });
    expect(read).toMatchObject({ status: 0, stderr: '' });
  });

  test('the job is one of GitHub Actions', () => {
    const [, , job = ''] = yamlBlocks('docs/audit.md');
    expect(wrongIn(parse(job), 'github-workflows.json')).toEqual([]);
  });
});

/** Options that other commands have as well, and their documents tell of. */
const EVERYWHERE = ['--timeout', '--cacert', '--insecure'];
