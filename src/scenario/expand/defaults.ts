/** What a folder says goes to where the scenario does not say it itself. */
import type { Field } from '../../protocol/dialect.ts';
import { allKinds, isV3Id } from '../../protocol/all-kinds.ts';
import { rowOf } from '../../protocol/notification.ts';
import { MOST_RACERS } from '../scenario.ts';
import { EXCLUDES } from '../check/repeats.ts';
import { namesIn } from '../fill/template.ts';
import type { Path, YamlFile } from '../yaml/yaml.ts';
import { compose, isMapping, valueAt, type Part } from './compose.ts';
import { isField } from './folders.ts';

type Mapping = Readonly<Record<string, unknown>>;

/** The scenario with the defaults of a folder. */
export function withDefaults(yaml: YamlFile, defaults: YamlFile): YamlFile {
  const steps = notifications(yaml);
  return compose(yaml, [
    ...addedTags(yaml, defaults),
    ...usedVars(yaml, defaults),
    ...(has(yaml.value, 'serial') || !has(defaults.value, 'serial')
      ? []
      : [part(defaults, ['serial'], ['serial'])]),
    ...steps.flatMap((at) => stepParts(yaml, defaults, at)),
  ]);
}

function part(yaml: YamlFile, from: Path, at: Path): Part {
  return { yaml, from, at };
}

function has(value: unknown, key: string): boolean {
  return isMapping(value) && Object.hasOwn(value, key);
}

function mappingAt(yaml: YamlFile, path: Path): Mapping {
  const value = valueAt(yaml, path);
  return isMapping(value) ? value : {};
}

/** The variables that the scenario has not, and that say something in it: others may need what it has not. */
function usedVars(yaml: YamlFile, defaults: YamlFile): readonly Part[] {
  const own = mappingAt(yaml, ['vars']);
  const given = mappingAt(defaults, ['vars']);
  const used = new Set<string>();
  const use = (name: string): void => {
    if (used.has(name) || !Object.hasOwn(given, name) || Object.hasOwn(own, name)) return;
    used.add(name);
    for (const other of namesWithin(given[name])) use(other);
  };
  for (const name of [...namesWithin(yaml.value), ...Object.keys(given).filter(isField)]) use(name);
  return [...used].map((name) => part(defaults, ['vars', name], ['vars', name]));
}

/** The names that are looked up anywhere in a value, keys included. */
function namesWithin(value: unknown): readonly string[] {
  if (typeof value === 'string') return namesIn(value);
  if (Array.isArray(value)) return value.flatMap(namesWithin);
  return isMapping(value) ? Object.entries(value).flat().flatMap(namesWithin) : [];
}

/** Tags are added behind the scenario’s own. */
function addedTags(yaml: YamlFile, defaults: YamlFile): readonly Part[] {
  const own = valueAt(yaml, ['tags']) ?? [];
  const added = valueAt(defaults, ['tags']) ?? [];
  if (!Array.isArray(own) || !Array.isArray(added)) return [];
  return added
    .map((tag: unknown, index) => ({ tag, index }))
    .filter(({ tag }) => !own.includes(tag))
    .map(({ index }, count) => part(defaults, ['tags', index], ['tags', own.length + count]));
}

/** Where notifications stand: the whole file, a step, or a member of a group. */
function notifications({ value }: YamlFile): readonly Path[] {
  if (!has(value, 'steps')) return [[]];
  return within(value, 'steps', []).flatMap(({ item, at }) => [
    ...(has(item, 'notify') ? [at] : []),
    ...within(item, 'parallel', at).map((member) => member.at),
    ...within(item, 'steps', at).map((member) => member.at),
  ]);
}

function within(value: unknown, key: string, base: Path): readonly { item: unknown; at: Path }[] {
  const list = isMapping(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.map((item: unknown, index) => ({ item, at: [...base, key, index] })) : [];
}

function stepParts(yaml: YamlFile, defaults: YamlFile, at: Path): readonly Part[] {
  const step = mappingAt(yaml, at);
  const all = mappingAt(defaults, []);
  const plain = Object.keys(all)
    .filter((key) => !NOT_PLAIN.includes(key) && fits(key, step, all))
    .map((key) => part(defaults, [key], [...at, key]));
  const varied = fits('vary', step, all) ? variedPaths(all['vary'], step['notify']) : [];
  const vary = varied.map((path, index) => part(defaults, ['vary', ...path], [...at, 'vary', ...path.map(() => index)])); // prettier-ignore
  const fields = mappingKeys(step, 'fields', all)
    .filter((name) => hasField(step['notify'], name))
    .map((name) => part(defaults, ['fields', name], [...at, 'fields', name]));
  const expected = mappingKeys(step, 'expect', all)
    .filter((name) => isExpectable(name, step, all))
    .map((name) => part(defaults, ['expect', name], [...at, 'expect', name]));
  return [...plain, ...vary, ...fields, ...expected];
}

/** Of a name, or of a list of names, those that are generated in messages of this kind. */
function variedPaths(vary: unknown, kind: unknown): readonly Path[] {
  if (!Array.isArray(vary)) return isMade(kind, vary) ? [[]] : [];
  return vary.flatMap((name: unknown, index) => (isMade(kind, name) ? [[index]] : []));
}

/** What is merged, or is not a step’s. */
const NOT_PLAIN = ['tags', 'vars', 'serial', 'fields', 'expect', 'vary'];

/** What the defaults have in a mapping, and the step has not. */
function mappingKeys(step: Mapping, key: string, all: Mapping): readonly string[] {
  const own = step[key] ?? {};
  const given = all[key];
  if (!isMapping(own) || !isMapping(given)) return [];
  return Object.keys(given).filter((name) => !Object.hasOwn(own, name));
}

/** Whether the step leaves room for a default: `concurrency` means nothing beside its `race`. */
function fits(key: string, step: Mapping, all: Mapping): boolean {
  if (Object.hasOwn(step, key)) return false;
  if (key === 'speed') return isThere('schedule', step, all);
  if (key === 'sign_type') return !isV3Id(String(step['notify'])); // it has one algorithm
  if (!leavesRace(key, step, all)) return false;
  return Object.entries(EXCLUDES).every(([word, { others }]) => {
    const excluded: readonly string[] = others;
    if (excluded.includes(key)) return !isOn(step[word]);
    return word !== key || excluded.every((other) => !isOn(step[other]));
  });
}

/** Whether the step will have this key, of its own or by default. */
function isThere(key: string, step: Mapping, all: Mapping): boolean {
  return isOn(step[key]) || (isOn(all[key]) && fits(key, step, all));
}

/** A race is of so many, and nobody knows which copy of it is the first. */
function leavesRace(key: string, step: Mapping, all: Mapping): boolean {
  if (key === 'times') return !isOn(step['race']) || isRaceOf(all['times']);
  if (key !== 'race' && key !== 'schedule') return true;
  if (has(step['expect'], 'first')) return false;
  return key === 'schedule' || !Object.hasOwn(step, 'times') || isRaceOf(step['times']);
}

function isRaceOf(times: unknown): boolean {
  return typeof times === 'number' && times > 1 && times <= MOST_RACERS;
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== false;
}

function hasField(kind: unknown, name: string): boolean {
  return rowIn(kind, name) !== undefined;
}

/** Whether it is generated, and can be made again. What is no name is left to the check. */
function isMade(kind: unknown, name: unknown): boolean {
  return typeof name === 'string' && rowIn(kind, name)?.make !== undefined;
}

function rowIn(kind: unknown, name: string): Field | undefined {
  const known = Object.values(allKinds).find(({ id }) => id === kind);
  return known && rowOf(known, name);
}

/** What says when, and not what, is answered. */
const TIMES = ['within', 'p99', 'consistent'];

/** What must be accepted says nothing of what must be refused; and a step that says one of two says enough. */
function isExpectable(name: string, step: Mapping, all: Mapping): boolean {
  if (name === 'acknowledged_by' && !isThere('schedule', step, all)) return false;
  if (name === 'first' && ['race', 'schedule'].some((key) => isThere(key, step, all))) return false;
  if (Object.hasOwn(step, 'tamper')) return TIMES.includes(name);
  const own = isMapping(step['expect']) ? step['expect'] : {};
  const instead: Readonly<Record<string, readonly string[]>> = { ack: ['acks', 'status'], acks: ['ack'] };
  return !(instead[name] ?? []).some((other) => Object.hasOwn(own, other));
}
