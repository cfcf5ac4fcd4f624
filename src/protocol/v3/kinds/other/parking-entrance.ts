import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf } from '../../envelope.ts';
import { int, text, time } from '../../tables/row.ts';
import * as rows from '../../tables/rows.ts';

/** 停车入场状态变更通知: whether a car that came in can be charged without a stop has changed. */
export const parkingEntrance: V3Kind = {
  id: 'v3/parking-entrance',
  title: '停车入场状态变更通知',
  summary: 'Whether a car that came in can be charged without a stop has changed',
  ...envelopeOf({
    original_type: 'vehicle',
    events: { 'VEHICLE.ENTRANCE_STATE_CHANGE': '停车入场状态通知' },
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['parking_id', 'parking_state'],
  owner: { mch_id: 'sp_mchid' },
  fields: [
    rows.sp_mchid,
    { ...rows.sub_mchid, required: false },
    text('parking_id', '停车入场id', {
      make: ({ source }) => `5K${generate.digits(source, 17)}`,
      doc: 'The stay, by the platform’s number',
    }),
    text('out_parking_no', '商户入场id', {
      make: ({ source }) => generate.merchantNumber(source, 'WXNP'),
      doc: 'The stay, by the merchant’s number',
    }),
    text('plate_number', '车牌号', { value: '粤B888888', doc: 'The car' }),
    text('plate_color', '车牌颜色', {
      values: ['BLUE', 'GREEN', 'YELLOW', 'BLACK', 'WHITE', 'LIMEGREEN'],
      value: 'BLUE',
      doc: 'The colour of its plate',
    }),
    time('start_time', '入场时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it came, in UTC+8',
    }),
    text('parking_name', '停车场名称', { max: 64, value: '欢乐海岸停车场', doc: 'The car park' }),
    int('free_duration', '免费时长', { value: '3600', doc: 'How long it may stay for nothing, in seconds' }),
    text('parking_state', '停车入场状态', {
      values: ['NORMAL', 'BLOCKED'],
      value: 'NORMAL',
      doc: 'NORMAL: it can be charged; BLOCKED: it cannot',
    }),
    text('blocked_state_description', '不可用状态描述', {
      required: false,
      when: (get) => get('parking_state') === 'BLOCKED',
      values: ['PAUSE', 'OVERDUE', 'REMOVE'],
      value: 'PAUSE',
      source: 'the parking interface of API v3; not in the sample',
      doc: 'Why not; with BLOCKED alone',
    }),
    time('state_update_time', '状态变更时间', {
      make: ({ source }) => generate.time(source.now()),
      doc: 'When it changed, in UTC+8',
    }),
  ],
  rules: [],
  shares: ['parking_id', 'out_parking_no'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3_partner/apis/chapter8_8_5.shtml',
};
