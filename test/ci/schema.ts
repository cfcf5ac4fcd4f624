/** Checks what ships to CI systems against their own schemas (`test/schemas/`). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { root } from '../support/cli.ts';

/** What is wrong with a document; nothing when it is right. */
export function wrongIn(document: unknown, schema: string): readonly string[] {
  const text = readFileSync(path.join(root, 'test/schemas', schema), 'utf8');
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(JSON.parse(text) as object);
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
