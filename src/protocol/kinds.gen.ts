// Generated from the files in v2/kinds/ by `npm run generate`. Do not edit.
import { combinedPayment } from './v2/kinds/combined-payment.ts';
import { contract } from './v2/kinds/contract.ts';
import { deduction } from './v2/kinds/deduction.ts';
import { nativeCall } from './v2/kinds/native-call.ts';
import { parkingState } from './v2/kinds/parking-state.ts';
import { payment } from './v2/kinds/payment.ts';
import { payscoreCheck } from './v2/kinds/payscore-check.ts';
import { payscorePaid } from './v2/kinds/payscore-paid.ts';
import { refund } from './v2/kinds/refund.ts';

/** Every kind of notification, by its id. */
export const kinds = {
  'v2/combined-payment': combinedPayment,
  'v2/contract': contract,
  'v2/deduction': deduction,
  'v2/native-call': nativeCall,
  'v2/parking-state': parkingState,
  'v2/payment': payment,
  'v2/payscore-check': payscoreCheck,
  'v2/payscore-paid': payscorePaid,
  'v2/refund': refund,
} as const;
