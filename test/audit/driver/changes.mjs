/** The mutants and the variants: files that say what is changed of the merchant. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { auditFolder } from './places.mjs';

/**
 * @typedef {object} Edit
 * @property {string} file of the merchant
 * @property {string} [from] what stands there, once; without it the file is a new one
 * @property {string} to
 *
 * @typedef {object} Mutant
 * @property {string} name `v2/signature/not-verified`
 * @property {string} defect a sentence
 * @property {string} seen where it was seen, or where it is described: a URL
 * @property {string[]} caught_by last parts of the names of the cases that must find it
 * @property {Edit[]} edits
 *
 * @typedef {object} Variant another correct merchant
 * @property {string} name
 * @property {string} does what it does otherwise, and may
 * @property {Edit[]} edits
 */

/** @returns {Mutant[]} */
export function readMutants() {
  return readAll('mutants', ['defect', 'seen', 'caught_by', 'edits']);
}

/** @returns {Variant[]} */
export function readVariants() {
  return readAll('variants', ['does', 'edits']);
}

function readAll(folder, keys) {
  const root = path.join(auditFolder, folder);
  const files = readdirSync(root, { recursive: true }).filter((file) => file.endsWith('.yaml'));
  return files.sort().map((file) => {
    const change = parse(readFileSync(path.join(root, file), 'utf8'));
    const wrong = [
      ...keys.filter((key) => !(key in change)),
      ...Object.keys(change).filter((key) => !keys.includes(key)),
    ];
    if (wrong.length > 0) throw new Error(`${folder}/${file}: missing or unknown: ${wrong.join(', ')}`);
    return { name: file.slice(0, -'.yaml'.length).replaceAll(path.sep, '/'), ...change };
  });
}
