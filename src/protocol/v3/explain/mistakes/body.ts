/** A body that is not the bytes that came: what happens between the socket and the verification. */
import { charsets, misread } from '../../../explain/charsets.ts';
import { htmlEscaped } from '../../../explain/html.ts';
import { goEscaped, spacedJson, unicodeEscaped } from '../../../explain/rewriting.ts';
import { variants, type About, type Mistake, type Variant } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';

const RAW =
  'Verify the bytes that came, before anything parses them: express.raw(), @RequestBody String, request.get_data(), php://input.';

type Write = (data: unknown) => string;
type Change = (text: string) => string;

/** How languages write JSON that they have parsed. */
const WRITTEN: readonly (readonly [string, Write])[] = [
  ['without blanks', JSON.stringify],
  ['with blanks behind , and :', spacedJson],
  ['with blanks behind , and :, and \\u escapes, as Python does', (data) => unicodeEscaped(spacedJson(data))],
  ['with \\u escapes', (data) => unicodeEscaped(JSON.stringify(data))],
  ['with \\u escapes and \\/, as PHP does', (data) => slashed(unicodeEscaped(JSON.stringify(data)))],
  ['with \\/', (data) => slashed(JSON.stringify(data))],
  [
    'with \\u escapes in capitals',
    (data) => unicodeEscaped(JSON.stringify(data)).replace(/\\u[0-9a-f]{4}/g, capitals),
  ],
  ['indented by two blanks', (data) => JSON.stringify(data, null, 2)],
  ['indented by four blanks', (data) => JSON.stringify(data, null, 4)],
  ['indented by tabs', (data) => JSON.stringify(data, null, '\t')],
  ['indented, and \\u escapes', (data) => unicodeEscaped(JSON.stringify(data, null, 2))],
  [
    'indented by four blanks, \\u escapes and \\/, as PHP does',
    (data) => slashed(unicodeEscaped(JSON.stringify(data, null, 4))),
  ],
  ['its keys sorted', (data) => JSON.stringify(sorted(data))],
  ['its keys sorted, as Go does', (data) => goEscaped(JSON.stringify(sorted(data)))],
  ['its keys sorted, with blanks behind , and :', (data) => spacedJson(sorted(data))],
  [
    'its keys sorted, with blanks and \\u escapes, as Python does',
    (data) => unicodeEscaped(spacedJson(sorted(data))),
  ],
  ['its keys sorted, with \\u escapes', (data) => unicodeEscaped(JSON.stringify(sorted(data)))],
  ['its keys sorted and indented', (data) => JSON.stringify(sorted(data), null, 2)],
];

const ENDED: readonly (readonly [string, Change])[] = [
  ['a line feed after it', (body) => `${body}\n`],
  ['CR LF after it', (body) => `${body}\r\n`],
  ['the white space around it taken off', (body) => body.trim()],
  ['the white space in it taken out', (body) => body.replace(/\s+/g, '')],
  ['its line feeds made CR LF', (body) => body.replace(/\r?\n/g, '\r\n')],
  ['its CR LF made line feeds', (body) => body.replace(/\r\n?/g, '\n')],
];

const ESCAPED: readonly (readonly [string, Change])[] = [
  ['as HTML', (body) => htmlEscaped(body, /[&<>"']/g)],
  ['as HTML, quotes only', (body) => htmlEscaped(body, /["]/g)],
  ['as a text in JSON, quotes around it', (body) => JSON.stringify(body)],
  ['as a text in JSON', (body) => JSON.stringify(body).slice(1, -1)],
  ['backslashes before quotes', (body) => body.replace(/["\\]/g, '\\$&')],
  ['URL-encoded', encodeURIComponent],
  ['+ as a blank, as form decoding does', (body) => body.replaceAll('+', ' ')],
  ['URL-decoded', (body) => decodedForm(body)],
];

/** What code has in its hands in the place of the body. */
const MISTAKEN: readonly (readonly [string, Change])[] = [
  ['nothing: somebody had read the stream before', () => ''],
  ['[object Object]: an object made into text', () => '[object Object]'],
  ['the word undefined', () => 'undefined'],
  ['the word null', () => 'null'],
  ['{}', () => '{}'],
  ['a buffer written as JSON', (body) => JSON.stringify(Buffer.from(body))],
  ['a Python bytes literal', (body) => `b'${body.replaceAll("'", "\\'")}'`],
  ['its base64', (body) => Buffer.from(body).toString('base64')],
];

export const bodyMistakes: readonly Mistake[] = [
  changing(
    { code: 'body-newline', title: 'White space at the end of the body, or in it, was changed', fix: RAW },
    ENDED,
  ),
  {
    code: 'body-rewritten',
    title: 'The body was parsed and written again',
    fix: RAW,
    part: 'body',
    recipes: (right) => writtenAgain(right),
  },
  changing({ code: 'body-escaped', title: 'The body was escaped or unescaped', fix: RAW }, ESCAPED),
  changing(
    { code: 'not-the-body', title: 'Something else stood in the place of the body', fix: RAW },
    MISTAKEN,
  ),
  {
    code: 'not-the-body',
    title: 'Something else stood in the place of the body',
    fix: `The whole body is signed, still encrypted. ${RAW}`,
    part: 'body',
    recipes: partsOfBody,
  },
  {
    code: 'body-charset',
    title: 'The body was read or written in another charset',
    fix: `It is UTF-8. ${RAW}`,
    part: 'body',
    recipes: (right) => [
      ...variants(charsets, (encode) => ({ ...right, body: encode(textIn(right)) })),
      ...misread.map(([detail, encode]) => ({
        detail: `read as ${detail}`,
        recipe: { ...right, body: encode(textIn(right)) },
      })),
    ],
  },
];

function changing(
  words: Omit<Mistake, 'part' | 'recipes'>,
  changes: readonly (readonly [string, Change])[],
): Mistake {
  return {
    ...words,
    part: 'body',
    recipes: (right) =>
      variants(changes, (change) => ({ ...right, body: Buffer.from(change(textIn(right))) })),
  };
}

function writtenAgain(right: Recipe): readonly Variant[] {
  const data = parsed(textIn(right));
  if (data === undefined) return [];
  return variants(WRITTEN, (write) => ({ ...right, body: Buffer.from(write(data)) }));
}

/** The resource alone, its ciphertext, or what it says. */
function partsOfBody(right: Recipe, { envelope, plaintext }: About): readonly Variant[] {
  const data = parsed(textIn(right)) as { readonly resource?: unknown } | undefined;
  const others: readonly (readonly [string, string | undefined])[] = [
    ['the resource alone', data?.resource === undefined ? undefined : JSON.stringify(data.resource)],
    ['the ciphertext alone', envelope['resource.ciphertext']],
    ['the decrypted resource', plaintext],
  ];
  return others.flatMap(([detail, body]): readonly Variant[] =>
    body === undefined ? [] : [{ detail, recipe: { ...right, body: Buffer.from(body) } }],
  );
}

/** The body as text. */
export function textIn({ body }: Pick<Recipe, 'body'>): string {
  return Buffer.from(body).toString('utf8');
}

/** What JSON says; `undefined` when it is none. */
export function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** No document that somebody has written is deeper. */
const DEEPEST = 50;

function sorted(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((entry) => sorted(entry, depth + 1));
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner, depth + 1)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function slashed(json: string): string {
  return json.replaceAll('/', '\\/');
}

function capitals(escape: string): string {
  return `\\u${escape.slice(2).toUpperCase()}`;
}

function decodedForm(body: string): string {
  try {
    return decodeURIComponent(body.replaceAll('+', ' '));
  } catch {
    return body;
  }
}
