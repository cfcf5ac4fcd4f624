/** The reference merchant as an HTTP server on loopback. It can misbehave on request. */
import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { V2Credentials } from '../protocol/dialect.ts';
import type { V3Credentials } from '../protocol/platform-key.ts';
import { answerOf, type Reply } from './answer.ts';
import { practiceWith } from './bad-practice.ts';
import type { BugName } from './bugs.ts';
import { handleNotification, type Handled } from './handler.ts';
import { orderApi } from './order-api.ts';
import { createOrders, type Orders } from './orders.ts';
import type { Practice } from './practice.ts';
import type { Received } from './received.ts';

/** What the merchant does instead of answering well. */
export interface Misbehaviour {
  /** The answer to everything, whatever was verified. */
  readonly answer?: 'success' | 'fail' | undefined;
  /** HTTP status instead of the right one. */
  readonly status?: number | undefined;
  /** Milliseconds before answering. */
  readonly delayMs?: number | undefined;
  /** The share of answers that are lost: the connection is cut, 0 to 1. */
  readonly flaky?: number | undefined;
}

export interface MerchantOptions {
  /** Without, notifications of API v2 are refused. */
  readonly credentials?: V2Credentials | undefined;
  /** Without, notifications of API v3 are refused. */
  readonly v3?: V3Credentials | undefined;
  /** The merchant’s clock, by which a signature of API v3 is old. */
  readonly now?: (() => Date) | undefined;
  readonly port?: number | undefined;
  readonly adopt?: boolean;
  readonly misbehaviour?: Misbehaviour;
  /** What it does wrong on purpose. */
  readonly bugs?: ReadonlySet<BugName> | undefined;
  /** Random numbers from 0 to 1, for `flaky`. */
  readonly dice?: () => number;
  readonly onNotification?: ((seen: Seen) => void) | undefined;
  readonly onStray?: ((stray: Stray) => void) | undefined;
}

/** What arrived and cannot be a notification: not a POST, or too large. */
export interface Stray {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

/** What arrived, and what was answered. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly handled: Handled;
  /** What was answered, whatever was verified. */
  readonly said: 'SUCCESS' | 'FAIL';
  readonly answered: Answered;
}

/** The HTTP status; `cut`: on purpose; `too-late`: the sender had gone before. */
export type Answered = number | 'cut' | 'too-late';

export interface Merchant {
  readonly url: string;
  readonly orders: Orders;
  readonly close: () => Promise<void>;
}

const BODY_LIMIT = 1024 * 1024;

/** Starts the merchant on 127.0.0.1; port 0 takes a free one. Rejects when the port is taken. */
export async function startMerchant(options: MerchantOptions): Promise<Merchant> {
  const practice = practiceWith(options.bugs ?? new Set());
  const orders = createOrders(practice.rules);
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // every answer that is delayed listens
  const server = createServer((request, response) => {
    receive(request, response, { options, orders, practice, closing: closing.signal }).catch(() =>
      response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/notify`, orders, close: () => close(server, closing) };
}

const defaults = { adopt: false, misbehaviour: {} as Misbehaviour, dice: Math.random, now: () => new Date() };

interface Shop {
  readonly options: MerchantOptions;
  readonly orders: Orders;
  readonly practice: Practice;
  /** Ends answers that are being delayed. */
  readonly closing: AbortSignal;
}

async function receive(request: IncomingMessage, response: ServerResponse, shop: Shop): Promise<void> {
  const body = await readBody(request);
  const { method = '', url: path = '/' } = request;
  const api = body && orderApi({ method, path, body: body.toString('utf8') }, shop.orders, newNumber);
  if (api) {
    response.writeHead(api.status, { 'content-type': 'application/json' }).end(JSON.stringify(api.json));
    return;
  }
  if (body && method === 'POST') {
    await answer({ headers: pairsOf(request.rawHeaders), method, path, body }, response, shop);
    return;
  }
  const status = body ? 405 : 413;
  shop.options.onStray?.({ method, path, status });
  response.writeHead(status, { connection: 'close' }).end();
}

function newNumber(): string {
  return `SHOP${randomBytes(8).toString('hex')}`;
}

/** Names and values stand in turn. */
function pairsOf(raw: readonly string[]): Received['headers'] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}

interface Posted {
  readonly headers: Received['headers'];
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
}

async function answer(posted: Posted, response: ServerResponse, shop: Shop): Promise<void> {
  const { options, orders, practice, closing } = shop;
  const { credentials, v3, now, adopt, misbehaviour, dice } = { ...defaults, ...options };
  const received = { headers: posted.headers, body: posted.body, now: (now ?? defaults.now)() };
  const keys = { v2: credentials, v3 };
  const handled = await handleNotification(received, { keys, orders, practice, adopt });
  const waited = await waits(misbehaviour.delayMs ?? 0, response, closing);
  const { ok, message } = chooseAnswer(handled, misbehaviour);
  const said = ok ? 'SUCCESS' : 'FAIL';
  const reply = answerOf({ ok, message, order: handled.order }, received);
  const answered = waited ? answerStatus(misbehaviour, reply, dice) : 'too-late';
  const { method, path } = posted;
  options.onNotification?.({ method, path, body: posted.body.toString('utf8'), handled, said, answered });
  if (typeof answered === 'string') response.destroy();
  else response.writeHead(answered, reply.headers).end(reply.body);
}

/** Waits before answering; `false` when the sender does not wait so long. */
async function waits(ms: number, response: ServerResponse, closing: AbortSignal): Promise<boolean> {
  if (response.closed) return false;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await sleep(ms, undefined, { signal: AbortSignal.any([gone.signal, closing]) });
    return true;
  } catch (error) {
    if (gone.signal.aborted) return false;
    throw error;
  }
}

function answerStatus({ flaky = 0, status }: Misbehaviour, reply: Reply, dice: () => number): Answered {
  return flaky > dice() ? 'cut' : (status ?? reply.status);
}

function chooseAnswer(handled: Handled, { answer }: Misbehaviour): Pick<Handled, 'ok' | 'message'> {
  if (answer === 'success') return { ok: true, message: 'OK' };
  if (answer === 'fail') return { ok: false, message: 'told to fail' };
  return handled;
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function close(server: Server, closing: AbortController): Promise<void> {
  closing.abort();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
