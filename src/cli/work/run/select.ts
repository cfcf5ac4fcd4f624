/** The scenarios of a suite: those that are named, less those that tags, --grep, --only-failed and --shard leave out. */
import { hasTags, shardOf, shuffled } from '../../../run/suite/select.ts';
import { seededSource } from '../../../run/source.ts';
import type { Library } from '../../../scenario/library.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Scenario } from '../../../scenario/scenario.ts';
import { suggest } from '../../../scenario/suggest.ts';
import type { RunOptions } from './options.ts';
import { scenariosFor } from './references.ts';

export interface Selecting {
  readonly library: Library;
  readonly options: RunOptions;
  readonly seed: string;
  /** The names of those that failed last time; undefined when there was no last time. */
  readonly failedBefore: () => readonly string[] | undefined;
}

/** Selects, and orders. None at all is a problem, unless that was asked for. */
export function selectScenarios(
  references: readonly string[],
  { library, options, seed, failedBefore }: Selecting,
): Result<readonly Scenario[]> {
  const named = scenariosFor(references, library);
  const all = named.ok || !isAllowedToBeEmpty(named.problems, options) ? named : succeed([]);
  if (!all.ok) return all;
  const filters = [byTag(options), byName(options), byLastRun(options, failedBefore), byShard(options)];
  let chosen = all.value;
  for (const { keep, none } of filters) {
    const kept = keep(chosen);
    const isEmptied = kept.length === 0 && chosen.length > 0;
    if (isEmptied && !options.passWithNoScenarios) return fail(none(chosen));
    chosen = kept;
  }
  return succeed(options.shuffle ? shuffled(chosen, seededSource(seed).fork('shuffle')) : chosen);
}

function isAllowedToBeEmpty(problems: readonly Problem[], { passWithNoScenarios }: RunOptions): boolean {
  return passWithNoScenarios === true && problems.every(({ code }) => code === 'nothing-selected');
}

interface Filter {
  readonly keep: (scenarios: readonly Scenario[]) => readonly Scenario[];
  /** What is wrong when none of these is kept. */
  readonly none: (scenarios: readonly Scenario[]) => Problem;
}

function byTag({ tag = [] }: RunOptions): Filter {
  return {
    keep: (scenarios) => scenarios.filter((scenario) => hasTags(scenario, tag)),
    none: (scenarios) => {
      const tags = [...new Set(scenarios.flatMap((scenario) => scenario.tags))].sort();
      const unknown = tag.map((word) => word.replace(/^!/, '')).find((word) => !tags.includes(word));
      const fix = unknown === undefined ? `Tags: ${tags.join(', ')}.` : suggest(unknown, tags);
      return nothing(`no scenario has the tags ${tag.join(',')}`, fix);
    },
  };
}

function byName({ grep }: RunOptions): Filter {
  return {
    keep: (scenarios) =>
      grep ? scenarios.filter(({ name, summary }) => grep.test(name) || grep.test(summary)) : scenarios,
    none: (scenarios) =>
      nothing(
        `no name or summary matches ${String(grep)}`,
        `There are ${scenarios.length} to choose from: \`wxnotify run --list\`.`,
      ),
  };
}

function byLastRun({ onlyFailed }: RunOptions, failedBefore: Selecting['failedBefore']): Filter {
  const failed = onlyFailed ? failedBefore() : undefined;
  return {
    keep: (scenarios) => (onlyFailed ? scenarios.filter(({ name }) => failed?.includes(name)) : scenarios),
    none: () =>
      failed === undefined
        ? nothing('--only-failed: nothing was run here before', 'Run without it once.')
        : nothing('--only-failed: none of these failed the last time', 'Run without it.'),
  };
}

function byShard({ shard }: RunOptions): Filter {
  return {
    keep: (scenarios) => (shard ? shardOf(scenarios, shard) : scenarios),
    none: ({ length }) =>
      nothing(
        `this shard is empty: there are ${length} scenarios for ${shard?.of ?? 1} shards`,
        `Use ${length} shards or less, or --pass-with-no-scenarios.`,
      ),
  };
}

function nothing(message: string, fix: string): Problem {
  return { code: 'nothing-selected', message, fix };
}
