/** Sealing many copies of a notification that differ in a few fields: what they have in common is written once. */
import type { Notification, Pair, V2Credentials } from '../dialect.ts';
import { seal, withSign } from './seal.ts';
import { digest, stringToSign } from './sign.ts';
import { frameXml, writeContent } from './write-xml.ts';

/** Takes a copy's own values, in the order of the names, and writes its body. */
export type Copier = (values: readonly string[]) => Uint8Array;

/**
 * Prepares copies: for each of them, the same bytes as sealing the notification with its values.
 *
 * A signed kind is cut at the values once. Encrypted ones are sealed one by one, and so are copies with an empty
 * value, which is not signed.
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
  const writeOne = createCopier(notification, names, credentials);
  return (values) => (values.includes('') ? sealOne(values) : writeOne(values));
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
  const written = [...names, 'sign'];
  const marks = written.map((_, index) => mark(index));
  const write = ([name, value]: Pair): Pair =>
    marks.includes(value) ? [name, value] : [name, writeContent(name, value, kind.layout)];
  const elements = withSign(pairs, mark(names.length), kind).map(write);
  const fillText = createFiller(cut(stringToSign(pairs, key)));
  const fillXml = createFiller(cut(frameXml(elements, kind.layout)));
  return (values) => {
    const sign = digest[sign_type](fillText(values), key);
    const contents = written.map((name, index) => writeContent(name, values[index] ?? sign, kind.layout));
    return Buffer.from(fillXml(contents));
  };
}

/** A text that was cut where values belong. */
interface Cut {
  /** Each piece before a value, and which value that is. */
  readonly pieces: readonly { readonly before: Buffer; readonly hole: number }[];
  readonly rest: Buffer;
}

/** Marks that occur in none of the texts. */
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
        const before = Buffer.from(text.slice(from, index));
        from = index + mark.length;
        return { before, hole: Number(hole) };
      });
      return { pieces, rest: Buffer.from(text.slice(from)) };
    },
  };
}

/** UTF-8 takes at most so many bytes for a unit of a string. */
const WIDEST = 3;

/** Fills a text in, in one buffer over and over: what is returned lasts until the next time. */
function createFiller({ pieces, rest }: Cut): (values: readonly string[]) => Buffer {
  const fixed = pieces.reduce((sum, { before }) => sum + before.length, rest.length);
  let buffer = Buffer.alloc(2 * fixed);
  return (values) => {
    let longest = fixed;
    for (const { hole } of pieces) longest += WIDEST * (values[hole]?.length ?? 0);
    if (longest > buffer.length) buffer = Buffer.alloc(2 * longest);
    let end = 0;
    for (const { before, hole } of pieces) {
      buffer.set(before, end);
      end += before.length;
      end += buffer.write(values[hole] ?? '', end);
    }
    buffer.set(rest, end);
    return buffer.subarray(0, end + rest.length);
  };
}
