import type { Deed } from './deed.ts';

/** What can happen to a text after it was written. JSON says the same after some of it, and the bytes do not. */
export const bytesDamages = {
  byte: {
    words: 'One byte is another one: a digit of create_time, or the first character',
    damage: (body) => changed(body),
  },
  newline: { words: 'A line feed is put at the end', damage: (body) => `${body}\n` },
  spaces: {
    words: 'The JSON is written with indentation: who verifies what was parsed does not notice',
    damage: (body) => indented(body),
  },
  escaped: {
    words: 'Chinese characters are written as \\uXXXX: who verifies what was parsed does not notice',
    damage: (body) => body.replace(/[^\x00-\x7f]/g, escape),
  },
  bom: { words: 'A byte order mark is put at the front', damage: (body) => `\uFEFF${body}` },
  truncate: { words: 'It stops in the middle', damage: (body) => body.slice(0, body.length / 2) },
  empty: { words: 'Nothing is left of it', damage: () => '' },
} satisfies Record<string, Deed<(body: string) => string>>;

function changed(body: string): string {
  const digit = /("create_time":"\d{3})(\d)/;
  if (!digit.test(body)) return `${body.startsWith('{') ? '[' : '{'}${body.slice(1)}`;
  return body.replace(digit, (_, head: string, last: string) => `${head}${last === '0' ? '1' : '0'}`);
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return ` ${body}`;
  }
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
