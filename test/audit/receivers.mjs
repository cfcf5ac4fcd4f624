/**
 * The receivers on real SDKs that are audited: those of `test/interop`, and some of SDKs that are known to have a hole.
 * They have no orders, so that only the answers are judged.
 *
 * @typedef {object} AuditedReceiver
 * @property {string} name
 * @property {string} about a sentence
 * @property {import('../interop/receivers.mjs').Receiver} receiver
 * @property {Record<string, string>} [finds] the last part of a case's name → why the SDK does so. All of them must find
 *   something, and no other case may
 * @property {string[]} [caughtBy] last parts of names of cases that must find its hole; others may find something too
 */
import path from 'node:path';
import { receivers } from '../interop/receivers.mjs';
import { node } from '../interop/toolchains.mjs';

const own = {
  ...node,
  api: 'v2',
  start: ['node', '--import', '../../../interop/receivers/offline.mjs', 'receiver.mjs'],
  serves: { 'v2/payment': '/payment', 'v2/refund': '/refund' },
};

/** What is known of the receivers of `test/interop`, by name. */
const finds = {
  'node-easywechat': {
    'refund-not-encrypted':
      '`decodeXmlMessage()` decrypts `req_info` where there is one, and hands on what has none (`dist/Pay/Server.js:84`)',
    'refund-empty': 'the same: what is empty is not there',
  },
  'node-easywechat-v3': {
    'from-the-future-v3': '`validate()` refuses what is old, and nothing else (`dist/Pay/Validator.js:39`)',
    'unknown-algorithm-v3': '`decodeJsonMessage()` does not look at `algorithm` (`dist/Pay/Server.js:105`)',
    'milliseconds-v3': 'the same as what is of the future',
    'timestamp-in-words-v3': '`NaN` is not more than 300 seconds (`dist/Pay/Validator.js:39`)',
  },
  'node-wechatpay-node-v3': {
    'expired-v3': '`verifySign()` does not compare the moment with the clock (`dist/index.js:202`)',
    'from-the-future-v3': 'the same',
    'wrong-tag-v3': '`decipher_gcm()` never calls `final()`, which compares the tag (`dist/index.js:343`)',
    'milliseconds-v3': 'the same as what is old',
    'timestamp-in-words-v3': 'the same as what is old',
    'wrong-associated-data-v3': 'the same as the tag, which covers it',
  },
  'java-wechatpay-java-v3': {
    'expired-v3': 'nothing compares the moment with the clock, see `known` in test/interop/receivers-v3.mjs',
    'from-the-future-v3': 'the same',
    'milliseconds-v3': 'the same',
    'timestamp-in-words-v3': 'the same',
  },
  'java-wxjava-v3': {
    'expired-v3': 'nothing compares the moment with the clock, see `known` in test/interop/receivers-v3.mjs',
    'from-the-future-v3': 'the same',
    'unknown-algorithm-v3': 'nothing looks at `algorithm` (`BaseWxPayServiceImpl.java:418`)',
    'milliseconds-v3': 'the same as what is old',
    'timestamp-in-words-v3': 'the same as what is old',
  },
  'java-wxjava': {
    'missing-signature-and-return-code':
      '`parseOrderNotifyResult()` insists on a signature only when `return_code` is SUCCESS (WxJava #1890)',
    'empty-element': 'the same: there is no `return_code`',
  },
};

/** @type {AuditedReceiver[]} */
export const auditedReceivers = [
  ...receivers.map((receiver) => ({
    name: `sdk/${receiver.name}`,
    about: `A receiver on ${receiver.sdk.package} ${receiver.sdk.version}`,
    receiver,
    finds: finds[receiver.name] ?? {},
  })),
  {
    name: 'sdk/node-wechat-pay',
    about: 'A receiver on wechat-pay 0.3.2, whose middleware compares a signature only when there is one',
    receiver: {
      ...own,
      name: 'node-wechat-pay',
      folder: path.join(import.meta.dirname, 'receivers/node-wechat-pay'),
      sdk: { package: 'wechat-pay', version: '0.3.2' },
    },
    caughtBy: ['missing-signature', 'missing-identity'],
  },
  {
    name: 'sdk/node-easywechat-unverified',
    about:
      'A receiver on node-easywechat 3.6.2 that calls serve() and no validator, so that nothing is verified',
    receiver: {
      ...own,
      name: 'node-easywechat-unverified',
      folder: path.join(import.meta.dirname, 'receivers/node-easywechat-unverified'),
      sdk: { package: 'node-easywechat', version: '3.6.2' },
      serves: { ...own.serves, v3: '/v3' },
    },
    caughtBy: ['forged-signature', 'missing-signature', 'tampered-amount', 'unknown-sign-type'],
  },
];
