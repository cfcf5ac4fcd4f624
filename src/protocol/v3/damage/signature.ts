import { hash } from 'node:crypto';
import type { Moment } from '../sign.ts';
import type { Deed } from '../../damage/deed.ts';

/** A signature, what it is of, and a hand that can sign something else. */
export interface Signature extends Moment {
  readonly signature: string;
  readonly body: Uint8Array;
  readonly sign: (bytes: Uint8Array) => string;
}

/** What the platform’s probes begin with: it sends wrong signatures on purpose, to see who refuses them. */
export const PROBE = 'WECHATPAY/SIGNTEST/';

/** What can happen to a signature. `undefined` takes the header out. */
export const signatureDamages = {
  break: { words: 'One bit of it is another one', damage: ({ signature }) => flipped(signature) },
  'other-key': {
    words: 'Bytes that no key of the platform made',
    damage: ({ signature }) => stretched(signature),
  },
  'other-message': {
    words: 'The signature of another message, of the same moment',
    damage: ({ sign, timestamp, nonce }) => sign(Buffer.from(`${timestamp}\n${nonce}\n{"id":"another"}\n`)),
  },
  'other-nonce': {
    words: 'The signature of the same body with another nonce',
    damage: ({ sign, timestamp, nonce, body }) => sign(lines(timestamp, `${nonce}x`, body)),
  },
  'body-only': {
    words: 'The signature of the body, without moment and nonce',
    damage: ({ sign, body }) => sign(body),
  },
  'no-last-line-feed': {
    words: 'The signature of what is signed, without the line feed at its end',
    damage: ({ sign, timestamp, nonce, body }) => sign(lines(timestamp, nonce, body).subarray(0, -1)),
  },
  probe: {
    words: 'A probe of the platform: a wrong signature that begins with WECHATPAY/SIGNTEST/',
    damage: ({ signature }) => `${PROBE}${signature.slice(PROBE.length)}`,
  },
  truncate: { words: 'Half of it', damage: ({ signature }) => signature.slice(0, signature.length / 2) },
  garbage: { words: 'Not base64', damage: ({ signature }) => '*'.repeat(signature.length) },
  blank: { words: 'The header is empty', damage: () => '' },
  drop: { words: 'The header is missing', damage: () => undefined },
} satisfies Record<string, Deed<(signature: Signature) => string | undefined>>;

function lines(timestamp: string, nonce: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')]);
}

function flipped(signature: string): string {
  const bytes = Buffer.from(signature, 'base64');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return bytes.toString('base64');
}

/** As long as a signature, and made of its digest: the same each time. */
function stretched(signature: string): string {
  const { length } = Buffer.from(signature, 'base64');
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    hash('sha256', `${signature}#${index}`, 'buffer'),
  );
  return Buffer.concat(blocks).subarray(0, length).toString('base64');
}
