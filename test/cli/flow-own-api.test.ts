/** The built-in flows at another API than the reference merchant's: what a profile says is enough. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { demoCredentials } from '../../src/merchant/demo.ts';
import { startMerchant } from '../../src/merchant/server.ts';
import { root, temporaryFolder, wxnotify } from '../support/cli.ts';

const readme = readFileSync(path.join(root, 'scenarios/README.md'), 'utf8');
const [, profile = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? [];

/** The reference merchant behind an API with other paths and names. Needs a token when one is given. */
async function otherShop(token?: string): Promise<string> {
  const merchant = await startMerchant({ credentials: demoCredentials });
  onTestFinished(() => merchant.close());
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void answer(request.method ?? '', request.url ?? '', Buffer.concat(chunks).toString()).then(
        ({ status, body }) => response.writeHead(status).end(body),
      );
    });
    async function answer(
      method: string,
      url: string,
      body: string,
    ): Promise<{ status: number; body: string }> {
      const origin = new URL(merchant.url).origin;
      if (!url.startsWith('/api/'))
        return { status: 200, body: await (await fetch(merchant.url, { method, body })).text() };
      if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
        return { status: 401, body: '{}' };
      const { amount } = JSON.parse(body === '' ? '{}' : body) as { amount?: number };
      const asked = amount === undefined ? {} : { body: JSON.stringify({ total_fee: amount }) };
      const { status, ...shown } = await fetch(`${origin}${url.replace('/api', '')}`, {
        method,
        ...asked,
      }).then(async (back) => ({ ...((await back.json()) as Record<string, unknown>), status: back.status }));
      const { out_trade_no: orderNo, state, paid_count, refunded } = shown as Record<string, unknown>;
      const data = { orderNo, status: state, timesCredited: paid_count, sumOfRefunds: refunded };
      return { status, body: JSON.stringify({ data }) };
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const credentials = {
  WXNOTIFY_APPID: demoCredentials.appid,
  WXNOTIFY_MCH_ID: demoCredentials.mch_id,
  WXNOTIFY_API_KEY: demoCredentials.api_key.reveal(),
};

test.each(['flow/credited-once', 'flow/race-of-20'])('the five lines of the README: %s', async (name) => {
  const config = profile.replaceAll('http://127.0.0.1:8080', await otherShop());
  const cwd = temporaryFolder({ 'wxnotify.yaml': config });
  const { status, stdout, stderr } = await wxnotify(['send', name], { cwd, env: credentials });
  expect({ stderr, status, stdout }).toMatchObject({ stderr: '', status: 0 });
});

test('with a token from the environment, which --set can overrule', async () => {
  const config = profile
    .replaceAll('http://127.0.0.1:8080', await otherShop('s3cret'))
    .replace('vars:', 'vars:\n      authorization: Bearer ${env.SHOP_TOKEN}');
  const cwd = temporaryFolder({ 'wxnotify.yaml': config });
  const env = { ...credentials, SHOP_TOKEN: 's3cret' };
  expect((await wxnotify(['send', 'flow/credited-once'], { cwd, env })).status).toBe(0);
  const wrong = await wxnotify(['send', 'flow/credited-once', '--set', 'authorization=Bearer x'], {
    cwd,
    env,
  });
  expect(wrong.stdout).toContain('HTTP 401');
  expect(wrong.status).toBe(1);
});

test('config shows them, and a variable that a scenario does not have concerns nobody', async () => {
  const cwd = temporaryFolder({ 'wxnotify.yaml': profile });
  const { stdout } = await wxnotify(['config', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    settings: { 'vars state': { value: '$.data.status', from: 'profile staging' } },
  });
  const built = await wxnotify(['build', 'paid'], { cwd, env: credentials });
  expect({ status: built.status, stderr: built.stderr }).toEqual({ status: 0, stderr: '' });
});

test.each([
  ['number: data.orderNo', /wxnotify\.yaml:\d+:\d+: "data.orderNo" is no JSONPath/],
  ["order: '{ ${amuont} }'", /wxnotify\.yaml:\d+:\d+: \$\{amuont\} is not known here/],
])('what is wrong with %s is told where it stands', async (line, message) => {
  const cwd = temporaryFolder({
    'wxnotify.yaml': `profiles: { mine: { target: "http://127.0.0.1:1/", vars: {} } }`.replace(
      'vars: {}',
      `vars: { ${line} }`,
    ),
  });
  const { status, stderr } = await wxnotify(['send', 'flow/credited-once'], { cwd, env: credentials });
  expect(stderr).toMatch(message);
  expect(status).toBe(2);
});

test('a slip of the pen is a warning', async () => {
  const cwd = temporaryFolder({
    'wxnotify.yaml': 'profiles: { mine: { target: "http://127.0.0.1:1/", vars: { ordr: x, SHOP: 1 } } }',
  });
  const { stderr } = await wxnotify(['send', 'flow/credited-once'], { cwd, env: credentials });
  expect(stderr).toMatch(
    /warning: wxnotify\.yaml:\d+:\d+: this scenario has no variable ordr\n {2}Did you mean `orders?`/,
  );
  expect(stderr).not.toContain('SHOP');
});

test('the README names every variable of the flows, and every bug', async () => {
  const { bugs } = await import('../../src/merchant/bugs.ts');
  for (const name of [
    'orders',
    'authorization',
    'order',
    'number',
    'state',
    'credits',
    'refunds',
    'CREATED',
    'PAID',
    'CLOSED',
    'REFUNDED',
    ...Object.keys(bugs),
  ])
    // prettier-ignore
    expect(readme).toContain(`\`${name}\``);
});
