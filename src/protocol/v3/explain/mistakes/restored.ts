/**
 * A body that is not what was signed any more: a parser, a logger or a proxy has written it again. What it was is
 * guessed; that it was signed shows that the guess is right.
 */
import { htmlUnescaped } from '../../../explain/html.ts';
import { envelopeTable } from '../../envelope.ts';
import { v3Kinds } from '../../kinds.gen.ts';
import type { Mistake, Variant } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';
import { parsed, textIn } from './body.ts';
import { differences } from './differences.ts';

const RAW =
  'What is here is not what came. Capture and verify the bytes of the request, before anything parses them.';

type Restore = (text: string) => string;
type Data = Readonly<Record<string, unknown>>;

const ESCAPED: readonly (readonly [string, Restore])[] = [
  ['here as HTML writes it', htmlUnescaped],
  ['here in the quotes of a text in JSON', (body) => jsonText(body)],
  ['here with a backslash before each quote', (body) => body.replace(/\\(["\\])/g, '$1')],
  ['here URL-encoded', (body) => urlDecoded(body)],
  ['here with blanks in the place of +', (body) => body.replace(/(?<="ciphertext":\s*")[^"]*/, plused)],
  ['here with a byte order mark', (body) => body.replace(/^\uFEFF/, '')],
];

const MISREAD: readonly (readonly [string, Restore])[] = [
  ['here UTF-8 that was read as ISO-8859-1', (body) => Buffer.from(body, 'latin1').toString('utf8')],
  ['here with ? or nothing in the place of its summary', (body) => withSummary(body)],
];

const ENDED: readonly (readonly [string, Restore])[] = [
  ['it was signed with a line feed at its end', (body) => `${body}\n`],
  ['it was signed with CR LF at its end', (body) => `${body}\r\n`],
  ['here with a line feed at its end', (body) => body.replace(/\n$/, '')],
  ['here with CR LF at its end', (body) => body.replace(/\r\n$/, '')],
  ['here with white space around it', (body) => body.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')],
  ['it was signed with line feeds in the place of CR LF', (body) => body.replace(/\r\n/g, '\n')],
  ['it was signed with CR LF in the place of line feeds', (body) => body.replace(/\r?\n/g, '\r\n')],
];

/** What programs do to an envelope, and how it is undone. */
const REBUILT: readonly ((data: Data) => Data)[] = [
  (data) => data,
  inOrder,
  withoutNulls,
  (data) => inOrder(withoutNulls(data)),
  (data) => inOrder(withAssociatedData(withoutNulls(data))),
  (data) => inChinaTime(data),
  (data) => inOrder(inChinaTime(withoutNulls(data))),
  snakeCased,
  (data) => inOrder(withoutNulls(snakeCased(data))),
  (data) => inOrder(inChinaTime(withoutNulls(snakeCased(data)))),
];

export const restoredMistakes: readonly Mistake[] = [
  restoring(
    {
      code: 'body-newline',
      title: 'White space at the end of the body, or in it, was changed after signing',
      fix: RAW,
    },
    ENDED,
    () => [],
  ),
  {
    code: 'body-rewritten',
    title: 'The body was parsed and written again after it was signed',
    fix: RAW,
    part: 'body',
    recipes: (right) => rebuilt(textIn(right)).map((body) => restored(right, body)),
  },
  restoring(
    { code: 'body-escaped', title: 'The body was escaped after it was signed', fix: RAW },
    ESCAPED,
    rebuilt,
  ),
  restoring(
    { code: 'body-charset', title: 'The body was read in another charset after it was signed', fix: RAW },
    MISREAD,
    rebuilt,
  ),
];

function restoring(
  words: Omit<Mistake, 'part' | 'recipes'>,
  ways: readonly (readonly [string, Restore])[],
  further: (text: string) => readonly string[],
): Mistake {
  const recipes = (right: Recipe): readonly Variant[] =>
    ways.flatMap(([detail, restore]) => {
      const body = restore(textIn(right));
      return [body, ...further(body)].map((text) => ({
        detail,
        recipe: { ...right, body: Buffer.from(text) },
      }));
    });
  return { ...words, part: 'body', recipes };
}

/** With what is different as the detail. */
function restored(right: Recipe, body: string): Variant {
  const found = differences(textIn(right), body);
  return { detail: `here ${found.join(', ')}`, recipe: { ...right, body: Buffer.from(body) } };
}

function rebuilt(text: string): readonly string[] {
  const data = parsed(text);
  return data === undefined
    ? []
    : [...new Set(REBUILT.map((rebuild) => JSON.stringify(rebuild(data as Data))))];
}

const NAMES = envelopeTable.map(({ name }) => name);

/** The order in which the platform writes an envelope; what it does not know stands at the end. */
function inOrder(data: Data): Data {
  return ordered(data, '');
}

function ordered(data: Data, prefix: string): Data {
  const rank = (key: string): number => {
    const at = NAMES.findIndex((name) => name === `${prefix}${key}` || name.startsWith(`${prefix}${key}.`));
    return at === -1 ? NAMES.length : at;
  };
  const entries = Object.entries(data).map(
    ([key, value]) => [key, isData(value) ? ordered(value, `${key}.`) : value] as const,
  );
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)));
}

function withoutNulls(data: Data): Data {
  const entries = Object.entries(data).filter(([, value]) => value !== null);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, isData(value) ? withoutNulls(value) : value]),
  );
}

/** Empty, where a program has left it out. */
function withAssociatedData({ resource, ...data }: Data): Data {
  return { ...data, resource: isData(resource) ? { associated_data: '', ...resource } : resource };
}

/** A moment that became another way of writing it: `…Z`, with milliseconds, or a number. */
function inChinaTime(data: Data): Data {
  const { create_time } = data;
  const moment =
    typeof create_time === 'number'
      ? create_time
      : Date.parse(typeof create_time === 'string' ? create_time : '');
  if (Number.isNaN(moment)) return data;
  const written = new Date(moment + 8 * 3_600_000).toISOString().replace(/\.\d+Z$/, '+08:00');
  return { ...data, create_time: written };
}

function snakeCased(data: Data): Data {
  const entries = Object.entries(data).map(([key, value]) => {
    const name = key.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
    return [name, isData(value) ? snakeCased(value) : value] as const;
  });
  return Object.fromEntries(entries);
}

/** The words that belong to the event type, where somebody’s charset could not hold them. */
function withSummary(body: string): string {
  const data = parsed(body) as Data | undefined;
  const type = data?.['event_type'];
  const kind = Object.values(v3Kinds).find(
    ({ events }) => typeof type === 'string' && Object.hasOwn(events, type),
  );
  const summary = kind?.events[String(type)];
  return data && summary !== undefined ? JSON.stringify({ ...data, summary }) : body;
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function jsonText(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'string' ? value : body;
  } catch {
    return body;
  }
}

function urlDecoded(body: string): string {
  try {
    return decodeURIComponent(body);
  } catch {
    return body;
  }
}

function plused(base64: string): string {
  return base64.replaceAll(' ', '+');
}
