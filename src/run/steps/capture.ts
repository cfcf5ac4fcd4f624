/** Variables out of what came back. */
import { query } from 'jsonpath-rfc9535';
import { xmlPath } from '../../protocol/v2/xml-path.ts';
import type { Capture } from '../../scenario/scenario.ts';
import { PATTERN } from '../../scenario/schema-parts.ts';
import type { Reason } from '../events.ts';
import { TOO_SLOW, withinLimit } from '../match.ts';
import type { CapturedValue } from '../prepared.ts';

/** What a variable can be taken from. */
export interface Material {
  readonly body: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

export interface Captured {
  readonly values: ReadonlyMap<string, CapturedValue>;
  /** Variables that nothing was found for. */
  readonly reasons: readonly Reason[];
}

/** Takes every variable out of what came back. */
export function captureAll(captures: readonly Capture[], material: Material): Captured {
  const values = new Map<string, CapturedValue>();
  const reasons: Reason[] = [];
  for (const { name, from, what } of captures) {
    const found = withinLimit(() => sources[from](what, material));
    if (found.done && found.value) values.set(name, found.value);
    else {
      const actual = found.done ? 'nothing there' : TOO_SLOW;
      reasons.push({ code: 'capture', name, expected: what, actual });
    }
  }
  return { values, reasons };
}

type Find = (what: string, material: Material) => CapturedValue | undefined;

const sources: Readonly<Record<Capture['from'], Find>> = {
  json: (path, { body }) => jsonValue(jsonAt(body, path)),
  header: (name, { headers }) => textValue(headers[name.toLowerCase()]?.toString()),
  xml: (path, { body }) => textValue(xmlPath(body, path)),
  regex: (pattern, { body }) => {
    const [, source = '', flags] = PATTERN.exec(pattern) ?? [];
    const found = new RegExp(source, flags?.replace('g', '')).exec(body);
    return textValue(found?.[1] ?? found?.[0]);
  },
  stdout: (_, { body }) => textValue(body.trim()),
};

/** The value at a JSONPath (RFC 9535); several as a list; `undefined` when nothing is there, or it is no JSON. */
export function jsonAt(body: string, path: string): unknown {
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    return undefined;
  }
  const found = query(document as never, path) as readonly unknown[];
  return found.length > 1 ? found : found[0];
}

function jsonValue(value: unknown): CapturedValue | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { text: value, typed: false };
  return { text: JSON.stringify(value), typed: true };
}

function textValue(text: string | undefined): CapturedValue | undefined {
  return text === undefined ? undefined : { text, typed: false };
}
