import type { Kind } from '../../dialect.ts';
import { nonce } from '../../generate.ts';
import { eventEnvelope, orderFields } from '../event-rows.ts';

/** 免押租借、免押速住确认订单通知: the user confirmed an order without a deposit, or could not. */
export const payscoreCheck: Kind = {
  id: 'v2/payscore-check',
  title: '用户确认订单通知',
  summary: 'An order without a deposit was confirmed (CHECK.SUCCESS), or not (CHECK.FAIL)',
  seal: 'encrypted-and-signed',
  sign_type: 'HMAC-SHA256',
  names_algorithm: 'algorithm',
  marks: ['event_ciphertext', 'event_type'],
  owner: { appid: 'app_id', mch_id: 'mch_id' },
  answer: 'code',
  fields: [
    ...orderFields.map((field) =>
      field.name === 'state' ? { ...field, make: () => 'USER_ACCEPTED' } : field,
    ),
    {
      name: 'finish_ticket',
      title: '完结凭证',
      type: 'string',
      max: 2048,
      required: false,
      make: ({ source }) => nonce(source),
      doc: 'With which the merchant ends the order later',
    },
  ],
  layout: { root: 'xml', order: 'table', separator: '\n', plain: [] },
  envelope: eventEnvelope('CHECK.SUCCESS', 'CHECK.FAIL'),
  rules: [],
  shares: ['service_id', 'out_order_no', 'order_id', 'goods_name', 'room', 'start_time', 'deposit_amount'],
  source: 'https://pay.weixin.qq.com/wiki/doc/apiv3/payscore.php?chapter=18_7&index=7',
};
