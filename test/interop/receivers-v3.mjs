/** The receivers of API v3. */
import { go, java, node } from './toolchains.mjs';

/** @type {import('./receivers.mjs').Receiver[]} */
export const receiversV3 = [
  {
    ...node,
    name: 'node-wechatpay-axios-plugin-v3',
    sdk: { package: 'wechatpay-axios-plugin', version: '0.9.6' },
    api: 'v3',
    serves: 'all',
    note: 'A toolkit: RSA, AES-GCM and the string that is signed are the SDK’s. The checks of moment, serial number and algorithm are the receiver’s, after those that the SDK makes of answers.',
    known: [],
  },
  {
    ...node,
    name: 'node-easywechat-v3',
    sdk: { package: 'node-easywechat', version: '3.6.2' },
    api: 'v3',
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
  {
    ...java,
    name: 'java-wechatpay-java-v3',
    sdk: { package: 'wechatpay-java', version: '0.2.17' },
    api: 'v3',
    serves: 'all',
    note: '`NotificationParser` verifies and opens. It has classes for payments and refunds; the rest it opens as a JSON object.',
    known: [
      {
        tampered: 'accepted',
        twins: ['timestamp: old', 'timestamp: future', 'timestamp: milliseconds', 'timestamp: words'],
        why: '`validateRequest()` verifies a signature over the moment, and does not compare it with the clock (`NotificationParser.java:53`)',
      },
      {
        kind: 'v3/refund',
        authentic: { missing: ['mchid'], more: ['promotion_detail'] },
        why: '`RefundNotification` has no such member, and a list that is empty from the start (`RefundNotification.java:9, 52`)',
      },
      {
        kind: 'v3/partner-refund',
        authentic: { missing: ['sp_mchid', 'sub_mchid'], more: ['promotion_detail'] },
        why: 'it is read into the same class: one cannot see in it whose refund it is (`RefundNotification.java:9, 52`)',
      },
    ],
  },
  {
    ...java,
    name: 'java-wxjava-v3',
    sdk: { package: 'weixin-java-pay', version: '4.7.9-20251224.161447' },
    api: 'v3',
    serves: {
      'v3/transaction': '/transaction',
      'v3/partner-transaction': '/partner-transaction',
      'v3/combined-transaction': '/combined-transaction',
      'v3/refund': '/refund',
      'v3/partner-refund': '/partner-refund',
      'v3/transfer': '/transfer',
      'v3/complaint': '/complaint',
      'v3/profit-sharing': '/profit-sharing',
      'v3/coupon-use': '/coupon-use',
      'v3/payscore-confirmed': '/payscore-confirmed',
      'v3/payscore-paid': '/payscore-paid',
      'v3/payscore-permission': '/payscore-permission',
    },
    note: 'A method and a class for each kind. A method verifies only when it is given the headers (`BaseWxPayServiceImpl.java:408`), as the receiver does.',
    known: [
      {
        tampered: 'accepted',
        twins: ['timestamp: old', 'timestamp: future', 'timestamp: milliseconds', 'timestamp: words'],
        why: '`verifyNotifySign()` verifies a signature over the moment, and does not compare it with the clock (`BaseWxPayServiceImpl.java:383`, and so in the other services)',
      },
      {
        tampered: 'accepted',
        twins: ['resource: algorithm'],
        why: 'nothing looks at `algorithm`: what comes is opened with AES-GCM (`BaseWxPayServiceImpl.java:418`)',
      },
      {
        mode: 'public-key',
        tampered: 'accepted',
        twins: [
          'serial: wrong',
          'serial: unknown',
          'serial: unknown-public-key',
          'serial: blank',
          'serial: drop',
        ],
        why: '`verify()` does not compare the id with that of its key: what is signed with the key is taken, whatever `Wechatpay-Serial` says (`PublicCertificateVerifier.java:38`)',
      },
      {
        kind: 'v3/transfer',
        authentic: { missing: ['mchid'] },
        why: '`TransferBillsNotifyResult` has `mch_id`, and not the second one, which real notifications end with (`TransferBillsNotifyResult.java:34`)',
      },
      {
        kind: 'v3/coupon-use',
        authentic: { missing: ['consume_information.consume_amount'] },
        why: '`ConsumeInformation` has no such member (`FavorCouponsUseResult.java:235`)',
      },
      {
        kind: 'v3/payscore-confirmed',
        authentic: { more: ['need_collection'] },
        why: '`WxPayScoreResult` has a `boolean`, which is false where the field is not there (`WxPayScoreResult.java:76`)',
      },
    ],
  },
  {
    ...go,
    name: 'go-wechatpay-go-v3',
    sdk: { package: 'github.com/wechatpay-apiv3/wechatpay-go', version: 'v0.2.21' },
    api: 'v3',
    serves: 'all',
    note: '`notify.Handler` verifies and opens, and takes five minutes either way. It has structures for payments; the rest it opens as a map. It panics on a signed body without `resource` (`core/notify/notify.go:99`): the receiver refuses then.',
    known: [],
  },
];
