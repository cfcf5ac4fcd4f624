/** The options that mean the same everywhere, and how option values are read. */
import { InvalidArgumentError, type Command } from 'commander';
import { ACK_WORDS, LISTEN_ANSWERS, type AckName } from './option-values.ts';

/** What every command takes. */
export interface CommonOptions {
  readonly target?: string;
  readonly profile?: string;
  readonly config?: string;
  readonly set?: Readonly<Record<string, string>>;
  readonly seed?: string;
  readonly json?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color: boolean;
  readonly yes?: true;
  readonly state?: string;
}

/** Adds the common options to a command. */
export function withCommonOptions(command: Command): Command {
  return command
    .optionsGroup('Common options:')
    .option('--target <url>', 'where notifications are posted to')
    .option('--profile <name>', 'the profile of wxnotify.yaml to use; `demo` is built in')
    .option('--config <file>', 'the configuration, instead of wxnotify.yaml found upwards from here')
    .option('--set <name=value>', 'a notification field or a variable; repeat for more', assignment)
    .option('--seed <text>', 'makes every generated value repeatable, the time included (a fixed one)')
    .option('--state <dir>', 'where the journal is kept')
    .option('--json', 'one JSON document on stdout, and nothing else')
    .option('-q, --quiet', 'failures only')
    .option('-v, --verbose', 'requests and answers in full')
    .option('--no-color', 'no colours')
    .option('-y, --yes', 'no questions: send to a host that is neither private nor listed');
}

/** The options of commands that send. */
export function withSendingOptions(command: Command): Command {
  return command
    .optionsGroup('Sending:')
    .option('--times <n>', 'how many copies', wholeNumber)
    .option('--concurrency <n>', 'how many at once', atOnce)
    .option('--every <time>', 'time between the starts of two copies (500ms, 2s)', time)
    .option('--race', 'all copies complete at the server at the same instant (5, unless --times)')
    .option(
      '--schedule <name>',
      'again until acknowledged, on the platform’s timetable: wechat',
      scheduleName,
    )
    .option('--speed <n>', 'how many times faster than that (3600: an hour in a second)', speed)
    .option(
      '--timeout <time>',
      'how long a complete answer may take (default: 5s, as the platform)',
      positiveTime,
    )
    .option('--expect <word>', 'SUCCESS, FAIL, REJECTED (anything but SUCCESS) or NONE (no answer)', ackWord)
    .option('--cacert <file>', 'trust this certificate authority (PEM)')
    .option('--insecure', 'do not verify TLS (loud, and recorded)');
}

/** The options of commands that build what they send. */
export function withBuildingOptions(command: Command): Command {
  return withSendingOptions(command).option(
    '--unique',
    'different orders, each signed afresh, and no copies',
  );
}

/** What {@link withSendingOptions} adds. */
export interface SendingOptions extends CommonOptions {
  readonly times?: number;
  readonly concurrency?: number;
  readonly every?: number;
  readonly race?: true;
  readonly schedule?: 'wechat';
  readonly speed?: number;
  readonly timeout?: number;
  readonly expect?: AckName;
  readonly cacert?: string;
  readonly insecure?: true;
}

/** Sending what is built now, and not what was sent before. */
export interface BuildingOptions extends SendingOptions {
  readonly unique?: true;
}

/** What `listen` takes. */
export interface ListenOptions extends CommonOptions {
  readonly port: number;
  readonly answer?: 'success' | 'fail';
  readonly delay?: number;
  readonly flaky?: number;
  readonly status?: number;
  /** Names as they were given. */
  readonly bug?: readonly string[];
}

/** A whole number from 1. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Give a whole number, 1 or more.');
  return Number(text);
}

/** The only timetable that there is. */
function scheduleName(text: string): 'wechat' {
  if (text !== 'wechat') throw new InvalidArgumentError('Give wechat: the platform’s own timetable.');
  return text;
}

/** A factor. */
function speed(text: string): number {
  const number = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || number < 1 || number > 1e6)
    throw new InvalidArgumentError('Give a number from 1 to 1000000.');
  return number;
}

/** A number of connections that a machine may have. */
function atOnce(text: string): number {
  const number = wholeNumber(text);
  if (number > 10_000) throw new InvalidArgumentError('Give 10000 or less.');
  return number;
}

/** `500ms`, `5s`, `2m`: milliseconds. */
export function time(text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) {
    throw new InvalidArgumentError('Give a time with its unit, as 500ms, 5s or 2m.');
  }
  return Number(number) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit as 'ms' | 's' | 'm' | 'h'];
}

/** A share from 0 to 1. */
export function share(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 1))
    throw new InvalidArgumentError('Give a number from 0 to 1.');
  return number;
}

/** An HTTP status. */
export function httpStatus(text: string): number {
  if (!/^[2-5]\d\d$/.test(text)) throw new InvalidArgumentError('Give an HTTP status, 200 to 599.');
  return Number(text);
}

/** What `listen` answers to everything. */
export function answerWord(text: string): 'success' | 'fail' {
  const word = LISTEN_ANSWERS.find((answer) => answer === text.toLowerCase());
  if (!word) throw new InvalidArgumentError('Give success or fail.');
  return word;
}

/** Names with commas between them, or the option repeated. */
export function nameList(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map((name) => name.trim())];
}

/** A TCP port; 0 takes a free one. */
export function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('Give a port, 0 to 65535.');
  return Number(text);
}

/** A time that a timer can wait. */
export function positiveTime(text: string): number {
  const ms = time(text);
  if (ms < 1 || ms > 2_147_483_647) throw new InvalidArgumentError('Give a time between 1ms and 24 days.');
  return ms;
}

/** What a merchant answers. */
export function ackWord(text: string): AckName {
  const word = text.toUpperCase();
  if (!isAck(word)) throw new InvalidArgumentError('Give SUCCESS, FAIL, REJECTED or NONE.');
  return word;
}

function isAck(word: string): word is AckName {
  return Object.hasOwn(ACK_WORDS, word);
}

function assignment(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Give name=value, as --set total_fee=100.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

/** `2/5`: the second of five parts. */
export function shard(text: string): { readonly index: number; readonly of: number } {
  const [, index, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const part = { index: Number(index), of: Number(of) };
  if (!(part.index >= 1 && part.index <= part.of))
    throw new InvalidArgumentError('Give a part and the number of parts, as 2/5.');
  return part;
}

/** A whole number from 0. */
export function countFromZero(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Give a whole number, 0 or more.');
  return Number(text);
}

/** A regular expression: its source, or `/source/flags`; case does not matter unless it has flags. */
export function expression(text: string): RegExp {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/.exec(text) ?? [];
  try {
    return new RegExp(source ?? text, flags?.replace(/[gy]/g, '') ?? 'i');
  } catch (error) {
    throw new InvalidArgumentError(`It is no regular expression: ${(error as Error).message}`);
  }
}

/** A header as a line, or the option repeated. */
export function headerLine(text: string, before: readonly string[] = []): readonly string[] {
  if (!/^[\w-]+\s*:/.test(text)) throw new InvalidArgumentError('Give a header as "Name: value".');
  return [...before, text];
}

/** A moment: with its zone, or as seconds since 1970. */
export function moment(text: string): Date {
  const isZoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  const date = new Date(/^\d{1,11}$/.test(text) ? Number(text) * 1000 : isZoned ? text : NaN);
  if (Number.isNaN(date.getTime()))
    throw new InvalidArgumentError('Give a time as 2026-01-02T03:04:05+08:00, or seconds since 1970.');
  return date;
}
