/** A delivery out of the journal, sent again. */
import { readJournal, type JournalRecord } from '../../delivery/journal.ts';
import type { SafeTarget } from '../../delivery/guard.ts';
import { kinds } from '../../protocol/kinds.gen.ts';
import { v2 } from '../../protocol/v2/index.ts';
import { PLATFORM_TIMEOUT } from '../../run/prepared.ts';
import type { RunnableStep, Sendable } from '../../run/sendable.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { AnswerExpectation, Expectation } from '../../scenario/scenario.ts';
import { isMessage } from '../../scenario/schema-parts.ts';
import { suggest } from '../../scenario/suggest.ts';
import { stopped, type Cli, type Ending } from '../context.ts';
import type { SendingOptions } from '../options.ts';
import { readCa, runSession } from './session.ts';
import { credentialsOf } from '../settings/credentials.ts';
import { readSettings, type Settings } from '../settings/settings.ts';
import { stateFolder, journalNotices } from '../settings/state.ts';
import { safeTarget, targetWarnings } from './target.ts';

/** Sends the latest delivery of the journal again, or the one with this id: the same bytes. */
export async function replayJournaled(
  cli: Cli,
  options: SendingOptions & { readonly id?: string },
): Promise<Ending> {
  const settings = readSettings(cli, options);
  if (!settings.ok) return stopped(settings.problems);
  const folder = await stateFolder(cli, settings.value);
  const contents = readJournal(folder);
  const { records } = contents;
  const record = choose(records, options.id, folder);
  if (!record.ok) return stopped(record.problems);
  const { hosts, warnings } = settings.value;
  const url = options.target ?? record.value.target;
  if (cli.mask(url) !== url) return stopped([keyInUrl]);
  const target = await safeTarget(cli, url, { hosts, yes: options.yes === true });
  if (!target.ok) return stopped(target.problems);
  const ca = readCa(cli, settings.value, options);
  if (!ca.ok) return stopped(ca.problems);
  const session = {
    command: 'replay',
    scenario: record.value.scenario,
    summary: `Delivery ${record.value.id} of ${record.value.at} again`,
    seed: record.value.seed,
    target: target.value.url.href,
    steps: [only(toSendable(record.value, { target: target.value, settings: settings.value, options }))],
    env: settings.value.env,
    warnings: [
      ...warnings,
      ...journalNotices(contents),
      ...unusedSet(options),
      ...targetWarnings(target.value),
    ],
    journalFolder: folder,
    mask: cli.mask,
    ca: ca.value,
  };
  return runSession(cli, session, options);
}

const keyInUrl: Problem = {
  code: 'unsafe-target',
  message: 'the target carries the API key itself',
  fix: 'URLs are journaled and reported: take it out.',
};

/** The delivery with this id, or the latest. */
function choose(
  records: readonly JournalRecord[],
  id: string | undefined,
  folder: string,
): Result<JournalRecord> {
  const latest = records.at(-1);
  if (!latest) {
    const fix = 'Send something first: `wxnotify send paid`; or `wxnotify replay --scenario paid`.';
    return fail({ code: 'journal', message: `the journal in ${folder} is empty`, fix });
  }
  if (id === undefined) return succeed(latest);
  const exact = records.find((record) => record.id === id) ?? sameBytes(records, id);
  const matches = exact ? [exact] : records.filter((record) => record.id.startsWith(id));
  const [only, second] = matches;
  if (only && !second) return succeed(only);
  const ids = (only ? matches : records).map((record) => record.id);
  if (only) {
    const fix = `Give more of it: ${ids.slice(0, 10).join(', ')}.`;
    return fail({ code: 'ambiguous', message: `${ids.length} deliveries begin with ${id}`, fix });
  }
  const fix = `${suggest(id, ids.slice(-10))} \`wxnotify history\` lists them.`;
  return fail({ code: 'journal', message: `the journal has no delivery ${id}`, fix });
}

/** The first copies of a step are journaled; a later one is the same bytes. */
function sameBytes(records: readonly JournalRecord[], id: string): JournalRecord | undefined {
  const step = /^(\w+-\d+-)\d+$/.exec(id)?.[1];
  return step === undefined ? undefined : records.find((record) => record.id.startsWith(step));
}

function unusedSet({ set = {} }: SendingOptions): readonly Problem[] {
  if (Object.keys(set).length === 0) return [];
  const message = '--set changes nothing here: a replay is the same bytes';
  return [{ code: 'usage', message, fix: 'To send other values: `wxnotify send`.' }];
}

/** A delivery is a flow of one step. */
function only(sendable: Sendable): RunnableStep {
  return {
    facts: sendable.facts,
    always: false,
    delay_ms: 0,
    ready: () => Promise.resolve(succeed({ does: 'notify', sendable })),
    learn: () => undefined,
  };
}

interface Aiming {
  readonly target: SafeTarget;
  readonly settings: Settings;
  readonly options: SendingOptions;
}

function toSendable(record: JournalRecord, { target, settings, options }: Aiming): Sendable {
  const times = options.times ?? 1;
  return {
    facts: {
      number: record.step,
      title: record.kind,
      kind: record.kind,
      target: target.url.href,
      times,
      of: 1,
      at: '',
    },
    scenario: record.scenario,
    seed: record.seed,
    out_trade_no: record.out_trade_no,
    amount: record.amount,
    authentic: record.authentic,
    request: record.request,
    target,
    times,
    concurrency: options.concurrency ?? 1,
    every_ms: options.every ?? 0,
    timeout_ms: options.timeout ?? PLATFORM_TIMEOUT,
    expect: { each: options.expect === undefined ? journaledExpectation(record) : { ack: options.expect } },
    readAck: ackReader(record, settings),
  };
}

/** An order in the answer is checked when it is the merchant in force who was notified. */
function ackReader({ kind }: JournalRecord, settings: Settings): Sendable['readAck'] {
  const known = Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : kinds['v2/payment'];
  const credentials = credentialsOf(settings);
  return (answer) => v2.readAck(answer, known, credentials.ok ? credentials.value : undefined);
}

/** What was expected of each copy then is expected again; counts were about that run. */
function journaledExpectation({ expect }: JournalRecord): AnswerExpectation {
  const each = (expect as Partial<Expectation> | null | undefined)?.each;
  return each && isExpectation(each) ? each : { ack: 'SUCCESS' };
}

/** Somebody may have edited the journal. */
function isExpectation({ ack, status, message, within_ms }: AnswerExpectation): boolean {
  const words: readonly unknown[] = ['SUCCESS', 'FAIL', 'REJECTED', 'NONE', undefined];
  const numbers = [status, within_ms].every((value) => value === undefined || typeof value === 'number');
  return (
    words.includes(ack) &&
    numbers &&
    (message === undefined || (typeof message === 'string' && isMessage(message)))
  );
}
