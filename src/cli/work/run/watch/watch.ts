/** `run --watch`: runs, and runs again what changes, or what a key asks for, until somebody quits. */
import { setMaxListeners } from 'node:events';
import { problemLines } from '../../../../report/problems.ts';
import { succeed, type Result } from '../../../../scenario/problem.ts';
import type { Scenario } from '../../../../scenario/scenario.ts';
import { colours, stopped, type Cli, type Ending } from '../../../context.ts';
import { exitStatus } from '../../../exit.ts';
import type { RunOptions } from '../options.ts';
import type { Plan } from '../plan.ts';
import { watchedPaths, watchFiles } from './files.ts';
import { KEYS_HELP, listenForKeys } from './keys.ts';
import { createWishes, type Wish } from './wishes.ts';

export interface Watching {
  readonly options: RunOptions;
  /** Selects anew: files may have changed, and may be wrong at the moment. */
  readonly plan: (options: RunOptions) => Promise<Result<Plan>>;
  readonly run: (cli: Cli, plan: Plan, options: RunOptions) => Promise<Ending>;
}

/** What narrows the selection until `a` is pressed. */
interface Filters {
  readonly onlyFailed: boolean;
  readonly name: RegExp | undefined;
  readonly file: RegExp | undefined;
}

const NONE: Filters = { onlyFailed: false, name: undefined, file: undefined };

/** Watches until somebody quits; ends as the last run did. */
export async function watchScenarios(cli: Cli, { options, plan, run }: Watching): Promise<Ending> {
  const wishes = createWishes(cli.signal);
  const files = watchFiles((file) => wishes.add({ what: 'changed', files: [file] }));
  const keys = listenForKeys(cli, wishes);
  const quit = AbortSignal.any([cli.signal, wishes.quit]);
  setMaxListeners(0, quit); // every delivery in flight listens
  const inner = withSignal(cli, quit);
  let ending: Ending | undefined;
  let filters = NONE;
  try {
    for (let wish: Wish = { what: 'again' }; wish.what !== 'quit'; wish = await wishes.next()) {
      filters = nextFilters(filters, wish);
      const narrowed = { ...options, ...(filters.onlyFailed && { onlyFailed: true as const }) };
      const all = await plan(narrowed);
      if (all.ok) files.watch(watchedPaths(all.value));
      const chosen = all.ok ? succeed(concerned(all.value, wish, filters)) : all;
      const now = await runOnce(inner, chosen, (one) => run(inner, one, narrowed));
      ending = now ?? ending;
      if (!wishes.quit.aborted) await announce(cli, now, filters);
    }
  } finally {
    keys.stop();
    await files.close();
  }
  if (cli.signal.aborted) return { as: 'ran', failed: false, undelivered: false, interrupted: true };
  return ending ?? stopped([]);
}

function nextFilters(filters: Filters, wish: Wish): Filters {
  switch (wish.what) {
    case 'all':
      return NONE;
    case 'failed':
      return { ...filters, onlyFailed: true };
    case 'name':
    case 'file':
      return { ...filters, onlyFailed: false, [wish.what]: wish.matches };
    case 'changed':
      return { ...filters, onlyFailed: false };
    default:
      return filters;
  }
}

/** Of what is selected, what the filters leave; after a change, what the change has to do with. */
function concerned(plan: Plan, wish: Wish, { name, file }: Filters): Plan {
  const isLeft = (scenario: Scenario): boolean =>
    (name?.test(scenario.name) ?? true) && (file?.test(scenario.file) ?? true);
  const left = plan.scenarios.filter(isLeft);
  if (wish.what !== 'changed' || wish.files.some((one) => plan.settingsFiles.includes(one)))
    return { ...plan, scenarios: left };
  const isChanged = ({ sources }: Scenario): boolean => sources.some((one) => wish.files.includes(one));
  return { ...plan, scenarios: left.filter(isChanged) };
}

/** Runs what is left, when anything is. */
async function runOnce(
  cli: Cli,
  plan: Result<Plan>,
  run: (plan: Plan) => Promise<Ending>,
): Promise<Ending | undefined> {
  if (plan.ok && plan.value.scenarios.length === 0) return undefined;
  const ending = plan.ok ? await run(plan.value) : stopped(plan.problems);
  if (ending.as === 'problems') cli.err(problemLines(ending.problems, 'error', await colours(cli, 'stderr')));
  return ending;
}

async function announce(cli: Cli, ending: Ending | undefined, filters: Filters): Promise<void> {
  const chalk = await colours(cli, 'stderr');
  const isGood = ending !== undefined && exitStatus(ending) === 0;
  const label = isGood ? chalk.bgGreen.black.bold(' PASS ') : chalk.bgRed.white.bold(' FAIL ');
  const narrowing = [
    filters.onlyFailed ? 'only failed' : '',
    filters.name ? `names ${String(filters.name)}` : '',
    filters.file ? `files ${String(filters.file)}` : '',
  ].filter((text) => text !== '');
  const shown = narrowing.length > 0 ? chalk.dim(`  (${narrowing.join(', ')})`) : '';
  const keys = cli.streams.stdin.isTTY ? `  ${chalk.dim(KEYS_HELP)}` : '';
  const state = ending === undefined ? chalk.dim('nothing to run,') : label;
  cli.err(`\n${state} waiting for changes…${shown}${keys}\n`);
}

/** The same, but that it ends with another signal. */
function withSignal(cli: Cli, signal: AbortSignal): Cli {
  return Object.defineProperty(Object.create(cli) as Cli, 'signal', { value: signal });
}
