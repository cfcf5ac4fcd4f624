/** A body as a test has it, as bytes. */
import * as v from 'valibot';
import { check } from './check.ts';

const schema = v.object({
  body: v.custom<string | Uint8Array>(
    (input) => typeof input === 'string' || ArrayBuffer.isView(input),
    'text or bytes (a Buffer, a Uint8Array)',
  ),
});

/**
 * Text is UTF-8.
 *
 * @throws InputError when it is neither text nor bytes
 */
export function toBytes(body: string | Uint8Array): Uint8Array {
  check(schema, { body });
  return typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
}
