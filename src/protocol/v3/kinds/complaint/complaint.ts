import type { V3Kind } from '../../../dialect.ts';
import * as generate from '../../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../../envelope.ts';
import { text } from '../../tables/row.ts';

const STATES = {
  CREATE_COMPLAINT: 'COMPLAINT.CREATE',
  CONTINUE_COMPLAINT: 'COMPLAINT.STATE_CHANGE',
  USER_RESPONSE: 'COMPLAINT.STATE_CHANGE',
  RESPONSE_BY_PLATFORM: 'COMPLAINT.STATE_CHANGE',
  SELLER_REFUND: 'COMPLAINT.STATE_CHANGE',
  MERCHANT_RESPONSE: 'COMPLAINT.STATE_CHANGE',
  MERCHANT_CONFIRM_COMPLETE: 'COMPLAINT.STATE_CHANGE',
  MERCHANT_APPROVE_REFUND: 'COMPLAINT.STATE_CHANGE',
  MERCHANT_REJECT_REFUND: 'COMPLAINT.STATE_CHANGE',
  REFUND_SUCCESS: 'COMPLAINT.STATE_CHANGE',
  USER_APPLY_PLATFORM_SERVICE: 'COMPLAINT.STATE_CHANGE',
  USER_CANCEL_PLATFORM_SERVICE: 'COMPLAINT.STATE_CHANGE',
  PLATFORM_SERVICE_FINISHED: 'COMPLAINT.STATE_CHANGE',
};

/** 投诉通知: a payer complained, or a complaint changed. */
export const complaint: V3Kind = {
  id: 'v3/complaint',
  title: '投诉通知',
  summary: 'A payer complained, or a complaint changed',
  ...envelopeOf({
    original_type: 'complaint',
    events: { 'COMPLAINT.CREATE': '产生新投诉', 'COMPLAINT.STATE_CHANGE': '投诉单状态变化' },
    event: eventFor('action_type', STATES),
    source: 'original_type and summary are inferred where the document has none: no capture was found',
  }),
  marks: ['complaint_id', 'action_type'],
  owner: {},
  fields: [
    text('complaint_id', '投诉单号', {
      max: 64,
      make: ({ source }) => `2002${generate.digits(source, 23)}`,
      doc: 'The complaint',
    }),
    text('action_type', '动作类型', {
      max: 64,
      values: [
        'CREATE_COMPLAINT',
        'CONTINUE_COMPLAINT',
        'USER_RESPONSE',
        'RESPONSE_BY_PLATFORM',
        'SELLER_REFUND',
        'MERCHANT_RESPONSE',
        'MERCHANT_CONFIRM_COMPLETE',
        'MERCHANT_APPROVE_REFUND',
        'MERCHANT_REJECT_REFUND',
        'REFUND_SUCCESS',
        'USER_APPLY_PLATFORM_SERVICE',
        'USER_CANCEL_PLATFORM_SERVICE',
        'PLATFORM_SERVICE_FINISHED',
      ],
      make: stateFor(STATES),
      doc: 'What happened. CREATE_COMPLAINT goes with COMPLAINT.CREATE, the others with COMPLAINT.STATE_CHANGE',
    }),
  ],
  rules: [],
  shares: ['complaint_id'],
  source:
    'https://pay.weixin.qq.com/docs/merchant/apis/consumer-complaint/complaint-notifications/complaint-notification.html',
};
