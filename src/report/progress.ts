/** A progress bar for long runs, on a terminal's stderr. */
import type { Progress, RunEvent } from '../run/events.ts';
import { fitting } from './fitting.ts';

const WIDTH = 12;
/** From this many planned deliveries on, and at most so often. */
const LONG = 20;
const EVERY_MS = 100;
const CLEAR = '\r\u001b[K';

/** The clock, and how wide the terminal is. */
export interface ProgressOptions {
  readonly now: () => number;
  readonly columns: () => number;
}

/** Makes the reporter: the text that redraws the bar, or nothing. */
export function createProgress({ now, columns }: ProgressOptions): (event: RunEvent) => string {
  let planned = 0;
  let done = 0;
  let failed = 0;
  let drawn = 0;
  let shown = false;
  const show = (text: string): string => {
    shown = true;
    return `${CLEAR}${fitting(text, columns() - 1)}`; // a line that wraps cannot be drawn again
  };
  return (event) => {
    switch (event.type) {
      case 'run-start':
        planned = event.planned;
        return '';
      case 'progress':
        return show(loadText(event));
      case 'waiting':
        return show(`attempt ${event.attempt} follows in ${Math.ceil(event.ms / 1000)} s`);
      case 'run-end':
        return shown ? CLEAR : '';
      case 'delivery':
        done++;
        if (event.reasons.length > 0) failed++;
        if (planned <= LONG || now() - drawn < EVERY_MS) return '';
        drawn = now();
        return show(barText(done, planned, failed));
      default:
        return '';
    }
  };
}

function barText(done: number, planned: number, failed: number): string {
  const filled = Math.min(WIDTH, Math.round((WIDTH * done) / planned));
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  return `${bar} ${done}/${planned}${failed > 0 ? `, ${failed} failed` : ''}`;
}

/** A load: how fast, what was answered, how long it took. */
function loadText({ done, of, failed, rate, acks, latency_ms: ms }: Progress): string {
  const counts = Object.entries(acks)
    .sort()
    .map(([ack, count]) => `${count} ${ack}`);
  const latency = ms ? `  p50 ${ms.p50}  p99 ${ms.p99} ms` : '';
  return `${rate}/s  ${barText(done, of, failed)}${latency}  ${counts.join(', ')}`;
}
