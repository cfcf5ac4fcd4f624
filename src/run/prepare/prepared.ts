/** What preparing takes, and what comes of it. */
import type { SomeKind } from '../../protocol/all-kinds.ts';
import type { Ack, Answer, Fields, Notification, SignedRequest } from '../../protocol/dialect.ts';
import type { Problem, Result } from '../../scenario/problem.ts';
import type { ResolvedCall, ResolvedCommand } from '../../scenario/fill/resolve-step.ts';
import type { Credentials } from '../credentials.ts';
import type {
  AckWord,
  CallStep,
  CommandStep,
  Expectation,
  NotifyStep,
  Schedule,
  Scenario,
  Step,
} from '../../scenario/scenario.ts';

/** What the command line overrides in every step. */
export interface Overriding {
  readonly set: Readonly<Record<string, string>>;
  readonly times?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly every_ms?: number | undefined;
  readonly timeout_ms?: number | undefined;
  readonly ack?: AckWord | undefined;
  readonly race?: boolean | undefined;
  readonly unique?: boolean | undefined;
  readonly schedule?: Schedule | undefined;
}

export interface Preparation {
  readonly scenario: Scenario;
  readonly credentials: Credentials;
  /** What no request may carry. */
  readonly secrets: ReadonlySet<string>;
  readonly seed: string;
  /** The real time, of which API v3 signs what is sent; without, everything is of the seed’s moment. */
  readonly clock?: (() => Date) | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The URL for a kind, as text; `undefined` when nothing will be sent. */
  readonly targetFor: (kind: string) => string | undefined;
  readonly overriding: Overriding;
}

/** A step whose templates are filled in. */
export type PreparedStep = PreparedNotification | PreparedCall | PreparedCommand;

/** A notification that is ready to be sent. */
export interface PreparedNotification {
  readonly does: 'notify';
  readonly step: NotifyStep;
  /** The authentic notification, before any damage. */
  readonly notification: Notification<SomeKind>;
  /** The visible fields as they are sent, after it. */
  readonly sent: Fields;
  readonly request: SignedRequest;
  readonly target: string | undefined;
  readonly repeats: Repeats;
  /** Signs it again, of the moment at which it is sent; `undefined` when it stays the same bytes. */
  readonly resign: (() => SignedRequest) | undefined;
  /** The same, on another thread. */
  readonly resignLater: (() => Promise<SignedRequest>) | undefined;
  /** Makes the next copy that is not the same bytes; `undefined` when all are. */
  readonly copies: Copies | undefined;
  readonly timeout_ms: number;
  readonly expect: Expectation;
  /** What an answer means to the platform. */
  readonly readAck: (answer: Answer) => Ack;
}

/** Fields with fresh values in every copy, from the second on. */
export interface Copies {
  readonly names: readonly string[];
  /** Whether each is an order of its own. */
  readonly isOrders: boolean;
  /** The next one, signed, and what it is about. */
  readonly next: () => PreparedCopy;
  /** The same, signed on another thread; `undefined` where that is not worth it. */
  readonly later: (() => Promise<PreparedCopy>) | undefined;
}

export interface PreparedCopy {
  readonly subject: string | null;
  readonly request: SignedRequest;
}

/** How often, and when. */
export interface Repeats {
  readonly times: number;
  readonly concurrency: number;
  readonly every_ms: number;
  readonly jitter_ms: number;
  readonly race: boolean;
  readonly schedule: Schedule | undefined;
}

export interface PreparedCall extends ResolvedCall {
  readonly does: 'call';
  readonly step: CallStep;
  /** Whether the URL may depend on what is captured only when the flow runs. */
  readonly late: boolean;
}

export interface PreparedCommand extends ResolvedCommand {
  readonly does: 'run';
  readonly step: CommandStep;
}

export interface Prepared {
  readonly scenario: Scenario;
  readonly seed: string;
  /** Every step; what is captured only when it runs has a stand-in. */
  readonly steps: readonly PreparedStep[];
  readonly warnings: readonly Problem[];
  /** Begins again, for real: the same bytes, with what is captured on the way. */
  readonly walk: () => Walk;
}

/** The steps one after the other, as they are prepared just before they run. */
export interface Walk {
  readonly next: (step: Step) => Result<PreparedStep>;
  readonly learn: (captured: ReadonlyMap<string, CapturedValue>) => void;
}

/** A variable out of an answer. Numbers, true and false stay what they are in JSON. */
export interface CapturedValue {
  readonly text: string;
  readonly typed: boolean;
}

/** How long the platform waits for an answer, in milliseconds. */
export const PLATFORM_TIMEOUT = 5000;
