/** A scenario as the program works with it: validated, templates not filled in yet. */
import type { SomeKind } from '../protocol/all-kinds.ts';
import type { SignType } from '../protocol/dialect.ts';
import type { Overrides } from '../protocol/notification.ts';
import type { AuditBlock } from './schema/schema-audit.ts';
import type { TamperForm } from './schema/schema.ts';
import type { Place } from './problem.ts';
import type { Path } from './yaml/yaml.ts';

export interface Scenario {
  /** `payment/paid`, or the path from the project’s folder; of a row, `payment/paid[zero]`. */
  readonly name: string;
  /** The name without the row: that of the file. */
  readonly family: string;
  readonly file: string;
  /** What finds the file from the working directory: the name, or a path. */
  readonly reference: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly vars: Readonly<Record<string, string>>;
  /** The variables that are numbers or true and false in YAML: in JSON they stay so. */
  readonly typed: ReadonlySet<string>;
  /** The variables that are the row's: nothing else gives them a value. */
  readonly rows: ReadonlySet<string>;
  /** Not beside other scenarios. */
  readonly serial: boolean;
  /** What makes it a case of an audit. */
  readonly audit: AuditBlock | undefined;
  readonly steps: readonly Step[];
  /** Every file it was read from, as absolute paths: its own first. */
  readonly sources: readonly string[];
  /** Where something stands: mostly in the file, and otherwise in one of the sources. */
  readonly place: (path: Path, key?: 'key') => Place;
  /** Whether a folder says what stands at a path, and not the scenario: it gives way where it means nothing. */
  readonly isDefault: (path: Path) => boolean;
}

/** What a flow does, one after the other. */
export type Step = NotifyStep | CallStep | CommandStep;

/** What every step has. */
interface StepBase {
  /** From 1. */
  readonly number: number;
  readonly name: string | undefined;
  /** Where the step stands in the file. */
  readonly path: Path;
  /** Also after a step that failed. */
  readonly always: boolean;
  /** Before the step, in milliseconds. */
  readonly delay_ms: number;
}

/** A request to the merchant's own API. */
export interface CallStep extends StepBase {
  readonly does: 'call';
  readonly method: string;
  /** A template. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Payload | undefined;
  readonly timeout_ms: number;
  readonly captures: readonly Capture[];
  readonly expect: CallExpectation;
  /** How long to try again, in milliseconds; 0: once. */
  readonly eventually_ms: number;
  readonly until?: Until;
}

/** Whether what was captured is enough; until then, as long as there is time, it is done again. */
export type Until = (captured: Readonly<Record<string, string>>) => boolean;

/** A body: texts in it are templates. */
export type Payload =
  | { readonly as: 'json'; readonly value: unknown }
  | { readonly as: 'form'; readonly value: Readonly<Record<string, string>> }
  | { readonly as: 'text'; readonly value: string };

/** Where a variable comes from. */
export interface Capture {
  readonly name: string;
  readonly from: 'json' | 'header' | 'xml' | 'regex' | 'stdout';
  /** The path, the header's name, or the expression. */
  readonly what: string;
}

/** Values are templates. */
export interface CallExpectation {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Readonly<Record<string, unknown>>;
  readonly body: string | undefined;
}

/** A command. */
export interface CommandStep extends StepBase {
  readonly does: 'run';
  /** The command and its arguments; one text for a shell. Templates. */
  readonly argv: readonly string[];
  readonly shell: boolean;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string | undefined;
  readonly timeout_ms: number;
  readonly captures: readonly Capture[];
  readonly expect: {
    readonly exit: number;
    readonly stdout: string | undefined;
    readonly stderr: string | undefined;
  };
  readonly eventually_ms: number;
  readonly until?: Until;
}

/** A notification, once or repeated. */
export interface NotifyStep extends StepBase {
  readonly does: 'notify';
  readonly kind: SomeKind;
  readonly fields: Overrides;
  readonly sign_type: SignType | undefined;
  readonly times: number;
  readonly concurrency: number;
  readonly every_ms: number;
  /** Up to this long, at random, before each copy. */
  readonly jitter_ms: number;
  /** All copies complete at the same instant. */
  readonly race: boolean;
  /** Fields with a fresh value in each copy. */
  readonly vary: readonly string[];
  /** Every copy is an order of its own. */
  readonly unique: boolean;
  readonly schedule: Schedule | undefined;
  /** What the step is one of, when it is sent in another order than it stands in. */
  readonly group: Group | undefined;
  readonly timeout_ms: number | undefined;
  readonly tamper: TamperForm | undefined;
  readonly expect: Expectation;
  /** The steps after it do not take its values over: it is about something else. */
  readonly keepsToItself?: true;
  /** Where it goes, in the place of where its kind goes. */
  readonly target?: string;
}

/** Again and again until acknowledged. */
export interface Schedule {
  readonly name: 'wechat';
  /** How many times faster than real time. */
  readonly speed: number;
}

/** Notifications that are made in the order in which they stand, and sent in another. The steps of a group share it. */
export interface Group {
  readonly order: 'shuffled' | 'reversed' | 'parallel';
  /** Before the group, in milliseconds. */
  readonly delay_ms: number;
}

/** What the platform would make of an answer; NONE: no complete answer came. */
export type AckWord = 'SUCCESS' | 'FAIL' | 'REJECTED' | 'NONE';

export interface AnswerExpectation {
  readonly ack?: AckWord | undefined;
  readonly status?: number | undefined;
  /** Exact, or `/regular expression/`. */
  readonly message?: string | undefined;
  readonly within_ms?: number | undefined;
}

export interface Expectation {
  readonly each: AnswerExpectation;
  /** In the place of `each` for the first of the repeats. */
  readonly first?: AnswerExpectation | undefined;
  /** How many of all repeats were answered so. */
  readonly acks?: Readonly<Partial<Record<AckWord | 'INVALID', number | undefined>>> | undefined;
  /** Each was answered the same. */
  readonly consistent?: boolean | undefined;
  /** Of a hundred answers, 99 were complete within this time, in milliseconds. */
  readonly p99_ms?: number | undefined;
  /** The attempt of a schedule that must have been acknowledged at the latest. */
  readonly acknowledged_by?: number | undefined;
}

/** How many copies race unless they say. */
export const RACERS = 5;
/** So many connections are open at once in a race: most systems allow a process 1024 files. */
export const MOST_RACERS = 500;
