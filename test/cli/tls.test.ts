/** TLS: verified, unless it is switched off loudly. The certificate in fixtures/ signs itself for 127.0.0.1. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { merchantEnv, reported, temporaryFolder, wxnotify } from '../support/cli.ts';
import { startServer, SUCCESS } from '../support/server.ts';

const fixtures = path.join(import.meta.dirname, 'fixtures');
const cacert = path.join(fixtures, 'server.crt');

interface TlsServer {
  readonly port: number;
  readonly url: string;
  readonly received: readonly string[];
}

async function startTlsServer(): Promise<TlsServer> {
  const received: string[] = [];
  const [key, cert] = [readFileSync(path.join(fixtures, 'server.key')), readFileSync(cacert)];
  const server = createServer({ key, cert }, (request, response) => {
    received.push(request.method ?? '');
    request.resume().on('end', () => response.end(SUCCESS));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, url: `https://127.0.0.1:${port}/notify`, received };
}

test.each([
  ['', {}],
  [', whatever the environment says', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }],
])('a certificate that nobody vouches for is refused%s', async (_, env) => {
  const { url, received } = await startTlsServer();
  const { report, ...ended } = await reported(['send', 'paid', '--target', url], { env });
  expect(ended.status).toBe(3);
  expect(report.deliveries).toMatchObject([{ response: null, ack: null }]);
  expect(report.deliveries[0]?.error).toMatch(/^tls: .*self-signed certificate/);
  expect(report).not.toHaveProperty('insecure');
  expect(received).toEqual([]);
});

test('people are told of --cacert', async () => {
  const { url } = await startTlsServer();
  const { stdout } = await wxnotify(['send', 'paid', '--target', url], { env: merchantEnv });
  expect(stdout).toMatch(/next\s+TLS could not be agreed on.*--cacert/);
});

test('--cacert makes it trusted', async () => {
  const { url, received } = await startTlsServer();
  const { report } = await reported(['send', 'paid', '--target', url, '--cacert', cacert]);
  expect(report).toMatchObject({ exit: 0, target: url, summary: { acks: { SUCCESS: 1 } } });
  expect(report).not.toHaveProperty('insecure');
  expect(received).toEqual(['POST']);
});

test.each([
  ['the environment', {}, { WXNOTIFY_CACERT: cacert }],
  ['a profile', { 'wxnotify.yaml': `profiles:\n  tls:\n    cacert: ${cacert}\n` }, {}],
])('cacert of %s', async (_, files, env) => {
  const { url } = await startTlsServer();
  const { report } = await reported(['send', 'paid', '--target', url], { cwd: temporaryFolder(files), env });
  expect(report).toMatchObject({ exit: 0, summary: { acks: { SUCCESS: 1 } } });
});

test('--cacert does not make another name right', async () => {
  const { port, received } = await startTlsServer();
  const { report } = await reported([
    'send',
    'paid',
    '--target',
    `https://localhost:${port}/`,
    '--cacert',
    cacert,
  ]);
  expect(report.exit).toBe(3);
  expect(report.deliveries[0]?.error).toMatch(/^tls: .*(altname|alt name)/i);
  expect(received).toEqual([]);
});

test.each([
  ['is not there', 'absent.pem'],
  ['is no certificate', 'garbage.pem'],
])('--cacert that %s: nothing is sent', async (_, file) => {
  const { url, received } = await startTlsServer();
  const cwd = temporaryFolder({ 'garbage.pem': 'this is no certificate\n' });
  const { status, stdout } = await wxnotify(['send', 'paid', '--target', url, '--cacert', file, '--json'], {
    cwd,
    env: merchantEnv,
  });
  expect(status).toBe(2);
  expect(stdout).toContain(file);
  expect(received).toEqual([]);
});

test('--insecure goes through, and is recorded', async () => {
  const { url, received } = await startTlsServer();
  const { report, stderr } = await reported(['send', 'paid', '--target', url, '--insecure']);
  expect(report).toMatchObject({ exit: 0, insecure: true, summary: { acks: { SUCCESS: 1 } } });
  expect(received).toEqual(['POST']);
  expect(stderr).toMatch(/not verified|--insecure/i);
});

test.each([[], ['--quiet'], ['--verbose']])('--insecure is loud %s', async (...flags) => {
  const { url } = await startTlsServer();
  const args = ['send', 'paid', '--target', url, '--insecure', ...flags];
  const { status, stdout, stderr } = await wxnotify(args, { env: merchantEnv });
  expect(status).toBe(0);
  expect(stdout + stderr).toContain('TLS IS NOT VERIFIED');
});

test('http to a port that speaks TLS', async () => {
  const { port, received } = await startTlsServer();
  const { report } = await reported(['send', 'paid', '--target', `http://127.0.0.1:${port}/`]);
  expect(report).toMatchObject({ exit: 3, deliveries: [{ response: null }] });
  expect(report.deliveries[0]?.error).toMatch(/^(reset|protocol|tls): /);
  expect(received).toEqual([]);
});

test('https to a port that speaks HTTP', async () => {
  const { url, received } = await startServer();
  const { report } = await reported(['send', 'paid', '--target', url.replace('http:', 'https:')]);
  expect(report).toMatchObject({ exit: 3, deliveries: [{ response: null }] });
  expect(report.deliveries[0]?.error).toMatch(/^tls: /);
  expect(received).toEqual([]);
});
