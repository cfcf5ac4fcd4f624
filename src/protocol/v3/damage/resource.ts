import { TAG, type Binding } from '../../aead.ts';
import type { Deed } from '../../damage/deed.ts';

/** An encrypted resource, as the envelope states it. */
export interface Resource extends Binding {
  readonly algorithm: string;
  readonly ciphertext: string;
}

/** What can happen to an encrypted resource. */
export const resourceDamages = {
  tag: {
    words: 'A bit of the tag is flipped: who does not check it reads the resource as it was',
    damage: (resource) => ({ ...resource, ciphertext: flipped(resource.ciphertext, -1) }),
  },
  'first-byte': {
    words: 'A bit of the first encrypted byte is flipped: who does not check the tag reads it so',
    damage: (resource) => ({ ...resource, ciphertext: flipped(resource.ciphertext, 0) }),
  },
  'no-tag': {
    words: 'The tag is cut off',
    damage: (resource) => ({ ...resource, ciphertext: cut(resource.ciphertext, TAG) }),
  },
  truncate: {
    words: 'It stops in the middle of the tag',
    damage: (resource) => ({ ...resource, ciphertext: cut(resource.ciphertext, TAG / 2) }),
  },
  empty: {
    words: 'The ciphertext is empty',
    damage: (resource) => ({ ...resource, ciphertext: '' }),
  },
  garbage: {
    words: 'The ciphertext is not base64',
    damage: (resource) => ({ ...resource, ciphertext: '*'.repeat(resource.ciphertext.length) }),
  },
  'associated-data': {
    words: 'Other associated data is stated than it was encrypted with',
    damage: (resource) => ({ ...resource, associated_data: `${resource.associated_data}x` }),
  },
  nonce: {
    words: 'Another nonce is stated than it was encrypted with',
    damage: (resource) => ({ ...resource, nonce: another(resource.nonce) }),
  },
  algorithm: {
    words: 'Another algorithm is named than it was encrypted with',
    damage: (resource) => ({ ...resource, algorithm: 'AEAD_SM4_GCM' }),
  },
} satisfies Record<string, Deed<(resource: Resource) => Resource>>;

function flipped(base64: string, at: number): string {
  const bytes = Buffer.from(base64, 'base64');
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes.toString('base64');
}

function cut(base64: string, length: number): string {
  return Buffer.from(base64, 'base64').subarray(0, -length).toString('base64');
}

function another(text: string): string {
  return text.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
}
