/** `audit`: from what was typed to a report. Everything is checked before anything is sent. */
import '../../late-optimiser.ts';
import { isAtLeast, SEVERITIES } from '../../../audit/result.ts';
import { startCallbacks, type Callbacks } from '../../../delivery/callbacks.ts';
import { createClient } from '../../../delivery/client.ts';
import { withOwnConnections, withRate } from '../../../delivery/rate.ts';
import { reach } from '../../../delivery/reach.ts';
import { planText } from '../../../report/audit/plan-text.ts';
import { problemLines } from '../../../report/problems.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { colours, stopped, type Cli, type Ending } from '../../context.ts';
import { stateFolder } from '../../settings/state.ts';
import { startStatusLine } from '../run/screen.ts';
import { journalIn, notVerified, readCa } from '../session.ts';
import { conduct, isDecided, type Conducted, type Ready } from './conduct.ts';
import { listCases } from './list.ts';
import { readyCases } from './members.ts';
import type { AuditOptions } from './options.ts';
import { openReports, type Reports } from './outputs.ts';
import { auditPlace } from './place.ts';
import { prepareAudit, type Prepared } from './prepare.ts';

/** Runs the catalogue against a handler. */
export async function runAudit(cli: Cli, options: AuditOptions): Promise<Ending> {
  const prepared = prepareAudit(cli, options);
  if (options.list) return listCases(cli, prepared, options);
  if (!prepared.ok) return stopped(prepared.problems);
  const callbacks = await openCallbacks(prepared.value, options);
  if (!callbacks.ok) return stopped(callbacks.problems);
  try {
    return await runPrepared(cli, prepared.value, { options, callbacks: callbacks.value });
  } finally {
    await callbacks.value?.close();
  }
}

/** Our listener, when a case wants one. */
async function openCallbacks(
  { cases }: Prepared,
  { oobHost }: AuditOptions,
): Promise<Result<Callbacks | undefined>> {
  if (!cases.some(({ block }) => block.oob)) return succeed(undefined);
  const [, host = '127.0.0.1', port = '0'] = /^(.*?)(?::(\d+))?$/.exec(oobHost ?? '127.0.0.1') ?? [];
  try {
    return succeed(await startCallbacks({ host, port: Number(port), open: oobHost !== undefined }));
  } catch (error) {
    const message = `cannot listen for what the handler may be talked into: ${(error as Error).message}`;
    return fail({ code: 'usage', message, fix: 'Give another port: --oob-host HOST:PORT.' });
  }
}

interface Running {
  readonly options: AuditOptions;
  readonly callbacks: Callbacks | undefined;
}

/** Builds everything, opens the reports, and only then sends. */
async function runPrepared(cli: Cli, prepared: Prepared, { options, callbacks }: Running): Promise<Ending> {
  const building = { ...prepared.building, callback: callbacks?.url, timing: { settleMs: 0, waitMs: 0 } };
  const controls = await readyCases(cli, prepared.controls, building);
  if (!controls.ok) return stopped(controls.problems);
  const cases = await readyCases(cli, prepared.cases, building);
  if (!cases.ok) return stopped(cases.problems);
  const ca = readCa(cli, prepared.settings, options);
  if (!ca.ok) return stopped(ca.problems);
  const reports = await openReports(cli, options, auditPlace(cli, prepared.settings));
  if (!reports.ok) return stopped(reports.problems);
  const left = [...prepared.left, ...cases.value.left];
  const build: Ready['build'] = async (wanted, timing) => {
    const made = await readyCases(cli, wanted, { ...building, timing });
    if (!made.ok) throw new Error('what could be built once cannot be built again');
    return made.value.cases;
  };
  const ready = { prepared: { ...prepared, left }, cases: cases.value.cases, build };
  const conducted = await send(cli, ready, { options, callbacks, ca: ca.value });
  return report(cli, conducted, { options, reports: reports.value });
}

/** How long a target that went away has to come back, in milliseconds. */
const GRACE = 3000;

async function send(
  cli: Cli,
  ready: Ready,
  { options, callbacks, ca }: Running & { readonly ca: string | undefined },
): Promise<Conducted> {
  const { prepared, cases } = ready;
  const insecure = options.insecure === true;
  const quiet = options.quiet === true;
  const rate = options.rate ?? prepared.rate;
  const warn = await tellPlan(cli, ready, { options, rate });
  const status = await startStatusLine(cli, {
    quiet,
    color: options.color,
    of: prepared.controls.length + cases.length,
  });
  const client = withRate(withOwnConnections(createClient({ ca, insecure })), rate);
  const journal = journalIn(await stateFolder(cli, prepared.settings), (problem) =>
    status.around(() => warn(problem)),
  );
  try {
    return await conduct(cli, ready, {
      options,
      sweeping: {
        ...{ settings: prepared.settings, seed: prepared.seed, insecure, workers: options.workers },
        ...{ client, journal, callbacks, live: status.live, words: prepared.audit.words },
        reach: async (target, when) =>
          reach({ ca, insecure }, target, { forMs: when === 'before' ? 0 : GRACE, signal: cli.signal }),
      },
    });
  } finally {
    status.stop();
    journal.close();
    await client.close();
  }
}

/** Says what is about to happen, on stderr; and how to warn afterwards. */
async function tellPlan(
  cli: Cli,
  ready: Ready,
  { options, rate }: { readonly options: AuditOptions; readonly rate: number },
): Promise<(problem: Problem) => void> {
  const { prepared, cases } = ready;
  const chalk = await colours(cli, 'stderr', options.color);
  const warn = (problem: Problem): void => cli.err(problemLines([problem], 'warning', chalk));
  const loud = options.insecure ? [notVerified] : [];
  for (const problem of [...loud, ...prepared.settings.warnings, ...prepared.notes]) warn(problem);
  const facts = { cases: cases.length, left: prepared.left.length, requests: requestsOf(ready), rate };
  if (!options.quiet) cli.err(planText({ ...facts, endpoints: endpointTexts(ready) }));
  return warn;
}

/** How many requests will be sent, looks at orders included. */
function requestsOf({ cases }: Ready): number {
  return cases.reduce((sum, { requests }) => sum + requests, 0);
}

function endpointTexts({ prepared }: Ready): readonly string[] {
  return [...new Set(prepared.controls.map(({ about }) => prepared.endpoints.of(about.kind.id) ?? ''))];
}

async function report(
  cli: Cli,
  { result, down }: Conducted,
  { options, reports }: { readonly options: AuditOptions; readonly reports: Reports },
): Promise<Ending> {
  const isBad = result.findings.some(({ severity }) => isAtLeast(severity, options.failOn, SEVERITIES));
  const undelivered = down !== null && !isDecided(result);
  const ending: Ending = {
    as: 'ran',
    failed: isBad || !isDecided(result),
    undelivered,
    interrupted: result.interrupted,
  };
  if (down && undelivered)
    cli.err(problemLines([unreachable(down)], 'error', await colours(cli, 'stderr', options.color)));
  const lost = reports.write(result, ending);
  return lost.length > 0 && !isBad ? stopped(lost) : ending;
}

function unreachable({ target, detail }: NonNullable<Conducted['down']>): Problem {
  return {
    code: 'no-target',
    message: `nobody answers at ${target}: ${detail}`,
    fix: 'Start the handler, and run it again. Nothing was sent.',
  };
}
