/** What a notification is about. */
import type { Fields } from '../../protocol/dialect.ts';

/** What tells a notification's subject, by kind: an order, a contract, a product. */
const NAMES = [
  'out_trade_no',
  'combine_out_trade_no',
  'out_order_no',
  'contract_code',
  'product_id',
  'plate_number',
];

/** The field that tells it. */
export function subjectName(fields: Fields): string | undefined {
  return NAMES.find((name) => fields[name] !== undefined);
}

/** Its number, for reports. */
export function subjectOf(fields: Fields): string | null {
  return fields[subjectName(fields) ?? ''] ?? null;
}
