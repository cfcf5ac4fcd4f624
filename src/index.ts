/** The library face: build, sign, verify and read notifications in a test, without a network. */
export { readAckV2, type AckOptions } from './library/ack.ts';
export { InputError } from './library/input-error.ts';
export { knownKinds, type KnownKind } from './library/known-kind.ts';
export type { MerchantOptions } from './library/merchant.ts';
export {
  buildNotification,
  type NotificationOptions,
  type NotificationRequest,
} from './library/notification.ts';
export { signV2, verifyV2 } from './library/signature.ts';
export type { Tamper } from './library/tamper.ts';
export type { Ack, Check, Fields, SignType, Verification } from './protocol/dialect.ts';
export type { Place, Problem, ProblemCode } from './scenario/problem.ts';
