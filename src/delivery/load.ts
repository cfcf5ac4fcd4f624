/** Many requests to one address over kept connections: a load test in which every answer is still read. */
import { performance } from 'node:perf_hooks';
import { createReader, type RawAnswer, type Reading } from './answers.ts';
import { causeOf } from './cause.ts';
import { Connection, type ConnectionOwner, type Dispatched } from './connection.ts';
import { createConnector, type ClientOptions, type Connector } from './connector.ts';
import type { SafeTarget } from './guard.ts';
import { slow, stageOf } from './limits.ts';
import { bufferOf, type Undelivered, type WireRequest } from './request.ts';

/** What to send, and who is told of what comes. */
export interface Load<Verdict> extends Reading<Verdict> {
  readonly target: SafeTarget;
  /** The attempts are numbered from 1 to this. */
  readonly times: number;
  readonly connections: number;
  /** Milliseconds for each exchange: connecting, sending, and the last byte of the answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /**
   * The request of an attempt, asked for in order, just before it is sent. Mostly the same object; a body must stay as
   * it is until the attempt is told.
   */
  readonly request: (attempt: number) => WireRequest;
  /** A complete answer came in time. */
  readonly answered: (attempt: number, verdict: Verdict, ms: number) => void;
  /** No complete answer came. */
  readonly lost: (attempt: number, delivery: Undelivered) => void;
}

/** How a load ended. */
export interface LoadEnd {
  /** How many were asked for: each of them was told, as answered or as lost. */
  readonly sent: number;
  /** All were sent, the signal came, or nobody could be connected to any more. */
  readonly ended: 'done' | 'aborted' | 'gone';
}

/** After so many attempts in a row without a connection, for each that there should be, nobody is there. */
const GONE_AFTER = 3;
/** How often time limits are looked at, in milliseconds: one timer serves all. */
const SWEEP_MS = 20;

/** Sends `times` requests, `connections` at once. Memory does not grow with their number. */
export async function load<Verdict>(options: ClientOptions, wanted: Load<Verdict>): Promise<LoadEnd> {
  return new Run(options, wanted).toEnd();
}

class Run<Verdict> implements ConnectionOwner {
  private readonly load: Load<Verdict>;
  private readonly width: number;
  private readonly connector: Connector;
  private readonly read: (attempt: number, answer: RawAnswer) => Verdict;
  private readonly dispatched: (request: WireRequest) => Dispatched;
  private readonly open = new Set<Connection>();
  private readonly closing = new Set<Promise<void>>();
  private sent = 0;
  /** Attempts in a row without a connection. */
  private unreached = 0;
  private ended: LoadEnd['ended'] | undefined;
  private settle: { readonly done: () => void; readonly crash: (error: unknown) => void } | undefined;

  constructor(options: ClientOptions, wanted: Load<Verdict>) {
    this.load = wanted;
    this.width = Math.min(wanted.connections, wanted.times);
    this.connector = createConnector(options, {
      privateOnly: wanted.target.privateOnly,
      timeoutMs: wanted.timeoutMs,
    });
    this.read = createReader(wanted);
    this.dispatched = createDispatched(wanted.target.url);
  }

  async toEnd(): Promise<LoadEnd> {
    const { signal } = this.load;
    const abort = (): void => this.guarded(() => this.abort());
    const sweeping = setInterval(() => this.guarded(() => this.sweep()), SWEEP_MS);
    signal.addEventListener('abort', abort, { once: true });
    try {
      await new Promise<void>((done, crash) => {
        this.settle = { done, crash };
        this.guarded(() => this.begin());
      });
      return { sent: this.sent, ended: this.ended ?? 'done' };
    } finally {
      clearInterval(sweeping);
      signal.removeEventListener('abort', abort);
      for (const connection of this.open) this.discard(connection);
      await Promise.all(this.closing);
    }
  }

  private begin(): void {
    if (this.load.signal.aborted) this.ended = 'aborted';
    else for (let count = 0; count < this.width; count++) this.start(this.connect());
    this.endIfDone();
  }

  complete(connection: Connection): void {
    try {
      this.answered(connection);
    } catch (error) {
      this.settle?.crash(error);
    }
  }

  failed(connection: Connection, error: unknown): void {
    this.guarded(() => this.undelivered(connection, error));
  }

  private answered(connection: Connection): void {
    const { attempt, truncated } = connection;
    const ms = performance.now() - connection.started;
    if (ms >= this.load.timeoutMs) {
      this.expire(connection, ms);
      return;
    }
    const verdict = this.read(attempt, connection);
    connection.attempt = 0;
    this.unreached = 0;
    this.load.answered(attempt, verdict, ms);
    if (truncated) this.renew(connection);
    else this.start(connection);
  }

  private undelivered(connection: Connection, error: unknown): void {
    const { cause, detail } = causeOf(error, false);
    if (cause === 'reset' && connection.used && !connection.touched && !connection.repeated) {
      // A kept connection that the server had closed meanwhile: the request goes out on a new one, as it would have.
      this.replace(connection).repeat(connection);
      return;
    }
    const ms = performance.now() - connection.started;
    this.lose(connection, { outcome: 'undelivered', cause, detail, ms, answerBegan: connection.status > 0 });
    this.renew(connection);
  }

  private expire(connection: Connection, ms: number): void {
    const { status } = connection;
    const detail = slow(this.load.timeoutMs, stageOf(status === 0 ? undefined : status));
    this.lose(connection, { outcome: 'undelivered', cause: 'timeout', detail, ms, answerBegan: status > 0 });
    this.renew(connection);
  }

  private lose(connection: Connection, delivery: Undelivered): void {
    const { attempt } = connection;
    connection.attempt = 0;
    this.unreached = connection.connected ? 0 : this.unreached + 1;
    if (this.unreached >= GONE_AFTER * this.width && this.sent < this.load.times) this.ended ??= 'gone';
    this.load.lost(attempt, delivery);
  }

  private sweep(): void {
    const now = performance.now();
    for (const connection of [...this.open]) {
      const ms = now - connection.started;
      if (connection.attempt > 0 && ms >= this.load.timeoutMs) this.expire(connection, ms);
    }
  }

  private abort(): void {
    this.ended ??= 'aborted';
    const now = performance.now();
    for (const connection of [...this.open]) {
      const { attempt, started, status } = connection;
      const delivery = { ...causeOf(undefined, true), ms: now - started, answerBegan: status > 0 };
      if (attempt > 0) this.lose(connection, { outcome: 'undelivered', ...delivery });
      this.discard(connection);
    }
    this.endIfDone();
  }

  private start(connection: Connection): void {
    if (connection.closed) return;
    if (this.ended !== undefined || this.sent >= this.load.times) {
      this.discard(connection);
      this.endIfDone();
      return;
    }
    connection.claim(++this.sent);
    const request = this.load.request(this.sent);
    if (this.open.has(connection)) connection.send(this.dispatched(request)); // asking may have aborted it
  }

  private connect(): Connection {
    const connection = new Connection(this.load.target.url.origin, this.connector, this);
    this.open.add(connection);
    return connection;
  }

  private replace(connection: Connection): Connection {
    this.discard(connection);
    return this.connect();
  }

  /** Goes on with a new connection, a turn of the event loop later: what fails at once would fill the stack. */
  private renew(connection: Connection): void {
    const fresh = this.replace(connection);
    setImmediate(() => this.guarded(() => this.start(fresh)));
  }

  private discard(connection: Connection): void {
    this.open.delete(connection);
    const closed = connection.close().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }

  private endIfDone(): void {
    if (this.open.size === 0) this.settle?.done();
  }

  /** An error of ours, or of who is told, ends the load. */
  private guarded(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.settle?.crash(error);
    }
  }
}

/** Turns requests into what undici takes; what stays the same is made once. */
function createDispatched(url: URL): (request: WireRequest) => Dispatched {
  const path = `${url.pathname}${url.search}`;
  let known: WireRequest | undefined;
  let headers: string[] = [];
  let dispatched: Dispatched | undefined;
  return (request) => {
    if (request === known && dispatched) return dispatched;
    if (request.headers !== known?.headers) headers = request.headers.flat();
    known = request;
    dispatched = { path, method: request.method, headers, body: bufferOf(request.body) };
    return dispatched;
  };
}
