/** What the reporters for programs write of a real run: read with other people's parsers, and agreeing with the exit status. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Parser, type FinalResults } from 'tap-parser';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { merchant, merchantEnv, root, temporaryFolder, wxnotify } from '../../support/cli.ts';
import { freePort, startServer, SUCCESS } from '../../support/server.ts';

const HOSTILE = `<xml><return_code>SUCCESS</return_code><return_msg>]]> &amp; \u0007</return_msg></xml>\n::error::owned`;
const scenario = (ack: string): string => `summary: One\nnotify: v2/payment\nexpect: { ack: ${ack} }\n`;
const files = { 'scenarios/a/good.yaml': scenario('SUCCESS'), 'scenarios/a/bad.yaml': scenario('FAIL') };
const good = { 'scenarios/a/good.yaml': scenario('SUCCESS') };
const FORMATS = ['json', 'ndjson', 'junit', 'tap', 'github', 'github-summary'] as const;

interface Read {
  readonly status: number | null;
  readonly file: (name: (typeof FORMATS)[number]) => string;
}

/** One run with all of them. */
async function run(files: Readonly<Record<string, string>>, target: string): Promise<Read> {
  const cwd = temporaryFolder(files);
  const reporters = FORMATS.flatMap((name) => ['--reporter', `${name}=out/${name}`]);
  const { status, stderr } = await wxnotify(['run', '--target', target, ...reporters], {
    cwd,
    env: merchantEnv,
  });
  expect(stderr).not.toMatch(/^error/m);
  return { status, file: (name) => readFileSync(path.join(cwd, 'out', name), 'utf8') };
}

const answering = async (body: string): Promise<string> => {
  const { url } = await startServer((_, response) => void response.end(body));
  return url;
};

describe.each([
  ['all is well', good, () => answering(SUCCESS), 0],
  ['one failed', files, () => answering(SUCCESS), 1],
  ['an odd answer', files, () => answering(HOSTILE), 1],
  ['nothing listens', files, async () => `http://127.0.0.1:${await freePort()}/notify`, 3],
  [
    'the connection is cut',
    good,
    async () => (await startServer((_, response) => void response.destroy())).url,
    3,
  ],
] as const)('%s', (_, files, target, status) => {
  test('each is valid, and agrees with the exit status', async () => {
    const result = await run(files, await target());
    expect(result.status).toBe(status);

    expect(JSON.parse(result.file('json'))).toMatchObject({
      schema: 'wxnotify/1',
      exit: status,
      ok: status === 0,
    });
    const lines = result
      .file('ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines.at(-1)).toMatchObject({ type: 'suite-end', exit: status });

    const xml = result.file('junit');
    const schema = readFileSync(path.join(root, 'test/vectors/junit/junit-10.xsd'), 'utf8');
    expect((await validateXML({ xml, schema })).errors).toEqual([]);
    expect(/<(failure|error) /.test(xml)).toBe(status !== 0);

    const events = Parser.parse(result.file('tap'), { strict: true }) as unknown as (readonly [
      string,
      unknown,
    ])[];
    const [, results] = events.find(([type]) => type === 'complete') ?? [];
    expect((results as FinalResults).ok).toBe(status === 0);

    expect(result.file('github') === '').toBe(status === 0);
    for (const line of result.file('github').trimEnd().split('\n'))
      expect(line).toMatch(/^(::error .*::.+)?$/);
    expect(result.file('github-summary')).toContain('## wxnotify: ');
    for (const name of FORMATS) expect(result.file(name)).not.toContain(merchant.api_key);
  });
});
