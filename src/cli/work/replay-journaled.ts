/** A delivery out of the journal, sent again. */
import { holderOf } from '../../delivery/claim.ts';
import { readJournal, type JournalRecord } from '../../delivery/journal.ts';
import type { SafeTarget } from '../../delivery/guard.ts';
import type { RunnableStep, Sendable } from '../../run/sendable.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { suggest } from '../../scenario/suggest.ts';
import { stopped, type Cli, type Ending } from '../context.ts';
import type { SendingOptions } from '../options.ts';
import { toSendable, type ReplayOptions } from './journaled.ts';
import { resignerOf } from './resign-journaled.ts';
import { interruptedSchedule, type Interrupted } from './resume.ts';
import { wrongSending } from './sending.ts';
import { readCa, runSession } from './session.ts';
import { readSettings } from '../settings/settings.ts';
import { stateFolder, journalNotices } from '../settings/state.ts';
import { safeTarget, targetWarnings } from './target.ts';

/** Sends the latest delivery of the journal again, or the one with this id. */
export async function replayJournaled(cli: Cli, options: ReplayOptions): Promise<Ending> {
  const wrong = options.resume ? undefined : wrongSending(options);
  const settings = wrong ? fail(wrong) : readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const folder = await stateFolder(cli, settings.value);
  const contents = readJournal(folder);
  const { records } = contents;
  const chosen = options.resume ? goOn(records, options.id, folder) : choose(records, options.id, folder);
  if (!chosen.ok) return stopped(chosen.problems);
  const { record, resumed } = chosen.value;
  const { hosts, warnings } = settings.value;
  const target = await targetOf(cli, record, { hosts, options });
  if (!target.ok) return stopped(target.problems);
  const ca = readCa(cli, settings.value, options);
  if (!ca.ok) return stopped(ca.problems);
  const resign = resignerOf(record, settings.value, options.exact === true);
  if (!resign.ok) return stopped(resign.problems);
  const aiming = { target: target.value, settings: settings.value, options, resumed, resign: resign.value };
  const session = {
    command: 'replay',
    scenario: record.scenario,
    summary: summaryOf(chosen.value),
    seed: record.seed,
    target: target.value.url.href,
    steps: [only(() => toSendable(record, aiming))],
    env: settings.value.env,
    warnings: [
      ...warnings,
      ...journalNotices(contents),
      ...unusedSet(options),
      ...otherSchedules(resumed),
      ...targetWarnings(target.value),
    ],
    journalFolder: folder,
    mask: cli.mask,
    ca: ca.value,
  };
  return runSession(cli, session, options);
}

async function targetOf(
  cli: Cli,
  record: JournalRecord,
  { hosts, options }: { hosts: readonly string[]; options: ReplayOptions },
): Promise<Result<SafeTarget>> {
  const url = options.target ?? record.target;
  if (cli.mask(url) !== url) return fail(keyInUrl);
  return safeTarget(cli, url, { hosts, yes: options.yes === true });
}

function summaryOf({ record, resumed }: Chosen): string {
  if (resumed) return `The schedule of ${record.id} goes on after attempt ${resumed.attempts}`;
  return `Delivery ${record.id} of ${record.at} again`;
}

const keyInUrl: Problem = {
  code: 'unsafe-target',
  message: 'the target carries the API key itself',
  fix: 'URLs are journaled and reported: take it out.',
};

/** What is sent again, and where its schedule was left. */
interface Chosen {
  readonly record: JournalRecord;
  readonly resumed: Interrupted | undefined;
}

function goOn(records: readonly JournalRecord[], id: string | undefined, folder: string): Result<Chosen> {
  const found = interruptedSchedule(records, id);
  const holder = found.ok ? holderOf(folder, found.value.id) : undefined;
  if (holder !== undefined) return fail(beingSent(holder));
  return found.ok ? succeed({ record: found.value.record, resumed: found.value }) : found;
}

function beingSent(pid: number): Problem {
  const message = `process ${pid} is sending this schedule now`;
  return { code: 'journal', message, fix: 'Let it go on, or end it first; --id chooses another schedule.' };
}

/** The delivery with this id, or the latest. */
function choose(records: readonly JournalRecord[], id: string | undefined, folder: string): Result<Chosen> {
  const latest = records.at(-1);
  if (!latest) {
    const fix = 'Send something first: `wxnotify send paid`; or `wxnotify replay --scenario paid`.';
    return fail({ code: 'journal', message: `the journal in ${folder} is empty`, fix });
  }
  if (id === undefined) return succeed({ record: latest, resumed: undefined });
  const exact = records.find((record) => record.id === id) ?? sameBytes(records, id);
  const matches = exact ? [exact] : records.filter((record) => record.id.startsWith(id));
  const [only, second] = matches;
  if (only && !second) return succeed({ record: only, resumed: undefined });
  const ids = (only ? matches : records).map((record) => record.id);
  if (only) {
    const fix = `Give more of it: ${ids.slice(0, 10).join(', ')}.`;
    return fail({ code: 'ambiguous', message: `${ids.length} deliveries begin with ${id}`, fix });
  }
  const fix = `${suggest(id, ids.slice(-10))} \`wxnotify history\` lists them.`;
  return fail({ code: 'journal', message: `the journal has no delivery ${id}`, fix });
}

/** The first copies of a step are journaled; a later one is the same bytes, unless each is an order of its own. */
function sameBytes(records: readonly JournalRecord[], id: string): JournalRecord | undefined {
  const [, step, attempt] = /^(\w+-\d+-)(\d+)$/.exec(id) ?? [];
  if (step === undefined) return undefined;
  const first = records.find((record) => record.id.startsWith(step));
  return Number(attempt) <= (first?.copies ?? 1) ? first : undefined;
}

function otherSchedules(resumed: Interrupted | undefined): readonly Problem[] {
  const { others = [] } = resumed ?? {};
  if (others.length === 0) return [];
  const message = `other schedules are not at their end either: ${others.slice(-5).join(', ')}`;
  return [{ code: 'journal', message, fix: 'Go on with one of them: `wxnotify replay --resume --id ID`.' }];
}

function unusedSet({ set = {} }: SendingOptions): readonly Problem[] {
  if (Object.keys(set).length === 0) return [];
  const message = '--set changes nothing here: a replay is the same message';
  return [{ code: 'usage', message, fix: 'To send other values: `wxnotify send`.' }];
}

/** A delivery is a flow of one step. */
function only(aim: () => Sendable): RunnableStep {
  const { facts } = aim();
  return {
    facts,
    always: false,
    delay_ms: 0,
    group: undefined,
    ready: () => Promise.resolve(succeed({ does: 'notify', sendable: aim() })),
    learn: () => undefined,
  };
}
