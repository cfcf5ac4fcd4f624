/** Another timestamp, or another nonce. */
import { TOLERANCE } from '../../damage/headers.ts';
import { variants, type About, type Mistake, type Variant } from '../mistake.ts';
import type { Recipe } from '../recipe.ts';

const AS_SENT = 'Take it from the header as it stands, as text.';

type Change = (value: string) => string;

const REWRITTEN: readonly (readonly [string, Change])[] = [
  ['milliseconds', (value) => `${value}000`],
  ['seconds, where the header has milliseconds', (value) => value.replace(/^(\d{10})\d{3}$/, '$1')],
  ['as a number with a fraction', (value) => `${value}.0`],
  ['in quotes', (value) => JSON.stringify(value)],
  ['with blanks around it, or without', (value) => (value === value.trim() ? ` ${value}` : value.trim())],
  ['as a date in UTC', (value) => dateOf(value)],
  ['as a date in UTC+8', (value) => dateOf(String(Number(value) + 8 * 3600)).replace('Z', '+08:00')],
  ['nothing', () => ''],
  ['0', () => '0'],
  ['the word null', () => 'null'],
  ['the word undefined', () => 'undefined'],
];

const RENONCED: readonly (readonly [string, Change])[] = [
  ['in lower case', (value) => value.toLowerCase()],
  ['in upper case', (value) => value.toUpperCase()],
  ['in quotes', (value) => JSON.stringify(value)],
  ['without the white space around it', (value) => value.trim()],
  ['nothing', () => ''],
  ['the word null', () => 'null'],
  ['the word undefined', () => 'undefined'],
];

export const momentMistakes: readonly Mistake[] = [
  {
    code: 'timestamp-changed',
    title: 'The timestamp in the message was not the header’s',
    fix: AS_SENT,
    part: 'timestamp',
    recipes: (right, about) => [
      ...variants(REWRITTEN, (change) => ({ ...right, timestamp: change(right.timestamp) })),
      ...created(right, about),
    ],
  },
  {
    code: 'nonce-changed',
    title: 'The nonce in the message was not the header’s',
    fix: AS_SENT,
    part: 'nonce',
    recipes: (right) => variants(RENONCED, (change) => ({ ...right, nonce: change(right.nonce) })),
  },
  {
    code: 'resource-nonce',
    title: 'The nonce of the resource was used in the place of the header’s',
    fix: 'There are two nonces: Wechatpay-Nonce is signed, resource.nonce decrypts the resource.',
    part: 'nonce',
    recipes: (right, { envelope }) => {
      const nonce = envelope['resource.nonce'];
      return nonce === undefined ? [] : [{ recipe: { ...right, nonce } }];
    },
  },
  {
    code: 'nonce-changed',
    title: 'The nonce in the message was not the header’s',
    fix: AS_SENT,
    part: 'nonce',
    recipes: (right, { headers, envelope }) => [
      ...headers
        .filter(([name]) => /^(?:request-id|wechatpay-serial)$/i.test(name))
        .map(([name, nonce]) => ({ detail: name, recipe: { ...right, nonce } })),
      ...['id'].flatMap((name) => {
        const nonce = envelope[name];
        return nonce === undefined
          ? []
          : [{ detail: `the ${name} of the body`, recipe: { ...right, nonce } }];
      }),
    ],
  },
];

/** An old message with a fresh timestamp, or the other way round. */
export const shiftedMistakes: readonly Mistake[] = [
  {
    code: 'timestamp-shifted',
    title: 'Another second was signed than Wechatpay-Timestamp says',
    fix: 'Refuse it: somebody has given an old message a fresh timestamp, or a proxy has changed the header.',
    part: 'timestamp',
    recipes: shifted,
  },
];

/** Beyond what merchants take, so that a message that was freshened up is recognised. */
const WIDEST = 12 * TOLERANCE;

function* shifted(right: Recipe): Generator<Variant> {
  if (!/^\d{10}$/.test(right.timestamp)) return;
  const stated = Number(right.timestamp);
  for (let off = 1; off <= WIDEST; off++) {
    for (const seconds of [-off, off]) {
      const timestamp = String(stated + seconds);
      yield {
        detail: `${timestamp}, ${off} seconds ${seconds < 0 ? 'before' : 'after'} it`,
        recipe: { ...right, timestamp },
      };
    }
  }
}

/** The moment at which the notification was made. */
function created(right: Recipe, { envelope }: About): readonly Variant[] {
  const at = Date.parse(envelope['create_time'] ?? '');
  if (Number.isNaN(at)) return [];
  const detail = 'the create_time of the body';
  return [
    { detail, recipe: { ...right, timestamp: String(Math.floor(at / 1000)) } },
    { detail, recipe: { ...right, timestamp: envelope['create_time'] ?? '' } },
  ];
}

function dateOf(value: string): string {
  const date = new Date(Number(value) * 1000);
  return Number.isNaN(date.getTime()) ? value : date.toISOString().replace('.000Z', 'Z');
}
