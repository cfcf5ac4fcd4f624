// Generated from the files in v2/kinds/ by `npm run generate`. Do not edit.
import { payment } from './v2/kinds/payment.ts';
import { refund } from './v2/kinds/refund.ts';

/** Every kind of notification, by its id. */
export const kinds = {
  'v2/payment': payment,
  'v2/refund': refund,
} as const;
