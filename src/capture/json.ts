/** JSON with a message in it: a HAR file, what `build --json` or `send --json` printed, or any string with a message. */
import type { Version } from '../protocol/dialect.ts';
import type { Capture } from './capture.ts';
import { findEnvelope, hasCiphertext, headersIn } from './json-text.ts';
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
  if (hasCiphertext(value)) return { ...NOTHING, version: 'v3', form: 'json', body: text.trim() };
  const whole = [...requestsIn(value)];
  const requests = whole.length > 0 ? whole : [...textsIn(value)]; // an answer is no notification
  const [first] = requests;
  if (!first) return rewritten(value, text);
  const more = requests.length - 1;
  const notes = more === 0 ? [] : [`There are ${more} more in it; this is the first.`];
  return { ...withHeaders(first, text), notes: [...first.notes, ...notes] };
}

const NOTHING = { method: null, url: null, headers: [], notes: [] } as const;

/** An envelope that somebody has parsed, and kept so: how it was written is lost. */
function rewritten(value: unknown, text: string): Capture | undefined {
  const found = findEnvelope(text);
  if (!found) return undefined;
  const notes = [
    ...found.notes,
    'The body had been parsed there: it is taken as it is written in the capture.',
  ];
  return { ...found, form: 'json', at: momentIn(value), notes };
}

/** Headers that stand elsewhere in the document, where the request itself has none. */
function withHeaders(capture: Capture, text: string): Capture {
  const has = capture.headers.some(([name]) => /^wechatpay-/i.test(name));
  return capture.version === 'v2' || has
    ? capture
    : { ...capture, headers: [...capture.headers, ...headersIn(text)] };
}

/** No document that somebody has written is deeper. */
const DEEPEST = 100;

/** Every string in a document with a message in it, in order. */
function* textsIn(value: unknown, depth = 0): Generator<Capture> {
  const found = typeof value === 'string' ? messageIn(value) : undefined;
  if (found) yield { ...found, form: 'json' };
  if (value === null || typeof value !== 'object') return;
  if (depth < DEEPEST) for (const child of Object.values(value)) yield* textsIn(child, depth + 1);
}

function messageIn(text: string): Capture | undefined {
  return findXml(text) ?? whole(text) ?? findEnvelope(text);
}

/** A string that is an envelope and nothing else is it byte for byte, the white space around it included. */
function whole(text: string): Capture | undefined {
  const found = findEnvelope(text);
  const isExact = found?.notes.length === 0 && text.trim() === found.body;
  return isExact ? { ...found, body: text } : undefined;
}

/** Every object in a document that is a request, in order. */
function* requestsIn(value: unknown, depth = 0): Generator<Capture> {
  if (value === null || typeof value !== 'object') return;
  const own = requestOf(value as Loose);
  if (own) {
    yield own;
    return;
  }
  if (depth >= DEEPEST) return;
  const at = momentIn(value);
  for (const child of Object.values(value)) {
    for (const found of requestsIn(child, depth + 1)) yield { ...(at && { at }), ...found };
  }
}

type Loose = Readonly<Record<string, unknown>>;

/** When an entry of a HAR file began. */
function momentIn(value: unknown): Date | undefined {
  const { startedDateTime } = (value ?? {}) as Loose;
  const at = typeof startedDateTime === 'string' ? new Date(startedDateTime) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** An object with a method and a body that may be a message. */
function requestOf(object: Loose): Capture | undefined {
  const { method, url, headers = object['header'] } = object;
  const { text, form } = bodyOf(object);
  if (typeof text !== 'string' || typeof method !== 'string') return undefined;
  const version = versionOf(text, headers);
  if (!version) return undefined;
  return {
    version,
    form,
    method,
    url: typeof url === 'string' ? url : null,
    headers: headersOf(headers),
    body: version === 'v2' ? text.trim() : text,
    notes: [],
  };
}

function versionOf(body: string, headers: unknown): Version | undefined {
  if (body.includes('<') && !body.trimStart().startsWith('{')) return 'v2';
  return body.includes('"ciphertext"') || hasSignature(headers) ? 'v3' : undefined;
}

/** HAR has `postData.text`, wxnotify and others `body`, Postman `body.raw`. */
function bodyOf(object: Loose): { readonly text: unknown; readonly form: 'har' | 'json' } {
  const { postData, body } = object;
  const posted = (postData as Loose | null | undefined)?.['text'];
  if (typeof posted === 'string') return { text: posted, form: 'har' };
  return {
    text: typeof body === 'string' ? body : (body as Loose | null | undefined)?.['raw'],
    form: 'json',
  };
}

function hasSignature(headers: unknown): boolean {
  return headersOf(headers).some(([name]) => /^wechatpay-signature$/i.test(name));
}

function headersOf(headers: unknown): Capture['headers'] {
  if (Array.isArray(headers)) {
    return (headers as readonly (Loose | null)[]).map(
      (header) => [String(header?.['name'] ?? header?.['key']), String(header?.['value'])] as const,
    );
  }
  return Object.entries((headers ?? {}) as Loose).map(([name, value]) => [name, String(value)] as const);
}
