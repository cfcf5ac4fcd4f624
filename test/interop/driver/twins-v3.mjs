/** The tampered twins of a message of API v3: every damage there is, and two that need a value. */
import { forgedField } from './forged-field.mjs';

const NOT_THE_KEY = '0'.repeat(32);

/** What a forger would change in a resource. */
const WORTH_FORGING = {
  'amount.total': '1',
  'amount.refund': '1',
  combine_out_trade_no: 'SOMEBODYELSES',
  out_order_no: 'SOMEBODYELSES',
  out_bill_no: 'SOMEBODYELSES',
  coupon_id: '1',
  complaint_id: '1',
  openid: 'oSOMEBODYELSES',
};

/**
 * The ways to tamper with a message. `of` gives the scenario's `tamper`.
 *
 * @param {Awaited<ReturnType<import('./damages.mjs').readDamages>>} damages
 */
export function tamperingsV3(damages) {
  const named = damages.map(({ part, name, words, harmless }) => ({
    name: `${part}: ${name}`,
    harmless,
    of: () => ({ [part]: name }),
    doc: words,
  }));
  return [
    ...named,
    {
      name: 'key',
      harmless: false,
      of: () => ({ key: NOT_THE_KEY }),
      doc: 'The resource is encrypted with a key that is not the merchant’s, and signed',
    },
    {
      name: 'change',
      harmless: false,
      of: (fields) => ({ change: forgedField(fields, WORTH_FORGING) }),
      doc: 'After signing, an amount or a number is another one; it is encrypted with the right key',
    },
  ];
}
