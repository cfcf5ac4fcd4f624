import type { ChalkInstance } from 'chalk';

export interface DemoFacts {
  readonly scenarios: number;
  readonly failed: number;
  /** Orders that were credited. */
  readonly credited: number;
  /** Orders that were credited more than once. */
  readonly twice: number;
}

/** The last lines of the demo: what was seen, and what to try next. */
export function demoEnding({ scenarios, failed, credited, twice }: DemoFacts, chalk: ChalkInstance): string {
  const verdict =
    failed === 0
      ? chalk.green.bold(`${scenarios} ${scenarios === 1 ? 'scenario' : 'scenarios'} passed`)
      : chalk.red.bold(`${failed} of ${scenarios} scenarios failed`);
  const books = `The merchant credited ${credited} ${credited === 1 ? 'order' : 'orders'}; ${twice === 0 ? 'none of them twice' : `${twice} of them more than once`}.`;
  const send = '--profile demo --target http://127.0.0.1:8080/notify';
  const next = `Now your own server:  wxnotify send paid ${send}\nOr by API v3:         wxnotify send paid-v3 ${send}`;
  return `\n${verdict}\n${books}\n${next}\n`;
}
