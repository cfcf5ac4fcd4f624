/** The merchant as a process, correct or changed. */
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { start } from '../../interop/driver/receiver-process.mjs';
import { merchantFolder, packageFolder } from './places.mjs';

/**
 * A copy of the merchant's source with changes made to it.
 *
 * @param {import('./changes.mjs').Edit[]} edits
 * @param {string} folder that is not there yet
 */
export function copyMerchant(edits, folder) {
  cpSync(merchantFolder, folder, { recursive: true });
  symlinkSync(path.join(packageFolder, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  for (const [file, text] of changedFiles(edits)) writeFileSync(path.join(folder, file), text);
}

/**
 * The files that change, as they are afterwards.
 *
 * @param {import('./changes.mjs').Edit[]} edits
 * @returns {Map<string, string>}
 * @throws when there is not exactly one place for an edit
 */
export function changedFiles(edits) {
  const files = new Map();
  const read = (file) => files.get(file) ?? readFileSync(path.join(merchantFolder, file), 'utf8');
  for (const { file, from, to } of edits)
    files.set(file, from === undefined ? to : replaceOnce(read(file), { file, from, to }));
  return files;
}

/** Indentation does not matter. */
function replaceOnce(source, { file, from, to }) {
  const lines = from.trim().split('\n');
  const pattern = new RegExp(lines.map((line) => escape(line.trim())).join('\\s*\\n\\s*'), 'g');
  const places = source.match(pattern)?.length ?? 0;
  if (places !== 1) throw new Error(`${file} has ${places} places for this edit, and not one:\n${from}`);
  return source.replace(pattern, () => to.trimEnd());
}

/** How it is audited, once it listens. */
export function auditOf(url) {
  const order = `${url}/orders/\${out_trade_no}`;
  return {
    endpoints: {
      'v2/payment': `${url}/notify/v2/payment`,
      'v2/refund': `${url}/notify/v2/refund`,
      v3: `${url}/notify/v3`,
    },
    create_order: {
      call: `POST ${url}/orders`,
      json: { amount: '${amount}' },
      capture: { out_trade_no: '$.id' },
    },
    order_state: {
      call: `GET ${order}`,
      capture: { paid_count: '$.paid_count', status: '$.status', refunded: '$.refunded' },
    },
    close_order: { call: `POST ${order}/close` },
  };
}

/**
 * @param {string} folder
 * @param {Record<string, string>} told
 */
export function startMerchant(folder, told) {
  return start({ folder, start: [process.execPath, 'server.mjs'] }, told);
}

function escape(text) {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
