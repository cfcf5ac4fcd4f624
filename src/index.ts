/** The library face: build, sign, verify and read notifications in a test, without a network. */
export {
  type AckOptions,
  buildNotification,
  readAckV2,
  signV2,
  verifyV2,
  type KnownKind,
  type MerchantOptions,
  type NotificationOptions,
  type NotificationRequest,
} from './library.ts';
export type { Ack, Check, Fields, SignType, Verification } from './protocol/dialect.ts';
