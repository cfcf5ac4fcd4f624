/** What is audited, and what is expected of it. */
import path from 'node:path';
import { auditedReceivers } from '../receivers.mjs';
import { readMutants, readVariants } from './changes.mjs';
import { auditOf, changedFiles, copyMerchant, startMerchant } from './merchant.mjs';
import { receiverSubject } from './receiver.mjs';

/**
 * @typedef {object} Subject
 * @property {string} name
 * @property {string} about a sentence
 * @property {string[]} [caughtBy] last parts of the names of cases that must find it, among others
 * @property {Record<string, string>} [finds] the same of cases that must find something, and no other: why. Without
 *   either nothing may be found, and nothing undecided
 * @property {string[]} [args] of the command line: what of the catalogue it can be tried with
 * @property {() => string[]} missing commands that it needs, and that are not there
 * @property {() => void} check throws when it cannot be made
 * @property {(folder: string, told: Record<string, string>) => Promise<Running>} start
 *
 * @typedef {object} Running
 * @property {object} audit how it is audited: the block of the configuration
 * @property {() => Promise<void>} stop
 */

/**
 * The correct merchant, its variants, which are correct too, its mutants, which are not, and receivers on real SDKs.
 *
 * @param {{ signal?: AbortSignal }} [options] for what is installed
 * @returns {Subject[]}
 */
export function readSubjects({ signal } = {}) {
  const variants = readVariants().map((variant) => ({ ...variant, name: `variant/${variant.name}` }));
  const correct = { name: 'merchant', does: 'The correct merchant', edits: [] };
  return [
    ...[correct, ...variants].map(({ name, does, edits }) => subject({ name, about: does, edits })),
    ...readMutants().map(({ name, defect, caught_by, edits }) =>
      subject({ name, about: defect, caughtBy: caught_by, edits }),
    ),
    ...auditedReceivers.map((receiver) => receiverSubject(receiver, { signal })),
  ];
}

function subject({ name, about, caughtBy, edits }) {
  return {
    name,
    about,
    caughtBy,
    missing: () => [],
    check: () => changedFiles(edits),
    async start(folder, told) {
      const copy = path.join(folder, name.replaceAll('/', '-'));
      copyMerchant(edits, copy);
      const { url, stop } = await startMerchant(copy, told);
      return { audit: auditOf(url), stop };
    },
  };
}
