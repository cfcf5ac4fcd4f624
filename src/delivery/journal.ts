/**
 * The journal: what was sent, append-only, one JSON record a line.
 *
 * A record is one `write` to a file opened for appending, with a line feed on both sides: several processes
 * interleave whole records, and a record torn by a crash ends at the next one's line feed.
 */
import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { claim } from './claim.ts';
import { makeFolder } from './make-folder.ts';
import type { WireRequest } from './request.ts';

/** One delivery: what would be needed to send it again, and what came of it. */
export interface JournalRecord {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly scenario: string;
  readonly step: number;
  readonly attempt: number;
  /** How many deliveries of its step are these very bytes. */
  readonly copies?: number;
  readonly kind: string;
  readonly out_trade_no: string | null;
  /** Fen, as text. */
  readonly amount: string | null;
  /** Whether it was left as it would really be sent. */
  readonly authentic: boolean;
  readonly seed: string;
  readonly target: string;
  readonly request: WireRequest;
  /** The timetable that it was one attempt of. */
  readonly schedule?: { readonly name: string; readonly speed: number };
  /** What was expected of the answer; replay expects it again. */
  readonly expect: unknown;
  /** What the answer was; absent when the process ended first. */
  readonly outcome?: JournalOutcome;
}

export interface JournalOutcome {
  readonly ack: string | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly duration_ms: number;
}

export interface Journal {
  /** Notes a request that is about to be sent. */
  readonly sent: (record: Omit<JournalRecord, 'outcome'>) => void;
  /** Notes what came of it. */
  readonly done: (id: string, outcome: JournalOutcome) => void;
  /** Notes that this process sends a schedule, until what comes back is called. */
  readonly claim: (id: string) => () => void;
  readonly close: () => void;
}

/** A journal's records, oldest first, and how many lines could not be read. */
export interface JournalContents {
  readonly records: readonly JournalRecord[];
  readonly torn: number;
  /** Why a file of it could not be read. */
  readonly unreadable: readonly string[];
}

const NAME = 'journal.ndjson';
/** When the file has grown past this, it is set aside, and what was set aside before is pruned. */
const ROTATE_BYTES = 4 * 1024 * 1024;
const KEEP_OLD = 2;

/**
 * Opens the journal in `folder`. A journal that cannot be written is reported to `warn` once, and never stops a run.
 */
export function openJournal(folder: string, warn: (reason: string) => void): Journal {
  let file: number | undefined;
  let broken = false;
  let written = 0;
  const reopen = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined; // opening again sets the full one aside
    written = 0;
  };
  const write = (entry: object): void => {
    if (broken) return;
    try {
      file ??= openForAppend(folder);
      written += writeSync(file, `\n${JSON.stringify(entry)}\n`);
      if (written > ROTATE_BYTES) reopen();
    } catch (error) {
      broken = true;
      warn(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    sent: (record) => write(encode(record)),
    done: (id, outcome) => write({ id, outcome }),
    claim: (id) => claim(folder, id),
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
      broken = true;
    },
  };
}

/** Reads every record that is whole. */
export function readJournal(folder: string): JournalContents {
  const records = new Map<string, JournalRecord>();
  const unreadable: string[] = [];
  let torn = 0;
  for (const name of journalFiles(folder)) {
    const lines = linesOf(path.join(folder, name));
    if (typeof lines === 'string') unreadable.push(lines);
    for (const line of typeof lines === 'string' ? [] : lines) {
      const entry = parseLine(line);
      if (entry === undefined) torn++;
      else apply(records, entry);
    }
  }
  return { records: [...records.values()], torn, unreadable };
}

type Line = Partial<Omit<JournalRecord, 'request'>> & { id: string; request?: EncodedRequest };
type EncodedRequest = Omit<WireRequest, 'body'> & { body: string };

function encode(record: Omit<JournalRecord, 'outcome'>): object {
  const { body, ...request } = record.request;
  return { ...record, request: { ...request, body: Buffer.from(body).toString('base64') } };
}

function apply(records: Map<string, JournalRecord>, { request, ...entry }: Line): void {
  const before = records.get(entry.id);
  const isKnown = before?.outcome?.ack === 'SUCCESS'; // two processes may have sent the same attempt
  if (before && entry.outcome && !isKnown) records.set(entry.id, { ...before, outcome: entry.outcome });
  if (!request) return;
  const whole = { ...entry, request: { ...request, body: Buffer.from(request.body, 'base64') } };
  records.delete(entry.id); // an id that was used before is now the latest
  records.set(entry.id, whole as JournalRecord);
}

function parseLine(line: string): Line | undefined {
  try {
    const entry = JSON.parse(line) as Line | null;
    if (entry === null || typeof entry !== 'object' || typeof entry.id !== 'string') return undefined;
    return isOutcome(entry.outcome) || isRecord(entry) ? entry : undefined;
  } catch {
    return undefined;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';

function isOutcome(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'duration_ms' in outcome;
}

function isRecord(line: Line): boolean {
  const { at, scenario, step, attempt, kind, seed, target, request } = line;
  const texts = [at, scenario, kind, seed, target, request?.body].every(isText);
  const numbers = [step, attempt].every((value) => Number.isInteger(value) && Number(value) >= 1);
  const others = [line.out_trade_no, line.amount].every((value) => value === null || isText(value));
  return texts && numbers && others && typeof line.authentic === 'boolean' && isRequest(request);
}

function isRequest(request: EncodedRequest | undefined): boolean {
  return (
    /^[A-Z]+$/.test(String(request?.method)) &&
    Array.isArray(request?.headers) &&
    request.headers.every(isHeader) &&
    [undefined, 'chunked', 'slow'].includes(request.transfer)
  );
}

function isHeader(header: unknown): boolean {
  if (!Array.isArray(header) || header.length !== 2 || !header.every(isText)) return false;
  const [name, value] = header as [string, string];
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

/** A file's lines, or why they cannot be read. A file that is gone was set aside or pruned meanwhile. */
function linesOf(file: string): readonly string[] | string {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (!found) return [];
    if (!found.isFile()) return `${file} is no regular file`;
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? [] : reason;
  }
}

function openForAppend(folder: string): number {
  makeFolder(folder);
  setAside(folder);
  const found = statSync(path.join(folder, NAME), { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Error(`${path.join(folder, NAME)} is no regular file`);
  return openSync(path.join(folder, NAME), 'a', 0o600);
}

/** Renames a full journal under a name of its own; another process that still has it open goes on writing there. */
function setAside(folder: string): void {
  const current = path.join(folder, NAME);
  try {
    if (statSync(current).size < ROTATE_BYTES) return;
    renameSync(current, path.join(folder, `journal-${Date.now()}-${process.pid}.ndjson`));
    for (const old of journalFiles(folder).slice(0, -KEEP_OLD - 1)) unlinkSync(path.join(folder, old));
  } catch {
    return; // not there yet, or another process was faster
  }
}

/** The files of a journal, oldest first. */
function journalFiles(folder: string): readonly string[] {
  try {
    const old = readdirSync(folder).filter((name) => /^journal-\d+-\d+\.ndjson$/.test(name));
    return [...old.sort(), NAME];
  } catch {
    return [];
  }
}

/** For what is not worth replaying. */
export const noJournal: Journal = {
  sent: () => undefined,
  done: () => undefined,
  claim: () => () => undefined,
  close: () => undefined,
};
