/** Values of API v2. */
import { Refusal } from '../refusal.mjs';

/** @returns {string} */
export function required(fields, name) {
  const value = fields.get(name);
  if (value === undefined) throw new Refusal(`there is no ${name}`);
  return value;
}

/** @returns {number} whole fen */
export function fen(fields, name) {
  const text = required(fields, name);
  if (!/^\d{1,10}$/.test(text)) throw new Refusal(`${name} is no amount`);
  return Number(text);
}

/** Another app, or another merchant with a key of the same: not ours. */
export function assertOurs(fields, { appid, mchId }) {
  if (required(fields, 'appid') !== appid) throw new Refusal('it is for another app');
  if (required(fields, 'mch_id') !== mchId) throw new Refusal('it is for another merchant');
}
