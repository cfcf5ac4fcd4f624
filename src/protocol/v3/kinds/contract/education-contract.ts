import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = { ADD: 'ENTRUST.SIGNING', DELETE: 'ENTRUST.RELEASE' };

/** 教培续费通签约、解约结果通知: a user signed a contract for a school’s fees, or ended it. */
export const educationContract: V3Kind = {
  id: 'v3/education-contract',
  title: '教培续费通签约、解约结果通知',
  summary: 'A user signed a contract for a school’s fees, or ended it',
  ...envelopeOf({
    original_type: 'entrust',
    events: { 'ENTRUST.SIGNING': '签约结果通知', 'ENTRUST.RELEASE': '解约结果通知' },
    event: eventFor('contract_information.contract_status', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['contract_information.contract_id', 'sp_mchid'],
  owner: { appid: 'appid', mch_id: 'sp_mchid' },
  fields: [
    rows.sp_mchid,
    rows.appid,
    rows.sub_mchid,
    rows.sub_appid,
    rows.openid,
    text('sub_openid', '子商户用户标识', {
      max: 128,
      required: false,
      example: 'oUpF8uMuAJOM2pxb1Q',
      doc: 'The user, as the sub-merchant’s app knows them',
    }),
    text('plan_id', '模板ID', {
      make: ({ source }) => generate.digits(source, 18),
      doc: 'The template of the contract; text here',
    }),
    text('contract_information.contract_id', '签约协议ID', {
      make: ({ source }) => `wx${generate.digits(source, 12)}wx`,
      doc: 'The platform’s number of the contract',
    }),
    text('contract_information.contract_status', '协议状态', {
      values: ['ADD', 'DELETE'],
      make: stateFor(STATES),
      source: 'the official sample has ADD in both; DELETE is inferred from API v2',
      doc: 'ADD: signed; DELETE: ended. Goes with the event type',
    }),
    {
      ...rows.create_time,
      name: 'contract_information.create_time',
      title: '创建时间',
      doc: 'When, in UTC+8',
    },
  ],
  rules: [],
  shares: ['openid', 'contract_information.contract_id'],
  source:
    'https://pay.weixin.qq.com/docs/partner/apis/education-fee-payment/contracts-result-notification.html',
};
