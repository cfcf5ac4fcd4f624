/** Variables out of what came back. */
import { xmlPath } from '../../protocol/v2/xml-path.ts';
import { Pattern, readExpected } from '../../scenario/fill/pattern.ts';
import type { Capture } from '../../scenario/scenario.ts';
import type { Reason } from '../events.ts';
import { TOO_SLOW, withinLimit } from '../match.ts';
import type { CapturedValue } from '../prepare/prepared.ts';
import { jsonText } from '../same-json.ts';
import { createFinder, type FoundJson } from './json-at.ts';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a variable can be taken from. */
export interface Material {
  readonly body: string;
  readonly headers: Headers;
  /** What is at a JSONPath of the body. */
  readonly json: (path: string) => FoundJson;
}

/** Makes material of what came back. */
export function materialOf(body: string, headers: Headers = {}, truncated = false): Material {
  return { body, headers, json: createFinder({ body, truncated }) };
}

/** A header by its name. Every object inherits functions under some names: those are none. */
export function headerOf({ headers }: Pick<Material, 'headers'>, name: string): string | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(headers, lower) ? headers[lower]?.toString() : undefined;
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
    if (!found.done) reasons.push({ code: 'capture', name, expected: what, actual: TOO_SLOW });
    else if (typeof found.value === 'string')
      reasons.push({ code: 'capture', name, expected: what, actual: found.value });
    else values.set(name, found.value);
  }
  return { values, reasons };
}

/** The value, or why there is none. */
type Find = (what: string, material: Material) => CapturedValue | string;

const sources: Readonly<Record<Capture['from'], Find>> = {
  json: (path, { json }) => {
    const found = json(path);
    if (!found.ok) return found.why;
    const { value, several } = found;
    if (several && value.length === 0) return NOTHING;
    return { text: jsonText(value), typed: typeof value !== 'string' };
  },
  header: (name, material) => textValue(headerOf(material, name)),
  xml: (path, { body }) => textValue(xmlPath(body, path)),
  regex: (pattern, { body }) => {
    const expected = readExpected(pattern);
    const found = expected instanceof Pattern ? expected.toRegExp().exec(body) : null;
    return textValue(found && found.length > 1 ? found[1] : found?.[0]);
  },
  stdout: (_, { body }) => textValue(body.trim()),
};

const NOTHING = 'nothing there';

function textValue(text: string | undefined): CapturedValue | string {
  return text === undefined ? NOTHING : { text, typed: false };
}
