/** The library face: notifications, signatures, acknowledgements and whole suites in a test, without a network. */
export type { Deliver, HandedAnswer, HandedRequest } from './delivery/in-process/handed.ts';
export { readAckV2, readAckV3, type AckOptions } from './library/ack.ts';
export { InputError } from './library/input-error.ts';
export { knownKinds, type KnownKind } from './library/known-kind.ts';
export type { MerchantOptions } from './library/merchant.ts';
export {
  buildNotification,
  type NotificationOptions,
  type NotificationRequest,
} from './library/notification.ts';
export type {
  AnsweredDocument,
  DeliveryDocument,
  FailureDocument,
  RunTotals,
  ScenarioDocument,
  ScheduleDocument,
  SentDocument,
  StepDocument,
  SuiteDocument,
  SuiteTotals,
} from './library/run/document.ts';
export type { RunOptions } from './library/run/options.ts';
export { run } from './library/run/run.ts';
export { signV2, verifyV2 } from './library/signature.ts';
export type { Tamper, TamperV3 } from './library/tamper.ts';
export type { PlatformKeyOptions, PlatformOptions, PlatformTrust } from './library/v3/platform.ts';
export { signV3, trustOf, verifyV3, type MessageV3, type ReceivedV3 } from './library/v3/signature.ts';
export type { Ack, Check, Fields, SignType, Verification } from './protocol/dialect.ts';
export type { Place, Problem, ProblemCode } from './scenario/problem.ts';
