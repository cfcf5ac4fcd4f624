import type { Field, Kind } from '../../dialect.ts';
import { timestamp } from '../../generate.ts';
import * as rows from '../rows.ts';

const SOURCE = 'https://pay.weixin.qq.com/wiki/doc/api/vehicle_v2.php?chapter=20_912&index=12';

const fields: readonly Field[] = [
  { ...rows.appid, doc: 'The app; the service provider’s in service-provider mode' },
  rows.mch_id,
  rows.sub_appid,
  rows.sub_mch_id,
  rows.nonce_str,
  {
    ...rows.sign_type,
    required: true,
    values: ['HMAC-SHA256'],
    make: ({ sign_type }) => sign_type,
    doc: 'The algorithm of the signature',
    source: SOURCE,
  },
  {
    name: 'plate_number',
    title: '车牌号',
    type: 'string',
    max: 32,
    required: true,
    make: () => '粤B888888',
    doc: 'The plate: province and number, without special characters',
  },
  {
    name: 'vehicle_event_type',
    title: '车牌变更事件类型',
    type: 'string',
    max: 32,
    required: true,
    values: ['NORMAL', 'BLOCKED'],
    make: () => 'NORMAL',
    doc: 'NORMAL: the plate can be charged; BLOCKED: it cannot',
  },
  {
    name: 'vehicle_event_des',
    title: '车牌变更事件信息',
    type: 'string',
    max: 32,
    required: false,
    values: ['OVERDUE', 'REMOVE', 'PAUSE', 'PROACTIVE', 'AUTOPAY'],
    make: ({ get }) => (get('vehicle_event_type') === 'BLOCKED' ? 'OVERDUE' : undefined),
    doc: 'Why it is BLOCKED: OVERDUE (money is owed), REMOVE (the plate was removed), PAUSE (the service was paused). Newer documents: the mode changed to PROACTIVE or AUTOPAY',
  },
  {
    name: 'deduct_mode',
    title: '发起扣费方式',
    type: 'string',
    max: 16,
    required: false,
    values: ['PROACTIVE', 'AUTOPAY'],
    when: (get) => get('vehicle_event_type') === 'NORMAL',
    make: () => 'AUTOPAY',
    doc: 'PROACTIVE: the user pays; AUTOPAY: it is deducted. Only with NORMAL',
  },
  {
    name: 'vehicle_event_createtime',
    title: '车牌变更事件发生时间',
    type: 'timestamp',
    max: 16,
    required: true,
    make: ({ source }) => timestamp(source.now()),
    doc: 'When: yyyyMMddHHmmss in UTC+8; an older event than the last one is stale',
  },
];

/** 车牌状态变更通知: the state of a plate at a car park changed. It has no `return_code`. */
export const parkingState: Kind = {
  id: 'v2/parking-state',
  title: '车牌状态变更通知',
  summary: 'A plate at a car park can, or cannot, be charged any more',
  seal: 'signed',
  sign_type: 'HMAC-SHA256',
  names_algorithm: 'sign_type',
  marks: ['plate_number', 'vehicle_event_type'],
  owner: { appid: 'appid', mch_id: 'mch_id' },
  answer: 'ack',
  fields,
  layout: { root: 'xml', order: 'ascii', separator: '', plain: [] },
  rules: [],
  shares: ['plate_number', 'sub_appid', 'sub_mch_id'],
  source: SOURCE,
};
