/** `run`: from what was typed to a suite that has run. Everything is checked before anything is sent. */
import '../../late-optimiser.ts';
import type { ClientOptions } from '../../../delivery/connector.ts';
import { createClient } from '../../../delivery/client.ts';
import { reach } from '../../../delivery/reach.ts';
import type { SafeTarget } from '../../../delivery/guard.ts';
import type { ScenarioResult, SuiteEvent } from '../../../run/events.ts';
import { runSuite } from '../../../run/suite/suite.ts';
import { succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { problemLines } from '../../../report/problems.ts';
import { colours, stopped, type Cli, type Ending } from '../../context.ts';
import { createSuiteVerdict, exitStatus } from '../../exit.ts';
import { withoutSecrets } from '../../mask.ts';
import { credentialsOf } from '../../settings/credentials.ts';
import { unchosenText, unsetText } from '../../settings/references.ts';
import { journalIn, notVerified, readCa } from '../session.ts';
import type { LastRun } from './last-run.ts';
import { listSelected } from './list.ts';
import { toMembers, type Members } from './members.ts';
import type { RunOptions } from './options.ts';
import { planSuite, type Plan } from './plan.ts';
import { drawsLines, openOutputs, removeReports, type Outputs } from './outputs.ts';
import { startStatusLine } from './screen.ts';

/** Runs the scenarios that the references mean. */
export async function runScenarios(
  cli: Cli,
  references: readonly string[],
  options: RunOptions,
): Promise<Ending> {
  if (options.watch && !options.list && !isCi(cli)) {
    const { watchScenarios } = await import('./watch/watch.ts');
    return watchScenarios(cli, {
      options,
      plan: (narrowed) => planSuite(cli, references, narrowed),
      run: runPlan,
    });
  }
  if (!options.list) removeReports(cli, options);
  const plan = await planSuite(cli, references, options);
  if (!plan.ok) return stopped(plan.problems);
  return options.list ? listSelected(cli, plan.value.scenarios, options) : runPlan(cli, plan.value, options);
}

/** Nobody is there to end it: it runs once, as vitest does. */
function isCi({ env }: Cli): boolean {
  return !['', 'false', '0'].includes(env['CI'] ?? '');
}

/** Builds everything, opens the reports, and only then sends. */
async function runPlan(cli: Cli, plan: Plan, options: RunOptions): Promise<Ending> {
  const built = await buildAll(cli, plan, options);
  const ca = readCa(cli, plan.settings, options);
  if (!built.ok || !ca.ok)
    return stopped([...(built.ok ? [] : built.problems), ...(ca.ok ? [] : ca.problems)]);
  const outputs = await openOutputs(cli, options);
  if (!outputs.ok) return stopped(outputs.problems);
  return runBuilt(cli, { ...plan, members: built.value, ca: ca.value, outputs: outputs.value }, options);
}

async function buildAll(
  cli: Cli,
  { scenarios, settings, seed }: Plan,
  options: RunOptions,
): Promise<Result<Members>> {
  if (scenarios.length === 0) return succeed({ members: [], targets: [], warnings: [] });
  const credentials = credentialsOf(settings);
  const permission = {
    hosts: settings.hosts,
    yes: options.yes === true,
    hint: `${unchosenText(settings.unchosen)}${unsetText(settings.unset.target)}`,
    known: new Map<string, SafeTarget>(),
  };
  return toMembers(cli, scenarios, { settings, credentials, options, seed, permission });
}

interface Built extends Plan {
  readonly outputs: Outputs;
  readonly members: Members;
  readonly ca: string | undefined;
}

async function runBuilt(
  cli: Cli,
  { members: { members, targets, warnings }, ca, settings, seed, state, outputs, lastRun }: Built,
  options: RunOptions,
): Promise<Ending> {
  const verdict = createSuiteVerdict();
  const quiet = options.quiet === true || drawsLines(cli, options);
  const status = await startStatusLine(cli, { quiet, color: options.color, of: members.length });
  const chalk = await colours(cli, 'stderr', options.color);
  const results: Outcome[] = [];
  const emit = (event: SuiteEvent): void => {
    verdict.add(event);
    if (event.type === 'scenario-end') results.push(outcomeOf(event.result));
    status.around(() => {
      if (event.type === 'suite-warning') cli.err(problemLines([event.problem], 'warning', chalk));
      outputs.add(event);
    });
  };
  const warn = (problem: Problem): void => emit({ type: 'suite-warning', problem });
  const insecure = options.insecure === true;
  const client = createClient({ ca, insecure });
  const journal = journalIn(state, warn);
  try {
    await runSuite({
      start: { seed, target: members[0]?.facts.target ?? '', insecure, ...startOf(options) },
      members,
      targets,
      retries: options.retries,
      bail: options.bail,
      reach: createReach(cli, options, { ca, insecure }),
      warnings: [...(insecure ? [notVerified] : []), ...settings.warnings, ...warnings],
      client,
      journal,
      mask: cli.mask,
      signal: cli.signal,
      env: withoutSecrets(cli, settings.env),
      cwd: cli.cwd,
      emit,
      live: status.live,
    });
  } finally {
    status.stop();
    journal.close();
    await client.close();
  }
  const forgotten = noteRun(lastRun, results);
  if (forgotten) cli.err(problemLines([forgotten], 'warning', chalk));
  return lastWord(cli, verdict.ending(), outputs.close());
}

/** A report that somebody waits for, and that could not be written, is no success. */
async function lastWord(cli: Cli, ending: Ending, lost: readonly Problem[]): Promise<Ending> {
  if (lost.length === 0) return ending;
  if (exitStatus(ending) === 0) return stopped(lost);
  cli.err(problemLines(lost, 'error', await colours(cli, 'stderr')));
  return ending;
}

function startOf({ workers, shard }: RunOptions): {
  readonly workers: number;
  readonly shard: string | null;
} {
  return { workers, shard: shard ? `${shard.index}/${shard.of}` : null };
}

/** How long a target that went away has to come back, unless --wait says, in milliseconds. */
const GRACE = 1000;

function createReach(
  cli: Cli,
  { wait, quiet }: RunOptions,
  client: ClientOptions,
): Parameters<typeof runSuite>[0]['reach'] {
  const { isTTY } = cli.streams.stderr;
  return async (target, when) => {
    const forMs = wait ?? (when === 'before' ? 0 : GRACE);
    let told = 0;
    const onRetry = (detail: string, ms: number): void => {
      if (quiet || wait === undefined) return;
      const text = `waiting for ${target.url.origin}: ${detail}`;
      if (isTTY) cli.err(`\r\u001b[K${text} (${Math.floor(ms / 1000)} s of ${Math.round(forMs / 1000)} s)`);
      else if (told === 0) cli.err(`${text}, for ${forMs / 1000} s at most\n`);
      told++;
    };
    const wrong = await reach(client, target, { forMs, signal: cli.signal, onRetry });
    if (told > 0 && isTTY) cli.err('\r\u001b[K');
    return wrong && forMs > GRACE
      ? { ...wrong, detail: `${wrong.detail} (tried for ${forMs / 1000} s)` }
      : wrong;
  };
}

interface Outcome {
  readonly name: string;
  readonly status: ScenarioResult['status'];
}

function outcomeOf({ scenario, status }: ScenarioResult): Outcome {
  return { name: scenario.name, status };
}

function noteRun(lastRun: LastRun, results: readonly Outcome[]): Problem | undefined {
  const ran = results.filter(({ status }) => status !== 'skipped');
  const failed = ran.filter(({ status }) => status === 'failed' || status === 'undelivered');
  const names = (of: readonly Outcome[]): readonly string[] => [...new Set(of.map(({ name }) => name))];
  return lastRun.note({ ran: names(ran), failed: names(failed) });
}
