// Generated from the files in v3/kinds/ by `npm run generate`. Do not edit.
import { combinedTransaction } from './kinds/transaction/combined-transaction.ts';
import { partnerRefund } from './kinds/refund/partner-refund.ts';
import { partnerTransaction } from './kinds/transaction/partner-transaction.ts';
import { refund } from './kinds/refund/refund.ts';
import { transaction } from './kinds/transaction/transaction.ts';

/** Every kind of notification of API v3, by its id. */
export const v3Kinds = {
  'v3/combined-transaction': combinedTransaction,
  'v3/partner-refund': partnerRefund,
  'v3/partner-transaction': partnerTransaction,
  'v3/refund': refund,
  'v3/transaction': transaction,
} as const;
