/** What is different between two ways of writing one envelope, in words. */
import { parsed } from './body.ts';

/** How a body that was written again differs from what was signed. */
export function differences(here: string, signed: string): readonly string[] {
  const marks = MARKS.filter(({ shows }) => shows.test(here) && !shows.test(signed)).map(
    ({ words }) => words,
  );
  return [...marks, ...fieldDifferences(namesIn(here), namesIn(signed))];
}

const MARKS: readonly { readonly shows: RegExp; readonly words: string }[] = [
  { shows: /^\uFEFF/, words: 'with a byte order mark' },
  { shows: /\n\s*"/, words: 'indented' },
  { shows: /": |", "/, words: 'with blanks behind , and :' },
  { shows: /\\u[0-9a-f]{4}/i, words: 'with \\u escapes' },
  { shows: /\\\//, words: 'with \\/' },
  { shows: /&quot;/, words: 'escaped as HTML' },
];

/** Fields of both levels in their order, each with its value as JSON. */
type Named = ReadonlyMap<string, string>;

function namesIn(text: string): Named {
  const data = (parsed(text) ?? {}) as Readonly<Record<string, unknown>>;
  return new Map(
    Object.entries(data).flatMap(([key, value]): readonly (readonly [string, string])[] => {
      if (typeof value !== 'object' || value === null) return [[key, JSON.stringify(value)]];
      return Object.entries(value).map(([inner, deep]) => [`${key}.${inner}`, JSON.stringify(deep)]);
    }),
  );
}

function fieldDifferences(here: Named, signed: Named): readonly string[] {
  const names = [...here.keys()];
  const more = names.filter((name) => !signed.has(name));
  const fewer = [...signed.keys()].filter((name) => !here.has(name));
  const changed = names.filter((name) => signed.has(name) && signed.get(name) !== here.get(name));
  const common = names.filter((name) => signed.has(name)).join();
  const order = [...signed.keys()].filter((name) => here.has(name)).join();
  return [
    ...(common === order ? [] : ['with its keys in another order']),
    ...(more.length === 0 ? [] : [`with ${more.join(', ')}`]),
    ...(fewer.length === 0 ? [] : [`without ${fewer.join(', ')}`]),
    ...(changed.length === 0 ? [] : [`with another ${changed.join(', ')}`]),
  ];
}
