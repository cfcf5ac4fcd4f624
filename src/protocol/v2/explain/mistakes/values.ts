/** Values that were changed on their way into the string to sign. */
import { htmlEscaped, htmlUnescaped } from '../../../explain/html.ts';
import { variants, type Mistake } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';
import {
  goEscaped,
  json,
  number,
  phpNumber,
  spacedJson,
  unicodeEscaped,
} from '../../../explain/rewriting.ts';

type Change = (value: string) => string;

/** A change that is made to every value. */
interface ValueMistake {
  readonly code: string;
  readonly title: string;
  readonly fix: string;
  readonly changes: readonly (readonly [detail: string, change: Change])[];
}

const RAW = 'Sign the values as they stand in the message, character for character';

const table: readonly ValueMistake[] = [
  {
    code: 'url-encoded',
    title: 'The values were URL-encoded',
    fix: `${RAW}; nothing is URL-encoded.`,
    changes: [
      ['as encodeURIComponent does', encodeURIComponent],
      ['with + for blanks', formEncoded],
      ['every reserved character', strictlyEncoded],
      ['in lower-case hexadecimal', (value) => lowerHex(strictlyEncoded(value))],
      ['with + for blanks, in lower-case hexadecimal', (value) => lowerHex(formEncoded(value))],
      ['as PHP’s urlencode does', (value) => formEncoded(value).replaceAll('~', '%7E')],
      [
        'as Java’s URLEncoder and URLSearchParams do',
        (value) => formEncoded(value).replaceAll('~', '%7E').replaceAll('%2A', '*'),
      ],
      ['as Python’s quote does, / left', (value) => strictlyEncoded(value).replaceAll('%2F', '/')],
      ['as encodeURI does', encodeURI],
    ],
  },
  {
    code: 'url-decoded',
    title: 'The values were URL-decoded',
    fix: `${RAW}; nothing is URL-decoded.`,
    changes: [
      ['percent signs only', decoded],
      ['+ as a blank too', (value) => decoded(value.replaceAll('+', ' '))],
    ],
  },
  {
    code: 'trimmed',
    title: 'White space around the values was taken off',
    fix: `${RAW}, white space included; or keep values free of it, because several SDKs trim.`,
    changes: [['', (value) => value.trim()]],
  },
  {
    code: 'space-collapsed',
    title: 'White space in the values was removed or joined',
    fix: `${RAW}, white space included.`,
    changes: [
      ['all of it removed', (value) => value.replace(/\s+/g, '')],
      ['runs of it made one blank', (value) => value.replace(/\s+/g, ' ')],
      ['line ends as CR LF', (value) => value.replace(/\r?\n/g, '\r\n')],
      ['line ends as LF', (value) => value.replace(/\r\n?/g, '\n')],
    ],
  },
  {
    code: 'html-unescaped',
    title: 'HTML or XML escapes in the values were resolved',
    fix: `${RAW}: in CDATA, &amp; is five characters.`,
    changes: [
      ['once', htmlUnescaped],
      ['twice', (value) => htmlUnescaped(htmlUnescaped(value))],
    ],
  },
  {
    code: 'html-escaped',
    title: 'The values were HTML-escaped or XML-escaped',
    fix: `${RAW}: escaping belongs to the writing of the XML, after signing.`,
    changes: [
      ['& < >', (value) => htmlEscaped(value, /[&<>]/g)],
      ['& < > "', (value) => htmlEscaped(value, /[&<>"]/g)],
      ['& < > " and \' as &#39;', (value) => htmlEscaped(value, /[&<>"']/g)],
      ['& < > " and \' as &apos;', (value) => htmlEscaped(value, /[&<>"']/g).replaceAll('&#39;', '&apos;')],
    ],
  },
  {
    code: 'cdata-included',
    title: 'The CDATA marks took part',
    fix: 'Parse the XML first; <![CDATA[ and ]]> are not part of the value.',
    changes: [['', (value) => `<![CDATA[${value}]]>`]],
  },
  {
    code: 'json-escaped',
    title: 'The values were escaped as in JSON',
    fix: `${RAW}: no \\u escapes, no \\/, no added quotes.`,
    changes: [
      ['\\u escapes', unicodeEscaped],
      ['\\u escapes and \\/', (value) => unicodeEscaped(value).replaceAll('/', '\\/')],
      ['\\/', (value) => value.replaceAll('/', '\\/')],
      ['backslashes before quotes', (value) => value.replace(/["\\]/g, '\\$&')],
      ['quotes around them', (value) => JSON.stringify(value)],
      ['< > & as \\u003c \\u003e \\u0026, as Go does', goEscaped],
      ['backslashes before quotes of both kinds', (value) => value.replace(/["'\\]/g, '\\$&')],
    ],
  },
  {
    code: 'json-rewritten',
    title: 'JSON in a value was parsed and written again',
    fix: `${RAW}: JSON in a value is text.`,
    changes: [
      ['without blanks', (value) => json(value, JSON.stringify)],
      ['with blanks behind , and :', (value) => json(value, spacedJson)],
      [
        'with blanks behind , and :, and \\u escapes, as Python does',
        (value) => json(value, (data) => unicodeEscaped(spacedJson(data))),
      ],
      [
        'without blanks, with \\u escapes and \\/, as PHP does',
        (value) => json(value, (data) => unicodeEscaped(JSON.stringify(data)).replaceAll('/', '\\/')),
      ],
    ],
  },
  {
    code: 'numbers-parsed',
    title: 'Values that look like numbers were made numbers',
    fix: `${RAW}: keep every value a string; transaction_id has more digits than a number holds.`,
    changes: [
      ['as JavaScript and Python write them', (value) => number(value, String)],
      ['as Java writes them', (value) => number(value, (n) => String(n).replace('e+', 'E'))],
      ['as PHP writes them', (value) => number(value, phpNumber)],
      ['without leading zeros', (value) => value.replace(/^0+(?=\d+$)/, '')],
    ],
  },
  {
    code: 'case-changed',
    title: 'The values were put into another case',
    fix: `${RAW}; only the digest is in upper case.`,
    changes: [
      ['lower case', (value) => value.toLowerCase()],
      ['upper case', (value) => value.toUpperCase()],
    ],
  },
  {
    code: 'normalised',
    title: 'Unicode in the values was normalised',
    fix: `${RAW}; do not normalise.`,
    changes: (['NFC', 'NFD', 'NFKC'] as const).map((form) => [
      form,
      (value: string) => value.normalize(form),
    ]),
  },
  {
    code: 'emoji-lost',
    title: 'Characters outside of the basic plane were lost',
    fix: 'Use a charset with four bytes (utf8mb4 in MySQL) wherever the value passes through.',
    changes: [
      ['left out', (value) => value.replace(/[\u{10000}-\u{10FFFF}]/gu, '')],
      ['as ?', (value) => value.replace(/[\u{10000}-\u{10FFFF}]/gu, '?')],
      ['as ??', (value) => value.replace(/[\u{10000}-\u{10FFFF}]/gu, '??')],
      ['as U+FFFD', (value) => value.replace(/[\u{10000}-\u{10FFFF}]/gu, '\uFFFD')],
    ],
  },
];

export const valueMistakes: readonly Mistake[] = [
  ...table.map(({ changes, ...words }): Mistake => ({
    ...words,
    part: 'write',
    recipes: (right) => variants(changes, (change) => changing(right, change)),
  })),
  {
    code: 'names-changed',
    title: 'The names of the fields were changed',
    fix: 'Sign the names as they stand in the message.',
    part: 'write',
    recipes: (right) =>
      variants(
        [
          ['lower case', (name: string) => name.toLowerCase()],
          [
            'camel case',
            (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
          ],
          ['without `_`', (name: string) => name.replaceAll('_', '')],
        ],
        (change) => ({ ...right, write: ([name, value]) => right.write([change(name), value]) }),
      ),
  },
];

function changing(right: Recipe, change: Change): Recipe {
  return { ...right, write: ([name, value]) => right.write([name, change(value)]) };
}

function formEncoded(value: string): string {
  return strictlyEncoded(value).replaceAll('%20', '+');
}

/** RFC 3986: all but unreserved characters. */
function strictlyEncoded(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function lowerHex(value: string): string {
  return value.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
