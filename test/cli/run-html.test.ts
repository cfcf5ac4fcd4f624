/** The page of a real run: it is whole, and no key is in it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { merchant, merchantEnv, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startServer, SUCCESS } from '../support/server.ts';

test('run --reporter html=report.html', async () => {
  const { url } = await startServer(({ body }, response) => {
    const refused = `<xml><return_code>FAIL</return_code><return_msg>key ${merchant.api_key} <b>wrong</b></return_msg></xml>`;
    response.end(body.includes('second') ? refused : SUCCESS);
  });
  const scenario = (attach: string): string =>
    `summary: The ${attach} one\nnotify: v2/payment\nfields: { attach: ${attach} }\n`;
  const cwd = temporaryFolder({ 'suite/one.yaml': scenario('first'), 'suite/two.yaml': scenario('second') });
  const args = ['run', 'suite', '--target', url, '--seed', '7', '--reporter', 'html=out/report.html'];
  const { status, stdout } = await wxnotify(args, { cwd, env: merchantEnv });
  expect(status).toBe(1);
  expect(stdout).toContain('two'); // people are told as well
  const html = readFileSync(path.join(cwd, 'out/report.html'), 'utf8');
  expect(html).toMatch(/^<!DOCTYPE html>/);
  expect(html).toMatch(/<\/html>\n$/);
  expect(html).toContain('<h1>1 of 2 scenarios failed</h1>');
  expect(html).toMatch(/<code>suite\/two\.yaml:\d+:\d+<\/code>/);
  expect(html).toContain('&#60;b&#62;wrong&#60;/b&#62;');
  expect(html.toLowerCase()).not.toContain(merchant.api_key);
  const timeline = /<svg class="timeline[^]*<\/div>/.exec(html)?.[0] ?? '';
  expect(timeline.match(/<rect class="(accepted|failed)"/g)).toHaveLength(2);
});
