/**
 * What makes editors complete scenarios: a first line that names the JSON Schema, and a copy of that beside the scenarios.
 * A copy works in every editor, without a network, in every clone, and wherever wxnotify is installed.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isFile } from '../../scenario/is-file.ts';

/** Beside the configuration. */
export const SCHEMA_FILE = path.join('scenarios', 'scenario.schema.json');

/** The first line of a scenario file below `root`, as the YAML language server reads it. */
export function schemaComment(root: string, file: string): string {
  const relative = path.relative(path.dirname(file), path.join(root, SCHEMA_FILE)).replaceAll('\\', '/');
  return `# yaml-language-server: $schema=${relative.startsWith('.') ? relative : `./${relative}`}\n`;
}

/** Whether a file is where the schema of `root` speaks for it. */
export function isBeside(root: string, file: string): boolean {
  const relative = path.relative(path.join(root, 'scenarios'), file);
  return !relative.startsWith('..') && !path.isAbsolute(relative) && /\.ya?ml$/i.test(file);
}

/**
 * Copies the schema that is shipped in `home`, also over an older one; a file that is no such schema is left alone.
 *
 * @returns the names of what was written: one, or none when it was there
 * @throws when it cannot be written
 */
export function writeSchema(home: string, root: string): readonly string[] {
  const file = path.join(root, SCHEMA_FILE);
  const schema = readFileSync(path.join(home, SCHEMA_FILE), 'utf8');
  const there = isFile(file) ? readFileSync(file, 'utf8') : undefined;
  if (there === schema || (there !== undefined && !isOurs(there))) return [];
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, schema);
  return [SCHEMA_FILE];
}

function isOurs(text: string): boolean {
  return text.includes('"title": "A wxnotify scenario"');
}
