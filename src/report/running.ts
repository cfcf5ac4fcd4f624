/** What is running now, on one line of a terminal: drawn again and again below what has been told. */
import type { ChalkInstance } from 'chalk';
import type { ScenarioFacts, ScenarioResult } from '../run/events.ts';
import { fitting } from './fitting.ts';
import { printableLine } from './printable.ts';

export interface Running {
  readonly began: (scenario: ScenarioFacts) => void;
  readonly ended: (result: ScenarioResult) => void;
  /** The line. */
  readonly text: () => string;
}

export interface RunningOptions {
  /** How many will run. */
  readonly of: number;
  readonly columns: () => number;
  readonly chalk: ChalkInstance;
}

/** Starts following. */
export function createRunning({ of, columns, chalk }: RunningOptions): Running {
  const active = new Map<number, string>();
  let done = 0;
  let failed = 0;
  return {
    began: ({ number, name }) => void active.set(number, printableLine(name)),
    ended: ({ scenario, status }) => {
      active.delete(scenario.number);
      done++;
      if (status === 'failed' || status === 'undelivered') failed++;
    },
    text: () => {
      const count = `${done}/${of}${failed > 0 ? `, ${failed} failed` : ''}`;
      const names = [...active.values()].join(', ');
      const shown = fitting(`running ${names}`, columns() - count.length - 4);
      return `${chalk.bold(count)}  ${chalk.dim(shown)}`;
    },
  };
}
