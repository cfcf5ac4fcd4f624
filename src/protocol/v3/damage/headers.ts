import type { Deed } from '../../damage/deed.ts';

/** The moment that is signed, and the one that the header says. */
export interface Timestamps {
  readonly signed: string;
  readonly stated: string;
}

/** Beyond this, in seconds, a merchant refuses. */
export const TOLERANCE = 300;

/** What can be wrong with the moment. */
export const timestampDamages = {
  old: {
    words: 'Signed ten minutes before: a replay of old bytes',
    damage: (timestamp) => both(shifted(timestamp, -2 * TOLERANCE)),
  },
  future: {
    words: 'Signed ten minutes ahead',
    damage: (timestamp) => both(shifted(timestamp, 2 * TOLERANCE)),
  },
  late: {
    words: 'Signed four minutes before, which is still in time',
    damage: (timestamp) => both(shifted(timestamp, -240)),
    harmless: true,
  },
  milliseconds: {
    words: 'Milliseconds in the place of seconds',
    damage: (timestamp) => both(`${timestamp}000`),
  },
  words: { words: 'Not a number', damage: () => both('now') },
  unsigned: {
    words: 'The header says another second than was signed: an old message with a fresh timestamp',
    damage: (timestamp) => ({ signed: timestamp, stated: shifted(timestamp, 1) }),
  },
} satisfies Record<string, Deed<(timestamp: string) => Timestamps>>;

/** What can be wrong with the serial. `undefined` takes the header out. */
export const serialDamages = {
  wrong: { words: 'Its last character is another one', damage: (serial) => replaced(serial) },
  unknown: {
    words: 'That of a certificate which the merchant never saw',
    damage: () => '7132D72A03E93CDDF8C03BBD1F37EEDF5A0E1B2C',
  },
  'unknown-public-key': {
    words: 'That of a public key which the merchant never saw',
    damage: () => 'PUB_KEY_ID_0119999999992099010100000000000000',
  },
  blank: { words: 'The header is empty', damage: () => '' },
  drop: { words: 'The header is missing', damage: () => undefined },
} satisfies Record<string, Deed<(serial: string) => string | undefined>>;

/** How names of headers can be written (RFC 9110, 5.1). */
export const headerNameDamages = {
  'lower-case': {
    words: 'Names of headers in lower case, as HTTP/2 proxies hand them on',
    damage: (name) => name.toLowerCase(),
    harmless: true,
  },
  'upper-case': {
    words: 'Names of headers in upper case',
    damage: (name) => name.toUpperCase(),
    harmless: true,
  },
} satisfies Record<string, Deed<(name: string) => string>>;

function both(timestamp: string): Timestamps {
  return { signed: timestamp, stated: timestamp };
}

function shifted(timestamp: string, seconds: number): string {
  return String(Number(timestamp) + seconds);
}

function replaced(text: string): string {
  return text.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
}
