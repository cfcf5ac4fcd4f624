/** Sealing many copies of a notification that differ in a few fields: what they have in common is written once. */
import type { Notification, V2Credentials } from '../dialect.ts';
import { elements, seal } from './seal.ts';
import { digest, stringToSign } from './sign.ts';
import { writeXml } from './write-xml.ts';

/** Takes a copy's own values, in the order of the names, and writes its body. */
export type Copier = (values: readonly string[]) => Uint8Array;

/**
 * Prepares copies: for each of them, the same bytes as sealing the notification with its values.
 *
 * The string to sign and the XML of a signed kind are cut at the values once. Encrypted kinds are sealed one by one,
 * and so are copies with an odd value.
 *
 * @param names the fields that differ; not necessarily fields of the notification
 */
export function prepareCopies(
  notification: Notification,
  names: readonly string[],
  credentials: V2Credentials,
): Copier {
  const sealOne: Copier = (values) => {
    const own = Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
    return seal({ ...notification, fields: { ...notification.fields, ...own } }, credentials).body;
  };
  if (notification.kind.seal !== 'signed') return sealOne;
  const fillOne = createCopier(notification, names, credentials);
  return (values) => (values.some(isOdd) ? sealOne(values) : fillOne(values));
}

function createCopier(
  { kind, fields, sign_type }: Notification,
  names: readonly string[],
  { api_key }: V2Credentials,
): Copier {
  const key = api_key.reveal();
  const { mark, cut } = createMarks([...Object.entries(fields).flat(), ...names, key]);
  const marked = { ...fields, ...Object.fromEntries(names.map((name, index) => [name, mark(index)])) };
  const pairs = Object.entries(marked).filter(([name]) => name !== 'sign');
  const toSign = cut(stringToSign(pairs, key));
  const xml = cut(writeXml(elements([...pairs, ['sign', mark(names.length)]], kind), kind.layout));
  return (values) => {
    const sign = digest[sign_type](fill(toSign, values), key);
    return Buffer.from(fill(xml, [...values, sign]));
  };
}

/** Whether a value is left out of the string to sign, or XML may have another form for it. */
function isOdd(value: string): boolean {
  if (value === '' || value.includes('\r') || value.includes('>')) return true;
  return value.includes('<') || value.includes('&');
}

/** A text that was cut where values belong. */
interface Cut {
  /** Each piece before a value, and which value that is. */
  readonly pieces: readonly { readonly before: string; readonly hole: number }[];
  readonly rest: string;
}

/** Marks that occur in none of the texts, and that no form of writing changes. */
function createMarks(texts: readonly string[]): {
  readonly mark: (index: number) => string;
  readonly cut: (text: string) => Cut;
} {
  let fence = '\uE000';
  while (texts.some((text) => text.includes(fence))) fence += '\uE001';
  const pattern = new RegExp(`${fence}(\\d+);`, 'g');
  return {
    mark: (index) => `${fence}${index};`,
    cut: (text) => {
      let from = 0;
      const pieces = [...text.matchAll(pattern)].map(({ 0: mark, 1: hole, index }) => {
        const before = text.slice(from, index);
        from = index + mark.length;
        return { before, hole: Number(hole) };
      });
      return { pieces, rest: text.slice(from) };
    },
  };
}

/** One string, turned into bytes at once: that is cheaper than writing each value into a buffer. */
function fill({ pieces, rest }: Cut, values: readonly string[]): string {
  let text = '';
  for (const { before, hole } of pieces) text += before + (values[hole] ?? '');
  return text + rest;
}
