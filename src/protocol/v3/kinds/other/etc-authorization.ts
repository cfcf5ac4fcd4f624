import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { text } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** ETC授权签约状态变化通知: a car’s permission to pay tolls has changed. */
export const etcAuthorization: V3Kind = {
  id: 'v3/etc-authorization',
  title: 'ETC授权签约状态变化通知',
  summary: 'A car’s permission to pay tolls has changed',
  ...envelopeOf({
    original_type: 'vehicle',
    events: { 'VEHICLE.USER_STATE_CHANGE': '车主服务状态变化' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['bind_state', 'plate_number'],
  owner: { appid: 'appid', mch_id: 'sp_mchid' },
  fields: [
    rows.appid,
    rows.sp_mchid,
    {
      ...rows.openid,
      name: 'sp_openid',
      title: '用户标识',
      doc: 'The user, as the service provider’s app knows them',
    },
    rows.sub_mchid,
    text('contract_id', '签约协议ID', {
      max: 64,
      make: ({ source }) => generate.alphanumeric(source, 31),
      doc: 'The contract',
    }),
    text('bind_state', '绑定状态', {
      values: ['OPENED', 'PAUSE', 'DELETED'],
      value: 'OPENED',
      doc: 'How it stands',
    }),
    text('plate_number', '车牌号', { value: '浙ASB945', doc: 'The car' }),
  ],
  rules: [],
  shares: ['contract_id'],
  source: 'https://pay.weixin.qq.com/docs/partner/apis/etc-authorization/notice/get-state-notice.html',
};
