/** The right key spelt wrongly: how configuration, shells and copying change it. */

type Spelling = readonly [detail: string, key: string];

/** A key as somebody may have it by mistake: in one of several spellings. */
export interface Misspelling {
  readonly code: string;
  readonly title: string;
  readonly fix: string;
  readonly spellings: (key: string) => readonly Spelling[];
}

/** How keys are misspelt; the same for signing and for decrypting. */
export const misspellings: readonly Misspelling[] = [
  {
    code: 'key-case',
    title: 'The key was in another case',
    fix: 'Use the key exactly as it stands in the merchant console; do not change its case.',
    spellings: (key) => [
      ['upper case', key.toUpperCase()],
      ['lower case', key.toLowerCase()],
    ],
  },
  {
    code: 'key-space',
    title: 'The key had white space around it',
    fix: 'Trim the key where it is read: a file ends in a line feed, a copied cell in a blank.',
    spellings: (key) => [
      ['the key here has white space that the other one has not', key.trim()],
      ['a line feed after it', `${key}\n`],
      ['a carriage return and a line feed after it', `${key}\r\n`],
      ['a carriage return after it', `${key}\r`],
      ['a blank after it', `${key} `],
      ['a blank before it', ` ${key}`],
      ['a blank on both sides', ` ${key} `],
      ['a tab after it', `${key}\t`],
      ['a byte order mark before it', `\uFEFF${key}`],
      ['a line feed before it', `\n${key}`],
      ['a tab before it', `\t${key}`],
      ['two line feeds after it', `${key}\n\n`],
      ['a no-break space after it', `${key}\u00A0`],
      ['a zero-width space after it', `${key}\u200B`],
      ['a zero-width space before it', `\u200B${key}`],
      ['an ideographic space after it', `${key}\u3000`],
    ],
  },
  {
    code: 'key-quoted',
    title: 'The key had quotes around it',
    fix: 'Take the quotes out: .env readers and shells treat them differently.',
    spellings: (key) => [
      ['double quotes', `"${key}"`],
      ['single quotes', `'${key}'`],
      ['the key here is quoted', key.replace(/^(["'])(.*)\1$/, '$2')],
    ],
  },
  {
    code: 'key-cut',
    title: 'A character of the key was missing',
    fix: 'Copy the key again: it has 32 characters.',
    spellings: (key) => [
      ['the last one', key.slice(0, -1)],
      ['the first one', key.slice(1)],
    ],
  },
  {
    code: 'no-key',
    title: 'There was no key at all',
    fix: 'The variable that should hold the key was empty where it was signed.',
    spellings: () => [
      ['empty', ''],
      ['the word null', 'null'],
      ['the word undefined', 'undefined'],
      ['the word None', 'None'],
    ],
  },
];
