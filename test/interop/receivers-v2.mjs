/** The receivers of API v2. */
import { go, java, node } from './toolchains.mjs';

/** @type {import('./receivers.mjs').Receiver[]} */
export const receiversV2 = [
  {
    ...node,
    name: 'node-tenpay',
    sdk: { package: 'tenpay', version: '2.1.18' },
    api: 'v2',
    perSignType: false,
    serves: {
      'v2/payment': '/payment',
      'v2/refund': '/refund',
      'v2/deduction': '/deduction',
      'v2/native-call': '/native-call',
    },
    note: 'Its Express middleware does everything. It follows the message’s `sign_type`, and takes MD5 where there is none.',
    known: [
      {
        scenarios: ['payment/failed', 'deduction/charge-failed'],
        authentic: 'refused',
        why: '`_parse()` throws for `result_code=FAIL` before it looks at the signature, and the middleware answers FAIL: a failed payment is never acknowledged (`lib/index.js:98`)',
      },
      {
        scenarios: ['payment/paid-hmac-unnamed'],
        authentic: 'refused',
        why: 'the algorithm comes from `sign_type` alone, and the middleware passes no other (`lib/index.js:146, 217`)',
      },
    ],
  },
  {
    ...node,
    name: 'node-wechatpay-axios-plugin',
    sdk: { package: 'wechatpay-axios-plugin', version: '0.9.6' },
    api: 'v2',
    perSignType: true,
    serves: {
      'v2/payment': '/payment',
      'v2/refund': '/refund',
      'v2/contract': '/contract',
      'v2/deduction': '/deduction',
      'v2/native-call': '/native-call',
      'v2/combined-payment': '/combined-payment',
      'v2/parking-state': '/parking-state',
      'v2/payscore-check': '/payscore',
      'v2/payscore-paid': '/payscore',
    },
    note: 'A toolkit: hashing, decryption and XML are the SDK’s, their order is the receiver’s. Nothing in it notices a wrong key of `req_info`: the receiver looks for `<root>`.',
    known: [
      {
        kind: 'v2/refund',
        tampered: 'accepted',
        twins: ['ciphertext: break'],
        occurs: 'sometimes',
        why: '`unpadding()` hands on what is not padded (`lib/aes.js:45`), and the XML parser checks no form (`lib/transformer.js:58`): damage in the last 16 bytes goes unnoticed unless it happens to look like a tag',
      },
    ],
  },
  {
    ...node,
    name: 'node-easywechat',
    sdk: { package: 'node-easywechat', version: '3.6.2' },
    api: 'v2',
    perSignType: false,
    serves: {
      'v2/payment': '/payment',
      'v2/refund': '/refund',
      'v2/contract': '/contract',
      'v2/deduction': '/deduction',
      'v2/native-call': '/native-call',
    },
    note: '`serve()` parses, decrypts and answers, and verifies nothing: the receiver calls `validateV2()`. MD5 only.',
    known: [
      {
        scenarios: ['payment/paid-hmac', 'payment/paid-hmac-unnamed'],
        authentic: 'refused',
        why: '`createV2Signature()` looks for a field `signType`, which no notification has, and takes MD5 (`dist/Pay/Utils.js:83`)',
      },
    ],
  },
  {
    ...java,
    name: 'java-wxjava',
    sdk: { package: 'weixin-java-pay', version: '4.7.9-20251224.161447' },
    api: 'v2',
    perSignType: true,
    serves: {
      'v2/payment': '/payment',
      'v2/refund': '/refund',
      'v2/contract': '/contract',
      'v2/deduction': '/deduction',
      'v2/native-call': '/native-call',
    },
    note: 'The newest on Maven Central: 4.8.0 and later were never published there. For contracts and deductions it has classes, and no service method that returns them.',
    known: [
      {
        scenarios: ['contract/signed-service-provider'],
        authentic: { missing: ['sub_openid'] },
        why: '`WxSignStatusNotifyResult` has no such member; the signature is right all the same, because `checkResult()` reads the XML again (`BaseWxPayResult.java:270`)',
      },
      {
        kind: 'v2/native-call',
        tampered: 'accepted',
        twins: ['sign: drop'],
        why: '`checkResult()` verifies a signature only when there is one (`BaseWxPayResult.java:361`); the classes for payments, contracts and deductions insist on one when `return_code` is SUCCESS, the one for native mode one never does',
      },
    ],
  },
  {
    name: 'python-wechatpy',
    sdk: { package: 'wechatpy[cryptography]', version: '1.8.18' },
    api: 'v2',
    language: 'Python',
    lock: 'requirements.txt',
    needs: ['python3'],
    install: {
      fetch: [
        ['python3', '-m', 'venv', '.venv'],
        [
          '.venv/bin/pip',
          'install',
          '-q',
          '--disable-pip-version-check',
          '--require-hashes',
          '-r',
          'requirements.txt',
        ],
      ],
      build: [],
    },
    start: ['.venv/bin/python', 'receiver.py'],
    perSignType: false,
    serves: {
      'v2/payment': '/payment',
      'v2/refund': '/refund',
      'v2/contract': '/contract',
      'v2/deduction': '/deduction',
      'v2/native-call': '/native-call',
    },
    note: '`parse_payment_result()` takes every field there is, and so the other signed kinds as well. MD5 only.',
    known: [
      {
        scenarios: ['payment/paid-hmac', 'payment/paid-hmac-unnamed'],
        authentic: 'refused',
        why: '`parse_payment_result()` calculates MD5 whatever `sign_type` says (`wechatpy/pay/__init__.py:241`)',
      },
      {
        kind: 'v2/refund',
        authentic: { missing: ['return_code', 'appid', 'mch_id', 'nonce_str', 'sub_appid', 'sub_mch_id'] },
        why: '`decrypt_message()` checks `appid` and `mch_id`, and returns what was encrypted without what stood around it (`wechatpy/crypto/__init__.py:157`)',
      },
    ],
  },
  {
    ...go,
    name: 'go-silenceper',
    sdk: { package: 'github.com/silenceper/wechat/v2', version: 'v2.1.10' },
    api: 'v2',
    perSignType: false,
    serves: { 'v2/payment': '/payment', 'v2/refund': '/refund' },
    note: 'It signs the members of a fixed structure. It follows the message’s `sign_type`, takes MD5 where there is none, and panics where there is no `sign` (`pay/notify/paid.go:99`).',
    known: [
      {
        scenarios: [
          'payment/paid-foreign-currency',
          'payment/paid-service-provider',
          'payment/paid-with-promotion',
        ],
        authentic: 'refused',
        why: '`PaidResult` has no `rate_value`, `sub_mch_id`, `version` and `promotion_detail`, so they are left out of what it signs (`pay/notify/paid.go:18`)',
      },
      {
        scenarios: ['payment/paid-hmac-unnamed'],
        authentic: 'refused',
        why: 'the algorithm comes from `sign_type` alone (`pay/notify/paid.go:91`)',
      },
      {
        scenarios: ['refund/success-service-provider'],
        authentic: { missing: ['sub_appid', 'sub_mch_id'] },
        why: '`RefundedResult` has no such members (`pay/notify/refund.go:16`)',
      },
    ],
  },
];
