/** What the events of rental and hotel orders (免押租借, 免押速住) share: an encrypted event in a signed message. */
import type { Field, Kind } from '../dialect.ts';
import { digits, merchantNumber, nonce, timestamp } from '../generate.ts';
import * as rows from './rows.ts';

const MIRROR = 'the community mirror of the official document (TheNorthMemory/wechatpay.js.org, webhook/v2)';

/** The signed message around an event of one of these types. */
export function eventEnvelope(...types: readonly [string, ...string[]]): NonNullable<Kind['envelope']> {
  return {
    into: 'event_ciphertext',
    cipher: 'aes-256-gcm',
    fields: outer.map((field) =>
      field.name === 'event_type' ? { ...field, values: types, make: () => types[0] } : field,
    ),
    layout: { root: 'xml', order: 'ascii', separator: '', plain: [] },
  };
}

const outer: readonly Field[] = [
  { ...rows.appid, name: 'app_id', doc: 'The app; newer documents spell it appid', source: MIRROR },
  rows.mch_id,
  {
    name: 'event_id',
    title: '通知ID',
    type: 'string',
    max: 32,
    required: true,
    make: ({ source }) => `EV-${timestamp(source.now())}${digits(source, 9)}`,
    doc: 'The notification’s own number',
  },
  {
    name: 'event_create_time',
    title: '通知创建时间',
    type: 'timestamp',
    max: 14,
    required: true,
    make: ({ source }) => timestamp(source.now()),
    doc: 'When: yyyyMMddHHmmss in UTC+8',
  },
  {
    name: 'event_type',
    title: '通知类型',
    type: 'string',
    max: 32,
    required: true,
    doc: 'What happened',
  },
  {
    name: 'event_algorithm',
    title: '通知加密类型',
    type: 'string',
    max: 32,
    required: true,
    values: ['AEAD_AES_256_GCM'],
    make: () => 'AEAD_AES_256_GCM',
    doc: 'How the event is encrypted: with the APIv3 key',
  },
  {
    name: 'event_nonce',
    title: '通知随机串',
    type: 'string',
    max: 12,
    required: true,
    pattern: /^[\x21-\x7e]{12}$/,
    form: '12 ASCII characters',
    make: ({ source }) => nonce(source).slice(0, 12),
    doc: 'The nonce of the encryption',
  },
  {
    name: 'event_associated_data',
    title: '通知附加数据',
    type: 'string',
    max: 16,
    required: false,
    make: () => 'payscore',
    doc: 'What the encryption is bound to besides the key',
  },
  rows.nonce_str,
  {
    ...rows.sign_type,
    name: 'algorithm',
    title: '签名算法',
    required: true,
    values: ['HMAC-SHA256'],
    make: ({ sign_type }) => sign_type,
    doc: 'The algorithm of the signature, in the place of sign_type',
    source: MIRROR,
  },
];

/** The order that an event is about. */
export const orderFields: readonly Field[] = [
  {
    name: 'state',
    title: '单据状态',
    type: 'string',
    max: 32,
    required: true,
    values: ['CREATED', 'USER_ACCEPTED', 'FINISHED', 'USER_PAID', 'REVOKED', 'EXPIRED'],
    doc: 'How the order stands',
    example: 'USER_ACCEPTED',
  },
  {
    name: 'service_id',
    title: '服务ID',
    type: 'string',
    max: 32,
    required: true,
    make: ({ source }) => `1${digits(source, 9)}`,
    doc: 'The service of the merchant',
  },
  {
    name: 'out_order_no',
    title: '商户服务订单号',
    type: 'string',
    max: 32,
    required: true,
    make: ({ source }) => merchantNumber(source, 'WXNS'),
    doc: 'The merchant’s own number of the order',
  },
  {
    name: 'order_id',
    title: '微信侧订单号',
    type: 'string',
    max: 64,
    required: true,
    make: ({ source }) => digits(source, 26),
    doc: 'The platform’s number of the order',
  },
  {
    name: 'goods_name',
    title: '物品名称',
    type: 'string',
    max: 128,
    required: false,
    make: ({ get }) => (get('room') === undefined ? '充电宝' : undefined),
    doc: 'What was rented; rental only',
  },
  {
    name: 'room',
    title: '房间',
    type: 'string',
    max: 128,
    required: false,
    example: '豪华双人房',
    doc: 'The room; hotel only, and its presence means a hotel order',
  },
  {
    name: 'start_time',
    title: '开始时间',
    type: 'timestamp',
    max: 14,
    required: true,
    make: ({ source }) => timestamp(source.now()),
    doc: 'When the service began: yyyyMMddHHmmss in UTC+8',
  },
  {
    name: 'deposit_amount',
    title: '押金总额',
    type: 'fen',
    max: 10,
    required: true,
    make: () => '10000',
    doc: 'The deposit that is waived, in fen',
  },
];
