/** JSON with a message in it: a HAR file, what `build --json` or `send --json` printed, or any string with XML. */
import type { Capture } from './capture.ts';
import { findXml } from './text.ts';

/** Reads JSON; `undefined` when the text is none, or has no message in it. */
export function readJson(text: string): Capture | undefined {
  if (!/^[[{"]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isV3(value))
    return { form: 'json', method: null, url: null, headers: [], body: text.trim(), notes: [] };
  const whole = [...requestsIn(value)];
  const requests = whole.length > 0 ? whole : [...textsIn(value)]; // an answer is no notification
  const [first] = requests;
  if (!first) return undefined;
  const more = requests.length - 1;
  const notes = more === 0 ? [] : [`There are ${more} more in it; this is the first.`];
  return { ...first, notes: [...first.notes, ...notes] };
}

/** The envelope of an API v3 notification. */
function isV3(value: unknown): boolean {
  const { resource } = (value ?? {}) as { resource?: { ciphertext?: unknown } };
  return typeof resource?.ciphertext === 'string';
}

/** No document that somebody has written is deeper. */
const DEEPEST = 100;

/** Every string in a document with a message in it, in order. */
function* textsIn(value: unknown, depth = 0): Generator<Capture> {
  const found = typeof value === 'string' ? findXml(value) : undefined;
  if (found) yield { ...found, form: 'json' };
  if (value === null || typeof value !== 'object') return;
  if (depth < DEEPEST) for (const child of Object.values(value)) yield* textsIn(child, depth + 1);
}

/** Every object in a document that is a request, in order. */
function* requestsIn(value: unknown, depth = 0): Generator<Capture> {
  if (value === null || typeof value !== 'object') return;
  const own = requestOf(value as Loose);
  if (own) {
    yield own;
    return;
  }
  if (depth < DEEPEST) for (const child of Object.values(value)) yield* requestsIn(child, depth + 1);
}

type Loose = Readonly<Record<string, unknown>>;

/** HAR has `postData.text` and a list of headers; wxnotify has `body` and an object. */
function requestOf(object: Loose): Capture | undefined {
  const { method, url, headers, body } = object;
  const posted = (object['postData'] as Loose | undefined)?.['text'];
  const text = [posted, body].find((candidate) => typeof candidate === 'string');
  if (typeof text !== 'string' || typeof method !== 'string' || !text.includes('<')) return undefined;
  const form = posted === undefined ? 'json' : 'har';
  const where = typeof url === 'string' ? url : null;
  return { form, method, url: where, headers: headersOf(headers), body: text.trim(), notes: [] };
}

function headersOf(headers: unknown): Capture['headers'] {
  if (Array.isArray(headers)) {
    return (headers as readonly (Loose | null)[]).map(
      (header) => [String(header?.['name']), String(header?.['value'])] as const,
    );
  }
  return Object.entries((headers ?? {}) as Loose).map(([name, value]) => [name, String(value)] as const);
}
