/** JSON whose numbers stay as they are written: an order number has more digits than a JavaScript number can hold. */
import { compareNumber, isLosslessNumber, isNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/** What was read, or why it is no JSON. */
export type ReadJson =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string };

/** Reads JSON: numbers become {@link numberText}. Of two equal names the last counts, as everywhere. */
export function readJson(text: string): ReadJson {
  if (depthOf(text) > DEPTH) return { ok: false, why: `JSON nested deeper than ${DEPTH} levels` };
  try {
    return { ok: true, value: parse(text, null, { onDuplicateKey: ({ newValue }) => newValue }) };
  } catch {
    return { ok: false, why: 'no JSON' };
  }
}

/** What reads, compares and writes values calls itself for each level, and no answer has so many. */
const DEPTH = 500;

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"?|[[\]{}]/gs)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return deepest;
}

/** Writes JSON. */
export function writeJson(value: unknown): string {
  return stringify(value) ?? 'null';
}

/** A number as it is written in a file; `undefined` when JSON could not write it so. */
export function toJsonNumber(source: string): unknown {
  return isNumber(source) ? new WrittenNumber(source) : undefined;
}

/** Where a scenario itself is printed as JSON, it is the text that it is in the file. */
class WrittenNumber extends LosslessNumber {
  toJSON(): string {
    return this.toString();
  }
}

/** How a number is written; `undefined` when a value is none. */
export function numberText(value: unknown): string | undefined {
  if (isLosslessNumber(value)) return value.toString();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** Whether two texts are the same number: `1.0` and `1`, `1e3` and `1000`. */
export function isSameNumber(a: string, b: string): boolean {
  return compareNumber(a, b) === 0;
}

/** An object with names and values, and no number. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !isLosslessNumber(value);
}
