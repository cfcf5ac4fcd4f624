/** The values of a row, filled in before the file is checked: so they can stand where no template could. */
import { onlyName } from '../fill/template.ts';
import { isRecord, numberText } from '../fill/json.ts';
import { PATTERN } from '../schema/schema-parts.ts';
import type { Place } from '../problem.ts';
import type { Path, YamlFile } from '../yaml/yaml.ts';
import { valueAt } from './compose.ts';
import type { Row } from './rows.ts';

/** These hold values, and are no place for them: variables are filled in later, as always. */
const LEFT = ['vars', 'matrix', 'cases'];

/** The file with a row’s values in it; `filled` gets the places of the texts that they became a part of. */
export function substituted(yaml: YamlFile, row: Row, filled: Place[]): YamlFile {
  const values = new Map([...row.cells].map(([name, cell]) => [name, valueAt(cell.yaml, cell.from)]));
  const exact = new Map([...row.cells].map(([name, { yaml: file, from }]) => [name, file.exact(from)]));
  const told = (path: Path): void => void filled.push(yaml.place(path));
  return {
    ...yaml,
    value: mapTexts(yaml.value, [], (text, path) => filledIn(text, values, () => told(path))),
    exact: (path) => mapTexts(yaml.exact(path), path, (text) => filledIn(text, exact, () => undefined)),
  };
}

function mapTexts(value: unknown, path: Path, change: (text: string, path: Path) => unknown): unknown {
  if (LEFT.includes(String(path[0]))) return value;
  if (typeof value === 'string') return change(value, path);
  if (Array.isArray(value)) return value.map((item, index) => mapTexts(item, [...path, index], change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, mapTexts(item, [...path, key], change)]),
  );
}

/** A text that is one name becomes the value, of its type. What is left is filled in when the scenario is prepared. */
function filledIn(text: string, values: ReadonlyMap<string, unknown>, tell: () => void): unknown {
  const only = onlyName(text);
  if (only !== undefined) {
    const value = values.get(only);
    if (value === undefined || hasTemplates(value)) return text;
    tell();
    return value;
  }
  if (PATTERN.test(text)) return text; // there a value stands for itself
  return text.replace(/\$\$\{|\$\{([^}]*)\}/g, (whole, name: string | undefined) => {
    const value = name === undefined ? undefined : values.get(name.trim());
    if (value === undefined || hasTemplates(value)) return whole;
    tell();
    return typeof value === 'string' ? value : (numberText(value) ?? JSON.stringify(value));
  });
}

/** Such a value is filled in once, as a variable, and not anew wherever it stands. */
function hasTemplates(value: unknown): boolean {
  return typeof value === 'string' && /\$(\{|$)/.test(value);
}
