/** What preparing asks of a version. `v2.ts` and `v3.ts` each make one, for one step. */
import type { Ack, AnyKind, Answer, Fields, Notification, SignedRequest } from '../../../protocol/dialect.ts';
import type { Wish } from '../../../protocol/notification.ts';
import type { Secret } from '../../../protocol/secret.ts';
import type { Problem } from '../../../scenario/problem.ts';
import type { Scenario, NotifyStep } from '../../../scenario/scenario.ts';
import type { Scope } from '../../../scenario/fill/template.ts';
import type { Credentials } from '../../credentials.ts';
import type { ImpossibleDamage } from '../damage.ts';

/** One step, its keys, and what is done to it after signing. */
export interface Sealer<K extends AnyKind> {
  readonly kind: K;
  readonly merchant: Wish['merchant'];
  /** They have no place in a request. */
  readonly keys: readonly (Secret | undefined)[];
  /** New values that fields are sent with. */
  readonly changed: Fields;
  /** Why it cannot be sealed at all, if it cannot. */
  readonly unsealable: (
    notification: Notification<K>,
  ) => Pick<Problem, 'code' | 'message' | 'fix'> | undefined;
  /** Damage that has nothing to damage: told before it is done. */
  readonly impossible: (notification: Notification<K>) => ImpossibleDamage | undefined;
  /** Signs or encrypts it, and damages it where that is asked for. */
  readonly seal: (notification: Notification<K>) => SignedRequest;
  /** Damage after which the request is the same. */
  readonly useless: (sealed: Sealed<K>) => ImpossibleDamage | undefined;
  /** Prepares copies that differ in these fields: each takes its own values, in the order of the names. */
  readonly copier: (
    sealed: Sealed<K>,
    names: readonly string[],
  ) => (values: readonly string[]) => SignedRequest;
  /** The same, signed on other threads; `undefined` where that is not worth it. */
  readonly copierLater:
    | ((sealed: Sealed<K>, names: readonly string[]) => (values: readonly string[]) => Promise<SignedRequest>)
    | undefined;
  /** Whether a copy can be made long before it is sent. */
  readonly keeps: boolean;
  /** Signs the same message again, of this moment; `undefined` where every delivery is the same bytes. */
  readonly resign: ((request: SignedRequest) => SignedRequest) | undefined;
  /** The same, on other threads. */
  readonly resignLater: ((request: SignedRequest) => Promise<SignedRequest>) | undefined;
  /** What an answer means to the platform. */
  readonly readAck: (answer: Answer) => Ack;
}

/** A notification, and the request that was made of it. */
export interface Sealed<K extends AnyKind> {
  readonly notification: Notification<K>;
  readonly request: SignedRequest;
}

/** What a sealer is made of. */
export interface Sealing {
  readonly step: NotifyStep;
  readonly scenario: Scenario;
  readonly scope: Scope;
  readonly credentials: Credentials;
  /** The real time; without, everything is of the seed's moment. */
  readonly clock: (() => Date) | undefined;
}
