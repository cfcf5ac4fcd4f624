/** What became of each step: the way to a failure. */
import type { Exchange, RunEvent, StepFacts, StepTrace } from '../events.ts';

export interface Trail {
  readonly add: (event: RunEvent) => void;
  readonly steps: () => readonly StepTrace[];
}

type Handlers = {
  readonly [T in RunEvent['type']]?: (event: Extract<RunEvent, { type: T }>) => void;
};

interface Mutable {
  readonly step: StepFacts;
  status: StepTrace['status'];
  /** How often each thing was said. */
  readonly said: Map<string, number>;
}

/** Starts following. */
export function createTrail(): Trail {
  const steps = new Map<number, Mutable>();
  const note = (step: StepFacts | undefined, isWrong: boolean, word?: string): void => {
    if (!step) return;
    const known = steps.get(step.number) ?? { step, status: 'passed', said: new Map<string, number>() };
    steps.set(step.number, known);
    if (isWrong) known.status = 'failed';
    if (word !== undefined) known.said.set(word, (known.said.get(word) ?? 0) + 1);
  };
  const handlers: Handlers = {
    'step-start': ({ step }) => note(step, false),
    delivery: ({ delivery: { step, ack, error }, reasons }) =>
      note(steps.get(step)?.step, reasons.length > 0, ack ?? error?.cause ?? 'no answer'),
    exchange: ({ step, exchange, reasons }) => note(step, reasons.length > 0, outcomeOf(exchange)),
    'step-end': ({ step, reasons, untold = 0 }) => note(step, reasons.length + untold > 0),
    'step-skipped': ({ step }) => {
      steps.set(step.number, { step, status: 'skipped', said: new Map() });
    },
  };
  return {
    add: (event) => (handlers[event.type] as ((event: RunEvent) => void) | undefined)?.(event),
    steps: () => [...steps.values()].map(({ step, status, said }) => ({ step, status, said: wordsOf(said) })),
  };
}

function outcomeOf(exchange: Exchange): string {
  if (exchange.does === 'run') return exchange.exit === null ? 'no exit status' : `exit ${exchange.exit}`;
  return exchange.response ? `HTTP ${exchange.response.status}` : (exchange.error?.cause ?? 'no answer');
}

function wordsOf(said: ReadonlyMap<string, number>): string {
  return [...said].map(([word, count]) => (count > 1 ? `${count} ${word}` : word)).join(', ');
}
