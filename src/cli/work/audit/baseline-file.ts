/** `--baseline FILE`: what it says, and what is wrong with it where it stands. */
import path from 'node:path';
import * as v from 'valibot';
import type { BaselineEntry } from '../../../audit/baseline.ts';
import { explainIssues } from '../../../scenario/check/issue.ts';
import { collect, fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { readText, shownPath } from '../../../scenario/read-file.ts';
import { suggest } from '../../../scenario/suggest.ts';
import { parseYaml, type YamlFile } from '../../../scenario/yaml/yaml.ts';

const name = v.pipe(v.string(), v.description('The name of a case: hostile/value/wrong-appid'));
const reason = v.pipe(
  v.string(),
  v.check((text) => text.trim() !== '', 'a text'),
  v.description('Why it is accepted, for whoever reads it later'),
);
const day = v.pipe(
  v.string(),
  v.check(isDay, 'a day, as 2027-01-31'),
  v.description('The last day on which it is accepted, as 2027-01-31'),
);

const baseline = v.strictObject({
  accepted: v.array(v.strictObject({ case: name, reason, until: day })),
});

/** What a file is read with. */
export interface BaselineReading {
  readonly cwd: string;
  /** The full name of every case that there is. */
  readonly known: readonly string[];
}

/** Reads a baseline. Names may be last parts of names, as `--case` takes them. */
export function readBaseline(
  file: string,
  { cwd, known }: BaselineReading,
): Result<readonly BaselineEntry[]> {
  const full = path.resolve(cwd, file);
  const text = readText({ path: full, file: shownPath(full, cwd) });
  if (!text.ok) return text;
  const yaml = parseYaml(text.value, shownPath(full, cwd));
  if (!yaml.ok) return yaml;
  if (yaml.value.value === null) return succeed([]);
  const parsed = v.safeParse(baseline, yaml.value.value);
  if (!parsed.success) return fail(...explainIssues(parsed.issues, baseline, yaml.value));
  const entries = parsed.output.accepted.map((entry, index) => ({
    ...entry,
    place: yaml.value.place(['accepted', index, 'case']),
    names: namesOf(entry.case, known),
  }));
  const problems = [
    ...entries.flatMap((entry) => unknown(entry, known)),
    ...entries.flatMap((entry, index) => twice(entry, entries.slice(0, index))),
  ];
  return collect(problems, () =>
    entries.map(({ names, reason: why, until, place }) => ({
      ...{ case: names[0] ?? '', reason: why.trim(), until, place },
    })),
  );
}

function namesOf(text: string, known: readonly string[]): readonly string[] {
  return known.includes(text) ? [text] : known.filter((one) => one.endsWith(`/${text}`));
}

interface Named {
  readonly case: string;
  readonly place: ReturnType<YamlFile['place']>;
  readonly names: readonly string[];
}

function unknown({ case: text, place, names }: Named, known: readonly string[]): readonly Problem[] {
  if (names.length === 1) return [];
  if (names.length === 0)
    return [
      {
        code: 'unknown-scenario',
        at: place,
        message: `there is no case \`${text}\``,
        fix: suggest(text, text.includes('/') ? known : [...known, ...known.map(lastPart)]),
      },
    ];
  return [
    {
      code: 'ambiguous',
      at: place,
      message: `\`${text}\` is the last part of several names`,
      fix: `Write one of them in full: ${names.join(', ')}.`,
    },
  ];
}

function twice({ place, names: [full] }: Named, before: readonly Named[]): readonly Problem[] {
  const first = before.find((other) => full !== undefined && other.names[0] === full);
  if (!first) return [];
  return [
    {
      code: 'bad-value',
      at: place,
      message: `\`${full ?? ''}\` is accepted a second time`,
      fix: `Keep one of the two: the first is in line ${first.place.line}.`,
    },
  ];
}

function lastPart(full: string): string {
  return path.posix.basename(full);
}

/** A day that there is: no 30th of February. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
