/** What the notices of contracts for deductions share: the rows of who has signed are the kind’s own. */
import type { Field } from '../../dialect.ts';
import * as generate from '../../generate.ts';
import { envelopeOf, eventFor, stateFor } from '../envelope.ts';
import { int, text, time } from './row.ts';

const STATES = { SIGNED: 'ENTRUST.SIGN', TERMINATED: 'ENTRUST.TERMINATE' };

/** The envelope of a contract. */
export const contractEnvelope = envelopeOf({
  original_type: 'entrust',
  events: { 'ENTRUST.SIGN': '签约结果通知', 'ENTRUST.TERMINATE': '解约结果通知' },
  event: eventFor('contract_state', STATES),
  source: 'original_type and summary are inferred where the document has none: no capture was found',
});

/** The contract, as the platform has it. */
export const contractRows: readonly Field[] = [
  text('contract_display_account', '签约用户显示名', {
    max: 32,
    value: '微信代扣用户A',
    doc: 'The user’s name in the contract',
  }),
  time('contract_expired_time', '协议到期时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'When it ends, in UTC+8',
  }),
  text('contract_id', '委托代扣协议ID', {
    make: ({ source }) => generate.digits(source, 18),
    doc: 'The platform’s number of the contract',
  }),
  time('contract_signed_time', '协议签署时间', {
    make: ({ source }) => generate.time(source.now()),
    doc: 'When it was signed, in UTC+8',
  }),
  text('contract_state', '协议状态', {
    values: ['SIGNED', 'TERMINATED'],
    make: stateFor(STATES),
    doc: 'SIGNED or TERMINATED. Goes with the event type',
  }),
];

/** The contract, as the merchant has it. */
export const ownContractRows: readonly Field[] = [
  text('out_contract_code', '商户签约协议号', {
    make: ({ source }) => generate.merchantNumber(source, 'WXNC'),
    doc: 'The merchant’s own number of the contract',
  }),
  text('out_user_code', '商户侧用户标识', { value: '用户A', doc: 'The user, as the merchant names them' }),
  int('plan_id', '模板ID', { value: '12535', doc: 'The template of the contract' }),
];
