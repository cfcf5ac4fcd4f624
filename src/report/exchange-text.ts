/** A call or a command as text: a line, and the story when it failed. */
import type { ChalkInstance } from 'chalk';
import type { CallFacts, CommandFacts, Exchange, Reason, StepFacts } from '../run/events.ts';
import { exchangeText, storyText } from './delivery-text.ts';
import { printable, printableLine } from './printable.ts';

export interface StoryOptions {
  readonly reasons: readonly Reason[];
  readonly interrupted: boolean;
  readonly verbose: boolean;
  readonly chalk: ChalkInstance;
}

/** One line; with the reasons and what came back when something is wrong, or all is to be shown. */
export function exchangeStory(
  step: StepFacts,
  exchange: Exchange,
  { reasons, interrupted, verbose, chalk }: StoryOptions,
): string {
  const good = reasons.length === 0;
  const mark = interrupted ? chalk.dim('-') : good ? chalk.green('✓') : chalk.red('✗');
  const outcome = exchange.does === 'call' ? callOutcome(exchange) : commandOutcome(exchange);
  const tries = exchange.tries > 1 ? `${exchange.tries} tries` : '';
  const captured = Object.entries(exchange.captured).map(([name, value]) =>
    chalk.dim(`${name}=${shorten(printableLine(value))}`),
  );
  const title = printableLine(step.title);
  const parts = [exchange.does, title, outcome, tries, ...captured, `${exchange.duration_ms} ms`];
  const line = `  ${mark} ${parts.filter((part) => part !== '').join('  ')}\n`;
  const told = reasons.map((reason) => storyText(reason, undefined, chalk)).join('');
  const back =
    verbose && exchange.does === 'call' ? exchangeText(exchange, chalk) : backText(exchange, chalk);
  return `${line}${told}${good && !verbose ? '' : back}`;
}

function callOutcome({ response, error }: CallFacts): string {
  return response ? `HTTP ${response.status}` : (error?.cause ?? '');
}

function commandOutcome({ exit, error }: CommandFacts): string {
  return exit === null ? printableLine(error ?? '') : `exit ${exit}`;
}

/** The beginning of what came back. */
function backText(exchange: Exchange, chalk: ChalkInstance): string {
  const text =
    exchange.does === 'call'
      ? `${requestText(exchange)}\n${exchange.response?.body ?? exchange.error?.detail ?? ''}`
      : `${exchange.stdout}${exchange.stderr}`;
  const lines = text.trim().split('\n').slice(0, MOST);
  return lines.map((line) => `      ${chalk.dim('|')} ${printable(shortenLine(line))}\n`).join('');
}

/** How many lines of it are shown. */
const MOST = 12;

function requestText({ request }: CallFacts): string {
  return `${request.method} ${request.url}${request.body === '' ? '' : `\n${request.body}`}`;
}

function shorten(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}

function shortenLine(line: string): string {
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
