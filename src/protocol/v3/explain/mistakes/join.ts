/** The three lines put together in another way. */
import { text, type Parts, type Recipe } from '../recipe.ts';
import { variants, type About, type Mistake, type Variant } from '../mistake.ts';

type Join = Recipe['join'];

const LINES =
  'The message is `timestamp\\nnonce\\nbody\\n`: three lines, each of which ends in a line feed, the last one too.';

const SEPARATED: readonly (readonly [string, Join])[] = [
  [
    'CR LF in the place of each line feed',
    ({ timestamp, nonce, body }) => text(`${timestamp}\r\n${nonce}\r\n`, body, '\r\n'),
  ],
  [
    'CR LF between the lines, none at the end',
    ({ timestamp, nonce, body }) => text(`${timestamp}\r\n${nonce}\r\n`, body),
  ],
  ['CR LF at the end', ({ timestamp, nonce, body }) => text(`${timestamp}\n${nonce}\n`, body, '\r\n')],
  [
    'the two characters \\n in the place of line feeds',
    ({ timestamp, nonce, body }) => text(`${timestamp}\\n${nonce}\\n`, body, '\\n'),
  ],
  ['nothing between the lines', ({ timestamp, nonce, body }) => text(timestamp, nonce, body)],
  [
    'nothing between the lines, a line feed at the end',
    ({ timestamp, nonce, body }) => text(timestamp, nonce, body, '\n'),
  ],
  ['`&` in the place of line feeds', ({ timestamp, nonce, body }) => text(`${timestamp}&${nonce}&`, body)],
  ['`,` in the place of line feeds', ({ timestamp, nonce, body }) => text(`${timestamp},${nonce},`, body)],
  ['blanks in the place of line feeds', ({ timestamp, nonce, body }) => text(`${timestamp} ${nonce} `, body)],
  [
    'a line feed at the beginning',
    ({ timestamp, nonce, body }) => text(`\n${timestamp}\n${nonce}\n`, body, '\n'),
  ],
  [
    'CR in the place of each line feed',
    ({ timestamp, nonce, body }) => text(`${timestamp}\r${nonce}\r`, body, '\r'),
  ],
];

const ORDERED: readonly (readonly [string, Join])[] = [
  ['nonce and timestamp exchanged', lines('nonce', 'timestamp', 'body')],
  ['the body first', lines('body', 'timestamp', 'nonce')],
  ['the body first, then the nonce', lines('body', 'nonce', 'timestamp')],
  ['the body in the middle', lines('timestamp', 'body', 'nonce')],
];

const FEWER: readonly (readonly [string, Join])[] = [
  ['the body alone', ({ body }) => body],
  ['the body alone, and a line feed', lines('body')],
  ['no nonce', lines('timestamp', 'body')],
  ['no timestamp', lines('nonce', 'body')],
  ['no body, two lines', lines('timestamp', 'nonce')],
];

/** Lines, each of which ends in a line feed. */
function lines(...names: readonly (keyof Parts)[]): Join {
  return (parts) => text(...names.flatMap((name) => [parts[name], '\n']));
}

function joined(
  words: Omit<Mistake, 'part' | 'recipes'>,
  ways: readonly (readonly [string, Join])[],
): Mistake {
  return { ...words, part: 'join', recipes: (right) => variants(ways, (join) => ({ ...right, join })) };
}

export const joinMistakes: readonly Mistake[] = [
  joined(
    { code: 'no-last-line-feed', title: 'The line feed at the end of the message was missing', fix: LINES },
    [['', ({ timestamp, nonce, body }) => text(`${timestamp}\n${nonce}\n`, body)]],
  ),
  joined(
    { code: 'separators', title: 'The lines of the message were separated in another way', fix: LINES },
    SEPARATED,
  ),
  joined(
    { code: 'wrong-order', title: 'The lines of the message were in another order', fix: LINES },
    ORDERED,
  ),
  joined({ code: 'line-missing', title: 'A line of the message was missing', fix: LINES }, FEWER),
  {
    code: 'request-message',
    title: 'The message was put together as one’s own requests are signed, with method and URL',
    fix: `A notification is verified without them. ${LINES}`,
    part: 'join',
    recipes: asRequests,
  },
  {
    code: 'line-added',
    title: 'There was a line in the message that does not belong there',
    fix: LINES,
    part: 'join',
    recipes: (right, about) => withHeader(right, about),
  },
];

/** METHOD, path and query, then the three lines. */
function asRequests(right: Recipe, { method, url }: About): readonly Variant[] {
  const paths = [...new Set([...pathsOf(url), '/'])];
  const methods = [...new Set([method ?? 'POST', 'POST'])];
  return paths.flatMap((path) =>
    methods.map((verb): Variant => {
      const join: Join = (parts) => text(`${verb}\n${path}\n`, right.join(parts));
      return { detail: `${verb} ${path}`, recipe: { ...right, join } };
    }),
  );
}

function pathsOf(url: string | null): readonly string[] {
  if (url === null) return [];
  const path = url.replace(/^https?:\/\/[^/]*/, '');
  return [path, path.replace(/\?.*$/, ''), url];
}

/** A header's value as a line of its own, in front. */
function withHeader(right: Recipe, { headers }: About): readonly Variant[] {
  return headers
    .filter(([name]) => /^wechatpay-(?:serial|signature-type)$/i.test(name))
    .flatMap(([name, value]): readonly Variant[] => [
      {
        detail: `${name} in front`,
        recipe: { ...right, join: (parts) => text(`${value}\n`, right.join(parts)) },
      },
      {
        detail: `${name} at the end`,
        recipe: { ...right, join: (parts) => text(right.join(parts), `${value}\n`) },
      },
    ]);
}
