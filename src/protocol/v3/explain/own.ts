/** What somebody's code verifies, beside what it should. */
import type { Explained } from '../../explain/mistake.ts';
import { digestOf, messageOf, rightRecipe } from './recipe.ts';
import { findMistakes, ownTables } from './search.ts';
import type { Message, Signing } from './signing.ts';

/** The message that somebody's code has put together, or its SHA-256 in hexadecimal. */
export type Own = { readonly message: Uint8Array } | { readonly digest: string };

/** Finds what that code does differently. */
export function explainOwn(own: Own, { values, body, about }: Message): Signing {
  const received = 'digest' in own ? own.digest.toLowerCase() : digestOf(own.message);
  const { timestamp, nonce } = values;
  if (timestamp === undefined || nonce === undefined)
    return { computed: undefined, received, signed_by: null, diagnoses: [] };
  const right = rightRecipe({ timestamp, nonce }, body);
  const message = messageOf(right);
  const computed = digestOf(message);
  const found =
    computed === received
      ? []
      : findMistakes({ digest: received, algorithm: 'sha256', tables: ownTables }, right, about);
  const unknown =
    computed === received || found.length > 0 || 'digest' in own ? [] : [departure(own.message, message)];
  return { computed, received, signed_by: null, diagnoses: [...found, ...unknown] };
}

/** Where two messages part. */
function departure(own: Uint8Array, right: Uint8Array): Explained {
  const at = own.findIndex((byte, index) => byte !== right[index]);
  const from = at === -1 ? own.length : at;
  return [
    {
      ...DIFFERS,
      detail: `from byte ${from + 1} on: ${excerpt(own, from)} where there should be ${excerpt(right, from)}`,
    },
  ];
}

function excerpt(bytes: Uint8Array, at: number): string {
  if (at >= bytes.length) return 'nothing more';
  return JSON.stringify(Buffer.from(bytes.subarray(at, at + 24)).toString('utf8'));
}

const DIFFERS = {
  code: 'message-differs',
  title: 'Your code verifies another message',
  fix: 'The message is `timestamp\\nnonce\\nbody\\n`, of the headers and the body as they came.',
};
