// Generated from the files in v3/kinds/ by `npm run generate`. Do not edit.
import { combinedTransaction } from './kinds/transaction/combined-transaction.ts';
import { complaint } from './kinds/complaint/complaint.ts';
import { contract } from './kinds/contract/contract.ts';
import { couponSend } from './kinds/coupon/coupon-send.ts';
import { couponUse } from './kinds/coupon/coupon-use.ts';
import { discountCardAccepted } from './kinds/discount-card/discount-card-accepted.ts';
import { discountCardCharged } from './kinds/discount-card/discount-card-charged.ts';
import { discountCardEnded } from './kinds/discount-card/discount-card-ended.ts';
import { discountCardSettled } from './kinds/discount-card/discount-card-settled.ts';
import { discountCardTaken } from './kinds/discount-card/discount-card-taken.ts';
import { ecommerceContract } from './kinds/contract/ecommerce-contract.ts';
import { educationContract } from './kinds/contract/education-contract.ts';
import { etcAuthorization } from './kinds/other/etc-authorization.ts';
import { fapiao } from './kinds/fapiao/fapiao.ts';
import { fapiaoTitle } from './kinds/fapiao/fapiao-title.ts';
import { insuranceContract } from './kinds/contract/insurance-contract.ts';
import { insuranceDeduction } from './kinds/transaction/insurance-deduction.ts';
import { mallAuthorization } from './kinds/mall/mall-authorization.ts';
import { mallRefund } from './kinds/mall/mall-refund.ts';
import { mallTransaction } from './kinds/mall/mall-transaction.ts';
import { memberCard } from './kinds/member-card/member-card.ts';
import { memberCardManaged } from './kinds/member-card/member-card-managed.ts';
import { parkingDeduction } from './kinds/transaction/parking-deduction.ts';
import { parkingEntrance } from './kinds/other/parking-entrance.ts';
import { partnerContract } from './kinds/contract/partner-contract.ts';
import { partnerParkingDeduction } from './kinds/transaction/partner-parking-deduction.ts';
import { partnerPayscoreConfirmed } from './kinds/payscore/partner-payscore-confirmed.ts';
import { partnerPayscorePaid } from './kinds/payscore/partner-payscore-paid.ts';
import { partnerPayscorePermission } from './kinds/payscore/partner-payscore-permission.ts';
import { partnerProfitSharing } from './kinds/profit-sharing/partner-profit-sharing.ts';
import { partnerRefund } from './kinds/refund/partner-refund.ts';
import { partnerTransaction } from './kinds/transaction/partner-transaction.ts';
import { payscoreAccepted } from './kinds/payscore/payscore-accepted.ts';
import { payscoreAccount } from './kinds/payscore/payscore-account.ts';
import { payscoreConfirmed } from './kinds/payscore/payscore-confirmed.ts';
import { payscorePaid } from './kinds/payscore/payscore-paid.ts';
import { payscorePermission } from './kinds/payscore/payscore-permission.ts';
import { payscorePlan } from './kinds/payscore/payscore-plan.ts';
import { powerBankInsurance } from './kinds/other/power-bank-insurance.ts';
import { profitSharing } from './kinds/profit-sharing/profit-sharing.ts';
import { recharge } from './kinds/other/recharge.ts';
import { refund } from './kinds/refund/refund.ts';
import { schoolDebt } from './kinds/other/school-debt.ts';
import { schoolDeduction } from './kinds/transaction/school-deduction.ts';
import { terminationRetention } from './kinds/contract/termination-retention.ts';
import { transaction } from './kinds/transaction/transaction.ts';
import { transfer } from './kinds/transfer/transfer.ts';
import { transferBatch } from './kinds/transfer/transfer-batch.ts';
import { violation } from './kinds/complaint/violation.ts';

/** Every kind of notification of API v3, by its id. */
export const v3Kinds = {
  'v3/combined-transaction': combinedTransaction,
  'v3/complaint': complaint,
  'v3/contract': contract,
  'v3/coupon-send': couponSend,
  'v3/coupon-use': couponUse,
  'v3/discount-card-accepted': discountCardAccepted,
  'v3/discount-card-charged': discountCardCharged,
  'v3/discount-card-ended': discountCardEnded,
  'v3/discount-card-settled': discountCardSettled,
  'v3/discount-card-taken': discountCardTaken,
  'v3/ecommerce-contract': ecommerceContract,
  'v3/education-contract': educationContract,
  'v3/etc-authorization': etcAuthorization,
  'v3/fapiao': fapiao,
  'v3/fapiao-title': fapiaoTitle,
  'v3/insurance-contract': insuranceContract,
  'v3/insurance-deduction': insuranceDeduction,
  'v3/mall-authorization': mallAuthorization,
  'v3/mall-refund': mallRefund,
  'v3/mall-transaction': mallTransaction,
  'v3/member-card': memberCard,
  'v3/member-card-managed': memberCardManaged,
  'v3/parking-deduction': parkingDeduction,
  'v3/parking-entrance': parkingEntrance,
  'v3/partner-contract': partnerContract,
  'v3/partner-parking-deduction': partnerParkingDeduction,
  'v3/partner-payscore-confirmed': partnerPayscoreConfirmed,
  'v3/partner-payscore-paid': partnerPayscorePaid,
  'v3/partner-payscore-permission': partnerPayscorePermission,
  'v3/partner-profit-sharing': partnerProfitSharing,
  'v3/partner-refund': partnerRefund,
  'v3/partner-transaction': partnerTransaction,
  'v3/payscore-accepted': payscoreAccepted,
  'v3/payscore-account': payscoreAccount,
  'v3/payscore-confirmed': payscoreConfirmed,
  'v3/payscore-paid': payscorePaid,
  'v3/payscore-permission': payscorePermission,
  'v3/payscore-plan': payscorePlan,
  'v3/power-bank-insurance': powerBankInsurance,
  'v3/profit-sharing': profitSharing,
  'v3/recharge': recharge,
  'v3/refund': refund,
  'v3/school-debt': schoolDebt,
  'v3/school-deduction': schoolDeduction,
  'v3/termination-retention': terminationRetention,
  'v3/transaction': transaction,
  'v3/transfer': transfer,
  'v3/transfer-batch': transferBatch,
  'v3/violation': violation,
} as const;
