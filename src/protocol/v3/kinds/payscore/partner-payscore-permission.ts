import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = {
  USER_OPEN_SERVICE: 'PAYSCORE.USER_OPEN_SERVICE',
  USER_CLOSE_SERVICE: 'PAYSCORE.USER_CLOSE_SERVICE',
};

/** 授权/解除授权服务回调通知（服务商）: a user let a sub-merchant use pay score, or took it back. */
export const partnerPayscorePermission: V3Kind = {
  id: 'v3/partner-payscore-permission',
  title: '授权/解除授权服务回调通知（服务商）',
  summary: 'A user let a sub-merchant use pay score, or took it back',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_OPEN_SERVICE': '签约成功', 'PAYSCORE.USER_CLOSE_SERVICE': '解约成功' },
    event: eventFor('user_service_status', STATES),
  }),
  marks: ['service_id', 'user_service_status', 'mch_id', 'sub_mch_id'],
  owner: { appid: 'appid', mch_id: 'mch_id' },
  fields: [
    rows.appid,
    {
      ...rows.mchid,
      name: 'mch_id',
      title: '服务商商户号',
      doc: 'The service provider; spelt with an underscore here',
    },
    rows.sub_appid,
    {
      ...rows.sub_mchid,
      name: 'sub_mch_id',
      title: '子商户号',
      doc: 'The sub-merchant; spelt with underscores here',
    },
    text('service_id', '服务ID', {
      make: ({ source }) => `1${generate.digits(source, 9)}`,
      doc: 'The service of the merchant',
    }),
    {
      ...rows.openid,
      name: 'sub_openid',
      title: '子商户用户标识',
      doc: 'The user, as the sub-merchant’s app knows them',
    },
    text('user_service_status', '回调状态', {
      values: ['USER_OPEN_SERVICE', 'USER_CLOSE_SERVICE'],
      make: stateFor(STATES),
      doc: 'USER_OPEN_SERVICE: allowed; USER_CLOSE_SERVICE: taken back. Goes with the event type',
    }),
    text('openorclose_time', '服务授权/解除授权时间', {
      required: false,
      make: ({ source }) => generate.timestamp(source.now()),
      doc: 'When: yyyyMMddHHmmss in UTC+8',
    }),
    text('authorization_code', '授权协议号', {
      required: false,
      make: ({ source }) => generate.digits(source, 19),
      doc: 'What the merchant names the permission by',
    }),
  ],
  rules: [],
  shares: ['service_id', 'sub_openid'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/Offline/apis/chapter6_2_23.shtml',
};
