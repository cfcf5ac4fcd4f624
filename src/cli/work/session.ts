/** What commands that send share: reporters, client, journal, one run. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createClient } from '../../delivery/client.ts';
import { noJournal, openJournal, type Journal } from '../../delivery/journal.ts';
import { createJson } from '../../report/json.ts';
import { createPretty } from '../../report/pretty.ts';
import { problemLines } from '../../report/problems.ts';
import { createProgress } from '../../report/progress.ts';
import type { RunEvent } from '../../run/events.ts';
import { run, type RunInput } from '../../run/runner.ts';
import type { RunnableStep } from '../../run/sendable.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { colours, type Cli, type Ending, type Env } from '../context.ts';
import { createVerdict, exitStatus } from '../exit.ts';
import { withoutSecrets } from '../mask.ts';
import type { CommonOptions, SendingOptions } from '../options.ts';
import type { Settings } from '../settings/settings.ts';

/** Something to send, and what the report says about it. */
export interface Session {
  readonly command: string;
  readonly scenario: string;
  readonly summary: string;
  readonly seed: string;
  readonly target: string;
  readonly steps: readonly RunnableStep[];
  /** For commands; keys are taken out of it. */
  readonly env: Env;
  readonly warnings: readonly Problem[];
  /** `undefined`: what is sent is not worth replaying. */
  readonly journalFolder: string | undefined;
  readonly mask: (text: string) => string;
  readonly ca: string | undefined;
}

/** Sends, and reports as the flags say. */
export async function runSession(cli: Cli, session: Session, flags: SendingOptions): Promise<Ending> {
  const verdict = createVerdict();
  const json = createJson();
  const show = await createScreen(cli, flags);
  const emit = (event: RunEvent): void => {
    verdict.add(event);
    json.add(event);
    show(event);
  };
  const loud = flags.insecure ? [notVerified] : [];
  for (const problem of [...loud, ...session.warnings]) emit({ type: 'warning', problem });
  await sendAll(cli, session, { flags, emit });
  const ending = verdict.ending();
  if (flags.json) cli.json(json.document(exitStatus(ending)));
  return ending;
}

/** --insecure is loud. */
export const notVerified: Problem = {
  code: 'unsafe-target',
  message: 'TLS IS NOT VERIFIED (--insecure)',
  fix: 'Anybody on the way can answer in the merchant’s place. --cacert FILE trusts a private CA.',
};

/** The certificate authority of `--cacert` or the profile. */
export function readCa(cli: Cli, settings: Settings, flags: SendingOptions): Result<string | undefined> {
  const file = flags.cacert ?? settings.cacert?.value;
  if (file === undefined) return succeed(undefined);
  try {
    const pem = readFileSync(path.resolve(cli.cwd, file), 'utf8');
    return isCertificate(pem) ? succeed(pem) : fail(noCertificate(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail({ code: 'unreadable', message: `cannot read ${file}: ${reason}`, fix: 'Check --cacert.' });
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function noCertificate(file: string): Problem {
  const fix =
    'A certificate begins with -----BEGIN CERTIFICATE-----. DER becomes PEM with `openssl x509 -inform der`.';
  return { code: 'unreadable', message: `${file} holds no certificate in PEM form`, fix };
}

interface Sending {
  readonly flags: SendingOptions;
  readonly emit: (event: RunEvent) => void;
}

/** Runs one session, telling `emit`. */
export async function sendAll(cli: Cli, session: Session, { flags, emit }: Sending): Promise<void> {
  const { command, scenario, summary, seed, target, steps, mask } = session;
  const insecure = flags.insecure === true;
  const client = createClient({ ca: session.ca, insecure });
  const journal = journalIn(session.journalFolder, (problem) => emit({ type: 'warning', problem }));
  const input: RunInput = {
    start: { command, scenario, summary, seed, target, insecure },
    steps,
    env: withoutSecrets(cli, session.env),
    cwd: cli.cwd,
    client,
    journal,
    mask,
    emit,
    signal: cli.signal,
  };
  try {
    await run(input);
  } finally {
    journal.close();
    await client.close();
  }
}

/** Opens the journal; `emit` is told when it cannot be written. */
export function journalIn(folder: string | undefined, warn: (problem: Problem) => void): Journal {
  return folder === undefined ? noJournal : openJournal(folder, (reason) => warn(unwritten(reason)));
}

function unwritten(reason: string): Problem {
  const message = `the journal cannot be written, so \`replay\` will not know of this: ${reason}`;
  return { code: 'journal', message, fix: 'Choose another place: --state DIR, or WXNOTIFY_STATE.' };
}

/** The reporters for people: results on stdout, warnings and progress on stderr. */
export async function createScreen(
  cli: Cli,
  flags: CommonOptions,
  compact = false,
): Promise<(event: RunEvent) => void> {
  const [outChalk, errChalk] = await Promise.all([
    colours(cli, 'stdout', flags.color),
    colours(cli, 'stderr', flags.color),
  ]);
  const options = { chalk: outChalk, quiet: flags.quiet === true, verbose: flags.verbose === true, compact };
  const pretty = flags.json ? undefined : createPretty(options);
  const progress =
    cli.streams.stderr.isTTY && !flags.quiet
      ? createProgress({ now: Date.now, columns: () => cli.streams.stderr.columns })
      : undefined;
  return (event) => {
    if (event.type === 'warning') cli.err(problemLines([event.problem], 'warning', errChalk));
    const text = pretty?.(event) ?? '';
    if (text !== '' && progress) cli.err('\r\u001b[K');
    if (text !== '') cli.out(text);
    const bar = progress?.(event) ?? '';
    if (bar !== '') cli.err(bar);
  };
}
