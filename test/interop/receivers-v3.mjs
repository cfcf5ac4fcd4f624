/** The receivers of API v3. */
import { node } from './receivers-node.mjs';

/** @type {import('./receivers.mjs').Receiver[]} */
export const receiversV3 = [
  {
    ...node,
    name: 'node-wechatpay-axios-plugin-v3',
    sdk: { package: 'wechatpay-axios-plugin', version: '0.9.6' },
    api: 'v3',
    modes: ['certificate', 'public-key'],
    serves: 'all',
    note: 'A toolkit: RSA, AES-GCM and the string that is signed are the SDK’s. The checks of moment, serial number and algorithm are the receiver’s, after those that the SDK makes of answers.',
    known: [],
  },
  {
    ...node,
    name: 'node-easywechat-v3',
    sdk: { package: 'node-easywechat', version: '3.6.2' },
    api: 'v3',
    modes: ['certificate', 'public-key'],
    serves: 'all',
    note: '`serve()` decrypts and answers, and verifies nothing: the receiver calls `getValidator().validate()` before it. What a handler throws, `serve()` answers with 200 (`dist/Pay/Server.js:52`), which API v3 takes for an acknowledgement.',
    known: [
      {
        tampered: 'accepted',
        twins: ['timestamp: future', 'timestamp: milliseconds', 'timestamp: words'],
        why: '`validate()` refuses what is older than 300 seconds, and nothing else: neither what is of the future nor what is no number (`dist/Pay/Validator.js:39`)',
      },
      {
        tampered: 'accepted',
        twins: ['resource: algorithm'],
        why: '`decodeJsonMessage()` does not look at `algorithm` (`dist/Pay/Server.js:105`)',
      },
    ],
  },
  {
    ...node,
    name: 'node-wechatpay-node-v3',
    sdk: { package: 'wechatpay-node-v3', version: '2.2.1' },
    api: 'v3',
    modes: ['certificate', 'public-key'],
    serves: 'all',
    note: '`verifySign()` and `decipher_gcm()`. It only trusts what it downloaded itself, from a URL that is fixed; the receiver puts the key where a download would (`certificates`, which is protected). The check of the algorithm is the receiver’s.',
    known: [
      {
        tampered: 'accepted',
        twins: ['resource: tag', 'resource: associated-data'],
        why: '`decipher_gcm()` sets the tag and never calls `final()`, which compares it (`dist/index.js:343`): what is left to notice damage is `JSON.parse()`',
      },
      {
        tampered: 'accepted',
        twins: ['timestamp: old', 'timestamp: future', 'timestamp: milliseconds', 'timestamp: words'],
        why: '`verifySign()` signs over the moment, and does not compare it with the clock (`dist/index.js:202`)',
      },
    ],
  },
];
