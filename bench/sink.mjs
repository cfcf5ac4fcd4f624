// An nginx of its own on loopback: as fast an acknowledgement as there is, and a count of the requests that came.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What every notification is answered with. */
export const ANSWER =
  '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>';

/** Starts it: `url` takes notifications, `count()` says how many came, `stop()` ends it and takes its files away. */
export async function startSink() {
  const folder = mkdtempSync(path.join(tmpdir(), 'wxnotify-bench-'));
  const port = await freePort();
  writeFileSync(path.join(folder, 'nginx.conf'), configuration(folder, port));
  const args = ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', path.join(folder, 'error.log')];
  const nginx = spawn('nginx', args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => nginx.once('exit', resolve));
  const stop = async () => {
    nginx.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const count = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/count`);
    // Active connections …\nserver accepts handled requests\n 3 3 12
    return Number(/(\d+)\s*\nReading/.exec(await response.text())?.[1]);
  };
  for (let tries = 0; tries < 100; tries++) {
    if (nginx.exitCode !== null) break;
    if (await count().catch(() => undefined))
      return { folder, url: `http://127.0.0.1:${port}/notify`, count, stop };
    await sleep(50);
  }
  const log = readFileSync(path.join(folder, 'error.log'), 'utf8');
  await stop();
  throw new Error(`nginx does not answer: ${log}`);
}

function configuration(folder, port) {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
worker_processes 1;
daemon off;
pid ${folder}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  keepalive_requests 1000000000;
  keepalive_timeout 60s;
  server {
    listen 127.0.0.1:${port} backlog=1024;
    location /count { stub_status; }
    location / { default_type text/xml; return 200 '${ANSWER}'; }
  }
}
`;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
