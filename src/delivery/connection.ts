/**
 * One kept connection of a load, and the exchanges on it, one after the other.
 *
 * A class with plain fields, and undici's older handler: both are measurably cheaper than what they could be instead,
 * and there is one of these calls for each event of each exchange.
 */
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { Client, type Dispatcher } from 'undici';
import type { RawAnswer } from './answers.ts';
import { trackPending, type Connector } from './connector.ts';
import type { Dispatched } from './dispatched.ts';
import { ANSWER_LIMIT, STALE_MS } from './limits.ts';
import type { Undelivered } from './request.ts';

/** Who is told how an exchange ended: exactly one of these, unless the connection was closed meanwhile. */
export interface ConnectionOwner {
  /** The answer is complete, or as much of it as is read. */
  readonly complete: (connection: Connection) => void;
  readonly failed: (connection: Connection, error: unknown) => void;
}

const EMPTY = Buffer.alloc(0);

/** What is under way, and how far it got. */
export class Connection implements Dispatcher.DispatchHandler, RawAnswer {
  /** The attempt under way; 0 when there is none. */
  attempt = 0;
  /** When it began: for a new connection before connecting, for a kept one when the request is written. */
  started = 0;
  request: Dispatched | undefined;
  /** What came of it before, on a kept connection that was being closed. */
  before: Undelivered | undefined;
  /** Whether there was a connection for it. */
  connected = false;
  /** Whether a byte of an answer came. */
  touched = false;
  /** The answer's, once its head came; 0 before. */
  status = 0;
  headers: readonly Buffer[] = [];
  truncated = false;
  /** Whether an exchange was completed on what is connected now. */
  used = false;
  closed = false;

  /** The body's first part, and the others: mostly there are none. */
  private chunk: Buffer = EMPTY;
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private readonly client: Client;
  private readonly owner: ConnectionOwner;
  private readonly pending: ReadonlySet<Socket>;

  constructor(origin: string, connector: Connector, owner: ConnectionOwner) {
    const { connect, pending } = trackPending(connector);
    this.owner = owner;
    this.pending = pending;
    this.client = new Client(origin, {
      pipelining: 1,
      keepAliveTimeoutThreshold: 0, // it is not kept idle: what a server’s `timeout=1` ends is not waited for
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (target, callback) => {
        this.used = false;
        connect(target, callback);
      },
    });
  }

  /** Takes an attempt on, when the one before is done. */
  claim(attempt: number): void {
    this.attempt = attempt;
    this.started = performance.now();
    this.before = undefined;
  }

  /** Takes over what failed on another connection; its time goes on. */
  repeat({ attempt, started, request }: Connection, before?: Undelivered): void {
    this.attempt = attempt;
    this.started = started;
    this.before = before;
    if (request) this.send(request);
  }

  /** Sends the request of the attempt. */
  send(request: Dispatched): void {
    this.request = request;
    this.connected = false;
    this.touched = false;
    this.status = 0;
    this.truncated = false;
    this.chunk = EMPTY;
    this.chunks.length = 0;
    this.size = 0;
    this.client.dispatch(request, this);
  }

  /** The answer's body. */
  body(): Buffer {
    if (this.chunks.length === 0 && !this.truncated) return this.chunk;
    return Buffer.concat([this.chunk, ...this.chunks]).subarray(0, ANSWER_LIMIT);
  }

  /** Whether the server was closing it: no byte of an answer came though it was used before, and it was over at once. */
  wasClosing({ cause, ms }: Undelivered): boolean {
    return cause === 'reset' && this.used && !this.touched && !this.before && ms <= STALE_MS;
  }

  /** Ends it, whatever is under way; nobody is told. Done when its socket is closed. */
  async close(): Promise<void> {
    this.closed = true;
    const connecting = [...this.pending].map(closeSocket);
    await Promise.all([this.client.destroy(), ...connecting]);
  }

  onConnect(): void {
    this.connected = true;
    if (this.used) this.started = performance.now(); // it waited for the turn of the event loop, not for the merchant
  }

  onResponseStarted(): void {
    this.touched = true;
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    if (status < 200) return true; // another head follows
    this.status = status;
    this.headers = headers;
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (this.closed) return true;
    if (this.size === 0) this.chunk = chunk;
    else this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size > ANSWER_LIMIT) {
      this.truncated = true;
      this.owner.complete(this);
    }
    return true;
  }

  onComplete(): void {
    this.used = true;
    if (!this.closed) this.owner.complete(this);
  }

  onError(error: unknown): void {
    if (!this.closed) this.owner.failed(this, error);
  }
}

async function closeSocket(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()).destroy());
}
