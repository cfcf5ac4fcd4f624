/** Values at JSONPaths (RFC 9535), their numbers as they were written. */
import { exec } from 'jsonpath-rfc9535';
import { isRecord, readJson, type ReadJson } from '../../scenario/fill/json.ts';

/** What is at a path; `why` nothing can be there. */
export type FoundJson =
  | { readonly ok: true; readonly several: false; readonly value: unknown }
  | { readonly ok: true; readonly several: true; readonly value: readonly unknown[] }
  | { readonly ok: false; readonly why: string };

/** A text that is read when a path asks for it, once. */
export interface JsonText {
  readonly body: string;
  /** Whether reading stopped at the size limit. */
  readonly truncated: boolean;
}

/** Finds values in a text. */
export function createFinder({ body, truncated }: JsonText): (path: string) => FoundJson {
  let read: { readonly exact: ReadJson; readonly rounded: unknown } | undefined;
  return (path) => {
    read ??= { exact: readJson(body), rounded: parsed(body) };
    if (read.exact.ok) return valueAt(path, read.exact.value, read.rounded);
    return { ok: false, why: truncated ? CUT : `the answer is ${read.exact.why}` };
  };
}

const CUT = 'the answer was cut at 1 MiB';
const NOTHING: FoundJson = { ok: false, why: 'nothing there' };

/** JSONPath compares numbers as JavaScript does, so it is given those; what it finds is taken from the exact ones. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function valueAt(path: string, exact: unknown, rounded: unknown): FoundJson {
  const values: unknown[] = [];
  try {
    exec(rounded as never, path, (_, keys) => values.push(keys.reduce(below, exact)));
  } catch {
    return { ok: false, why: 'that is no JSONPath' }; // what was filled in has made it none
  }
  if (!SINGULAR.test(path)) return { ok: true, several: true, value: values };
  return values.length === 0 ? NOTHING : { ok: true, several: false, value: values[0] };
}

function below(value: unknown, key: string | number): unknown {
  if (typeof key === 'number') return Array.isArray(value) ? value[key] : undefined;
  return isRecord(value) ? value[nameOf(key)] : undefined;
}

/** Names come as they would be written in a path. */
function nameOf(key: string): string {
  return key.replace(/\\(?:u([0-9a-f]{4})|(.))/g, (_, code: string | undefined, letter: string) => {
    return code === undefined ? (LETTERS[letter] ?? letter) : String.fromCharCode(parseInt(code, 16));
  });
}

const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Names and indexes only (RFC 9535, 2.3.5.1): at most one value. Any other path finds a list. */
const SINGULAR =
  /^\$(?:\s*\.[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|\s*\[\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|-?\d+)\s*\])*$/;
