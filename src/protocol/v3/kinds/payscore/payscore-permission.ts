import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

const STATES = {
  USER_OPEN_SERVICE: 'PAYSCORE.USER_OPEN_SERVICE',
  USER_CLOSE_SERVICE: 'PAYSCORE.USER_CLOSE_SERVICE',
};

/** 授权/解除授权服务回调通知: a user let the merchant use pay score, or took it back. */
export const payscorePermission: V3Kind = {
  id: 'v3/payscore-permission',
  title: '授权/解除授权服务回调通知',
  summary: 'A user let the merchant use pay score, or took it back',
  ...envelopeOf({
    original_type: 'payscore',
    events: { 'PAYSCORE.USER_OPEN_SERVICE': '签约成功', 'PAYSCORE.USER_CLOSE_SERVICE': '解约成功' },
    event: eventFor('user_service_status', STATES),
  }),
  marks: ['service_id', 'user_service_status', 'mchid'],
  owner: { appid: 'appid', mch_id: 'mchid' },
  fields: [
    rows.appid,
    rows.mchid,
    text('out_request_no', '商户签约单号', {
      max: 64,
      required: false,
      make: ({ source }) => generate.merchantNumber(source, 'WXNQ'),
      doc: 'The merchant’s own number of the request',
    }),
    text('service_id', '服务ID', {
      make: ({ source }) => `1${generate.digits(source, 9)}`,
      doc: 'The service of the merchant',
    }),
    rows.openid,
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
  shares: ['service_id', 'openid', 'authorization_code'],
  source: 'https://pay.weixin.qq.com/docs/merchant/apis/weixin-pay-score/open-close-service-notice.html',
};
