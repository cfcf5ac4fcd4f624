/** A load on its way: connections that take attempts, one after the other, until there is none left. */
import { performance } from 'node:perf_hooks';
import { createReader, type RawAnswer } from './answers.ts';
import { causeOf, isLocal } from './cause.ts';
import { Connection, type ConnectionOwner } from './connection.ts';
import { createConnector, type ClientOptions, type Connector } from './connector.ts';
import { createDispatched, type Dispatched } from './dispatched.ts';
import { slow, stageOf } from './limits.ts';
import { createLine } from './line.ts';
import type { Load, LoadEnd } from './load.ts';
import type { Undelivered, WireRequest } from './request.ts';

/** After so many attempts in a row without a connection, for each that there should be, nobody is there. */
const GONE_AFTER = 10;
/** Between two of them, in milliseconds: a server that starts again is back in a second. */
const PAUSE_MS = 100;
/** How often time limits are looked at, in milliseconds: one timer serves all. */
const SWEEP_MS = 20;

/** Sends what is wanted. */
export class LoadRun<Verdict> implements ConnectionOwner {
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
  private resent = 0;
  /** The server closes kept connections without a word: none is used again, so that a reset has one meaning. */
  private distrusting = false;
  private unopened = 0;
  /** Attempts whose connection could not be opened, for the next that is free. */
  private readonly handed: Connection[] = [];
  /** Whether the next request is not ready for a connection, which then starts when it is. */
  private readonly hasToWait: (connection: Connection) => boolean;
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
    this.hasToWait = createLine({
      ready: wanted.ready,
      serve: (connection) => this.start(connection),
      failed: (error) => this.settle?.crash(error),
    });
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
      const { sent, ended = 'done', resent, unopened } = this;
      return { sent, ended, resent, unopened };
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
    if (connection.before) this.resent++;
    connection.attempt = 0;
    this.unreached = 0;
    this.load.answered(attempt, verdict, ms);
    if (truncated || this.distrusting) this.renew(connection);
    else this.start(connection);
  }

  private undelivered(connection: Connection, error: unknown): void {
    const { cause, detail } = causeOf(error, false);
    const ms = performance.now() - connection.started;
    const delivery: Undelivered = {
      outcome: 'undelivered',
      cause,
      detail,
      ms,
      answerBegan: connection.status > 0,
    };
    if (this.open.size > 1 && !connection.connected && isLocal(error)) {
      this.unopened++;
      this.handed.push(connection);
      this.discard(connection);
    } else if (connection.wasClosing(delivery)) {
      // The server was closing the kept connection: the request goes out on a new one, as it would have.
      this.distrusting = true;
      this.replace(connection).repeat(connection, delivery);
    } else {
      this.lose(connection, connection.before ?? delivery);
      this.renew(connection);
    }
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
    if (this.isGone()) this.ended ??= 'gone';
    this.load.lost(attempt, delivery);
  }

  private isGone(): boolean {
    const { patient, times } = this.load;
    return !patient && this.unreached >= GONE_AFTER * this.width && this.sent < times;
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
    for (const connection of this.handed.splice(0)) {
      this.lose(connection, { outcome: 'undelivered', ...causeOf(undefined, true), ms: 0 });
    }
    this.endIfDone();
  }

  private start(connection: Connection): void {
    if (connection.closed) return;
    const handed = this.handed.shift();
    if (handed) {
      connection.repeat(handed);
      return;
    }
    if (this.ended !== undefined || this.sent >= this.load.times) {
      this.discard(connection);
      this.endIfDone();
      return;
    }
    if (this.hasToWait(connection)) return;
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
    const start = (): void => this.guarded(() => this.start(fresh));
    if (connection.connected || this.ended !== undefined) setImmediate(start);
    else setTimeout(start, PAUSE_MS);
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
