/** A file made of parts of others. Each value keeps the place where it is written, and numbers as they are written. */
import type { Path, YamlFile } from '../yaml/yaml.ts';

/** What stands somewhere in one file, put somewhere in another. */
export interface Part {
  readonly at: Path;
  readonly yaml: YamlFile;
  readonly from: Path;
}

/** The file with these parts in it; a part replaces what stands at its place. `exact` is for paths at or below a part. */
export function compose(base: YamlFile, parts: readonly Part[]): YamlFile {
  if (parts.length === 0) return base;
  const longestFirst = [...parts].reverse().sort((a, b) => b.at.length - a.at.length);
  const origin = (path: Path): readonly [YamlFile, Path] => {
    const part = longestFirst.find(({ at }) => at.every((step, index) => step === path[index]));
    return part ? [part.yaml, [...part.from, ...path.slice(part.at.length)]] : [base, path];
  };
  return {
    ...base,
    value: parts.reduce((value, { at, yaml, from }) => withValue(value, at, valueAt(yaml, from)), base.value),
    place: (path, key) => {
      const [yaml, from] = origin(path);
      return yaml.place(from, key);
    },
    exact: (path) => {
      const [yaml, from] = origin(path);
      return yaml.exact(from);
    },
  };
}

/** What stands below a path, as a file of its own. */
export function below(yaml: YamlFile, root: Path): YamlFile {
  return {
    ...yaml,
    value: valueAt(yaml, root),
    place: (path, key) => yaml.place([...root, ...path], key),
    exact: (path) => yaml.exact([...root, ...path]),
  };
}

/** The value at a path. */
export function valueAt({ value }: YamlFile, path: Path): unknown {
  return path.reduce<unknown>((parent, step) => (isContainer(parent) ? parent[step] : undefined), value);
}

/** Whether a value is a mapping. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return isContainer(value) && !Array.isArray(value);
}

function isContainer(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return value !== null && typeof value === 'object';
}

/** A copy with another value at a path. Where something else stands in the way, it stays: it is told as what it is. */
function withValue(target: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const container = target ?? (typeof step === 'number' ? [] : {});
  if (!isContainer(container) || Array.isArray(container) !== (typeof step === 'number')) return target;
  const inner = withValue(container[step], rest, value);
  return Array.isArray(container)
    ? Object.assign([...(container as unknown[])], { [step]: inner })
    : { ...container, [step]: inner };
}
