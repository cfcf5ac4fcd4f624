import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { int, text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 获取解约挽留信息: a user is about to end a contract, and the merchant may say something. */
export const terminationRetention: V3Kind = {
  id: 'v3/termination-retention',
  title: '获取解约挽留信息',
  summary: 'A user is about to end a contract: the merchant may say something',
  ...envelopeOf({ original_type: 'entrust', events: { 'ENTRUST.TERMINATE_RETENTION': '获取解约挽留信息' } }),
  marks: ['contract_id', 'out_contract_code'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    rows.appid,
    text('contract_id', '委托代扣协议ID', {
      make: ({ source }) => generate.digits(source, 18),
      doc: 'The platform’s number of the contract',
    }),
    rows.mchid,
    rows.openid,
    text('out_contract_code', '商户签约协议号', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNC'),
      doc: 'The merchant’s own number of the contract',
    }),
    int('plan_id', '模板ID', { value: '12535', doc: 'The template of the contract' }),
  ],
  rules: [],
  shares: ['contract_id', 'out_contract_code'],
  source:
    'https://pay.weixin.qq.com/docs/merchant/apis/termination-retention/termination-retention-information.html',
};
