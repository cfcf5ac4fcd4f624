/** A progress bar for long runs, on a terminal's stderr. */
import type { RunEvent } from '../run/events.ts';

const WIDTH = 24;
/** From this many planned deliveries on, and at most so often. */
const LONG = 20;
const EVERY_MS = 100;

/** Makes the reporter: the text that redraws the bar, or nothing. */
export function createProgress(now: () => number): (event: RunEvent) => string {
  let planned = 0;
  let done = 0;
  let failed = 0;
  let drawn = 0;
  return (event) => {
    if (event.type === 'run-start') planned = event.planned;
    if (event.type === 'run-end') return planned > LONG ? '\r\u001b[K' : '';
    if (event.type !== 'delivery') return '';
    done++;
    if (event.reasons.length > 0) failed++;
    if (planned <= LONG || now() - drawn < EVERY_MS) return '';
    drawn = now();
    const filled = Math.round((WIDTH * done) / planned);
    const bar = '█'.repeat(filled) + '░'.repeat(Math.max(0, WIDTH - filled));
    return `\r\u001b[K${bar} ${done}/${planned}${failed > 0 ? `, ${failed} failed` : ''}`;
  };
}
