/** A scenario file, with what it includes and what its folders say → its scenarios: one, or one a row. */
import { notAScenario, toScenario } from '../check/validate.ts';
import { collect, fail, succeed, type Place, type Problem, type Result } from '../problem.ts';
import type { Scenario } from '../scenario.ts';
import { suggest } from '../suggest.ts';
import { parseYaml, type YamlFile } from '../yaml/yaml.ts';
import { compose, isMapping } from './compose.ts';
import { withDefaults } from './defaults.ts';
import { readFolders, type Folder } from './folders.ts';
import { withIncludes } from './includes.ts';
import { rowNames } from './row-names.ts';
import { readRows, type Row } from './rows.ts';
import { substituted } from './substitute.ts';
import { toldOnce, type Finding } from '../check/told-once.ts';
import { inOrder } from '../fill/var-order.ts';

/** A scenario file that was found and read. */
export interface ScenarioSource {
  readonly text: string;
  /** The file as messages name it. */
  readonly file: string;
  /** The scenario's name. */
  readonly name: string;
  /** What finds it from the working directory. */
  readonly reference: string;
  /** The file, absolute. */
  readonly path: string;
  /** The folders that have a say in it, the outermost first. */
  readonly folders: readonly string[];
  /** What the names of other files are relative to in messages. */
  readonly cwd: string;
  /** The name of the only row that is wanted. */
  readonly row?: string;
}

/** Reads every scenario of a file, or the one of a row. */
export function readScenarios(source: ScenarioSource): Result<readonly Scenario[]> {
  const parts = readParts(source);
  if (!parts.ok) return parts;
  const variants = variantsOf(parts.value, source);
  if (!variants.ok) return variants;
  const read = variants.value.map((variant) => ({ ...variant, result: readVariant(variant, parts.value) }));
  const findings = read.map(({ name, result }): Finding => {
    const { filled, scenario } = result;
    return {
      scenario: name,
      problems: scenario.ok ? [] : scenario.problems,
      isOfRow: ({ at }) => filled.some((place) => isSame(place, at)),
    };
  });
  return collect(toldOnce(findings), () =>
    read.flatMap(({ result: { scenario } }) => (scenario.ok ? [scenario.value] : [])),
  );
}

/** All that a file’s scenarios are made of. */
interface Parts {
  readonly yaml: YamlFile;
  readonly folders: readonly Folder[];
  readonly rows: readonly Row[] | undefined;
  readonly family: string;
  readonly reference: string;
  readonly sources: readonly string[];
}

function readParts(source: ScenarioSource): Result<Parts> {
  const { text, file, name, reference, path, folders: dirs, cwd } = source;
  const yaml = parseYaml(text, file);
  if (!yaml.ok) return yaml;
  if (!isMapping(yaml.value.value)) return fail(notAScenario(yaml.value));
  const folders = readFolders(dirs, cwd);
  const included = withIncludes(yaml.value, { path, cwd });
  const rows = readRows(yaml.value, { path, cwd });
  if (!(folders.ok && included.ok && rows.ok)) {
    const problems = [folders, included, rows].flatMap((result) => (result.ok ? [] : result.problems));
    const [first = notAScenario(yaml.value), ...rest] = problems;
    return fail(first, ...rest);
  }
  const others = folders.value.map((folder) => folder.path);
  return succeed({
    yaml: included.value.yaml,
    folders: folders.value,
    rows: rows.value.rows,
    family: name,
    reference,
    sources: [...new Set([path, ...others, ...included.value.sources, ...rows.value.sources])],
  });
}

interface Variant {
  readonly name: string;
  readonly row: Row | undefined;
}

function variantsOf({ rows, family }: Parts, { row: wanted }: ScenarioSource): Result<readonly Variant[]> {
  const names = rows && rowNames(rows);
  const all = rows?.map((row, index) => ({ name: `${family}[${names?.[index] ?? ''}]`, row }));
  if (wanted === undefined) return succeed(all ?? [{ name: family, row: undefined }]);
  const found = all?.find(({ name }) => name === `${family}[${wanted}]`);
  return found ? succeed([found]) : fail(unknownRow(family, wanted, names));
}

function unknownRow(family: string, wanted: string, names: readonly string[] | undefined): Problem {
  return {
    code: 'unknown-scenario',
    message: names ? `${family} has no row \`${wanted}\`` : `${family} has no rows: it is one scenario`,
    fix: names ? suggest(wanted, names) : `Name it without brackets: \`${family}\`.`,
  };
}

interface ReadVariant {
  readonly scenario: Result<Scenario>;
  /** Where values of the row were filled in. */
  readonly filled: readonly Place[];
}

function readVariant({ name, row }: Variant, { yaml, folders, ...parts }: Parts): ReadVariant {
  const filled: Place[] = [];
  const ofRow = (file: YamlFile): YamlFile => (row ? substituted(file, row, filled) : file);
  const cells = [...(row?.cells ?? [])].map(([variable, cell]) => ({ ...cell, at: ['vars', variable] }));
  const own = compose(ofRow(yaml), cells);
  const innerFirst = [...folders].reverse();
  const complete = innerFirst.reduce((file, { defaults }) => withDefaults(file, ofRow(defaults)), own);
  const read = toScenario(complete, name);
  if (!read.ok) return { scenario: read, filled };
  const rows = new Set(row?.cells.keys());
  const merged = cells.length > 0 || folders.length > 0;
  const vars = merged ? inOrder(read.value.vars) : read.value.vars;
  const { family, reference, sources } = parts;
  const defaults = new Set(folders.map((folder) => folder.defaults.file));
  const isDefault: Scenario['isDefault'] = (path) => defaults.has(complete.place(path).file);
  const scenario = { ...read.value, vars, rows, family, reference, sources, isDefault };
  return { scenario: collect(capturedRows(scenario), () => scenario), filled };
}

/** A row’s value is the same from the first step to the last. */
function capturedRows({ steps, rows, place }: Scenario): readonly Problem[] {
  return steps.flatMap((step) =>
    (step.does === 'notify' ? [] : step.captures)
      .filter(({ name }) => rows.has(name))
      .map(({ name }): Problem => ({
        code: 'bad-value',
        at: place([...step.path, 'capture', name], 'key'),
        message: `${name} is a value of the row, and cannot be captured`,
        fix: 'Give one of the two another name.',
      })),
  );
}

function isSame(place: Place, at: Place | undefined): boolean {
  return place.file === at?.file && place.line === at.line && place.col === at.col;
}
