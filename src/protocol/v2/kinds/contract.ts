import type { Field, FieldContext, Kind } from '../../dialect.ts';
import { datetime, digits } from '../../generate.ts';
import * as rows from '../rows.ts';

const SOURCE = 'https://pay.weixin.qq.com/wiki/doc/api/wxpay_v2/papay/chapter3_6.shtml';
const PARTNER = 'https://pay.weixin.qq.com/doc/v2/partner/4011988378';

const isSigning = (get: FieldContext['get']): boolean => get('change_type') === 'ADD';

/** In the order of the official sample, which is not the ASCII order. */
const fields: readonly Field[] = [
  { ...rows.return_code, doc: 'Communication; SUCCESS in every notification' },
  rows.return_msg,
  { ...rows.result_code, doc: 'SUCCESS: a signing that failed or was given up is never notified' },
  { ...rows.mch_id, doc: 'The merchant; the service provider in service-provider mode' },
  { ...rows.sub_mch_id, source: PARTNER },
  {
    name: 'contract_code',
    title: '签约协议号',
    type: 'string',
    max: 128,
    required: true,
    make: ({ source }) => `C${digits(source, 12)}`,
    doc: 'The merchant’s own number of the contract',
  },
  { ...rows.openid, doc: 'Who signed, as the app knows them' },
  {
    name: 'sub_openid',
    title: '用户子标识',
    type: 'string',
    max: 128,
    required: false,
    example: 'onqOjjmM1tad-3ROpncN-yUfa6ua',
    doc: 'Who signed, as the sub-merchant’s app knows them; service-provider mode only',
    source: PARTNER,
  },
  {
    name: 'plan_id',
    title: '模板id',
    type: 'string',
    max: 28,
    required: true,
    make: ({ source }) => `1${digits(source, 5)}`,
    doc: 'The template that the contract follows',
  },
  {
    name: 'change_type',
    title: '变更类型',
    type: 'string',
    max: 32,
    required: true,
    values: ['ADD', 'DELETE'],
    make: () => 'ADD',
    doc: 'ADD: the contract was signed; DELETE: it was terminated',
  },
  {
    name: 'operate_time',
    title: '操作时间',
    type: 'datetime',
    max: 32,
    required: true,
    make: ({ source }) => datetime(source.now()),
    doc: 'When: yyyy-MM-dd HH:mm:ss in UTC+8',
  },
  {
    ...rows.contract_id,
    doc: 'The platform’s number of the contract, with which it is charged. Documented with 32 characters; longer ones exist',
  },
  {
    name: 'contract_expired_time',
    title: '协议到期时间',
    type: 'datetime',
    max: 32,
    required: false,
    when: isSigning,
    make: ({ source }) => datetime(inYears(source.now(), 10)),
    doc: 'When the contract ends; only with ADD',
  },
  {
    name: 'contract_termination_mode',
    title: '协议解约方式',
    type: 'int',
    max: 2,
    required: false,
    values: ['0', '1', '2', '3', '4', '5'],
    when: (get) => get('change_type') === 'DELETE',
    make: () => '2',
    doc: 'Only with DELETE. 1: expired; 2: by the user; 3: by the merchant’s API; 4: in the merchant console; 5: the user’s account was closed',
  },
  {
    name: 'request_serial',
    title: '请求序列号',
    type: 'int',
    max: 12,
    required: true,
    make: ({ source }) => `1${digits(source, 9)}`,
    doc: 'The merchant’s number of the signing request, up to 12 digits',
  },
];

/** 签约、解约结果通知: a contract for later deductions (委托代扣) was signed or terminated. */
export const contract: Kind = {
  id: 'v2/contract',
  title: '签约、解约结果通知',
  summary: 'A contract for deductions was signed, or terminated',
  seal: 'signed',
  sign_type: 'MD5',
  names_algorithm: 'sign_type',
  marks: ['change_type', 'contract_code', 'contract_id', 'plan_id'],
  owner: { mch_id: 'mch_id' },
  answer: 'ack',
  fields,
  layout: {
    root: 'xml',
    order: 'table',
    separator: '\n…',
    plain: ['contract_code', 'mch_id', 'request_serial', 'sub_mch_id'],
  },
  rules: [],
  shares: ['contract_code', 'contract_id', 'openid', 'plan_id', 'request_serial', 'sub_mch_id'],
  source: SOURCE,
};

function inYears(moment: Date, years: number): Date {
  const then = new Date(moment);
  then.setUTCFullYear(then.getUTCFullYear() + years);
  return then;
}
