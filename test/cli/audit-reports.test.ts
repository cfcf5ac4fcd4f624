/** The reports of a real audit, in files: each is whole, and no key is in any. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { merchant, merchantEnv, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startServer } from '../support/server.ts';

const CONFIG = (url: string): string => `profiles:
  shop:
    target: ${url}
    audit:
      endpoints: { v2/payment: ${url} }
`;

test('html, sarif and markdown of one audit', async () => {
  const { url } = await startServer((_, response) => {
    response.end(
      `<xml><return_code>SUCCESS</return_code><return_msg><![CDATA[key ${merchant.api_key} <b>ok</b>]]></return_msg></xml>`,
    );
  });
  const repository = temporaryFolder({ 'shop/wxnotify.yaml': CONFIG(url) });
  mkdirSync(path.join(repository, '.git'));
  const cwd = path.join(repository, 'shop');
  const reports = ['html=out/audit.html', 'sarif=out/audit.sarif', 'markdown=out/audit.md'];
  const args = ['audit', '--profile', 'shop', '--case', 'missing-signature,forged-signature', '--seed', '7'];
  const { status, stdout, stderr } = await wxnotify(
    [...args, ...reports.flatMap((report) => ['--report', report])],
    { cwd, env: merchantEnv },
  );
  expect({ status, told: stderr.split('\n').length }, stderr).toEqual({ status: 1, told: 2 });
  expect(stdout).toContain('2 failed'); // people are told as well
  const [html = '', sarif = '', markdown = ''] = reports.map((report) =>
    readFileSync(path.join(cwd, report.replace(/^.*=/, '')), 'utf8'),
  );
  expect(html).toMatch(/^<!DOCTYPE html>[^]*<\/html>\n$/);
  expect(html).toMatch(/<h1>2 of \d cases failed<\/h1>/);
  expect(html).toContain('&#60;b&#62;ok');
  expect(markdown).toMatch(/^## wxnotify audit: 2 of \d cases failed\n/);
  for (const text of [html, sarif, markdown, stdout])
    expect(text.toLowerCase()).not.toContain(merchant.api_key);

  const log = JSON.parse(sarif) as { runs: { results: { ruleId: string; locations: unknown[] }[] }[] };
  const results = log.runs[0]?.results ?? [];
  expect(results.map(({ ruleId }) => ruleId).sort()).toEqual([
    'hostile/signature/forged-signature',
    'hostile/signature/missing-signature',
  ]);
  expect(results[0]?.locations).toMatchObject([
    { physicalLocation: { artifactLocation: { uri: 'shop/wxnotify.yaml' }, region: { startLine: 4 } } },
  ]);
});
