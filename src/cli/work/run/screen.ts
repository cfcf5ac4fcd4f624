/** A terminal's last line: what is running now. It makes way for what is told, and is drawn again below it. */
import { createRunning } from '../../../report/running.ts';
import type { Live } from '../../../run/suite/suite.ts';
import { colours, type Cli } from '../../context.ts';

export interface StatusLine {
  readonly live: Live;
  /** Runs what writes to the terminal, with the line out of the way. */
  readonly around: (write: () => void) => void;
  readonly stop: () => void;
}

export interface StatusOptions {
  readonly quiet: boolean;
  readonly color: boolean;
  /** How many will run. */
  readonly of: number;
}

const CLEAR = '\r\u001b[K';
/** How often it is drawn, in milliseconds. */
const EVERY = 80;

/** Starts the line, where stderr is a terminal; elsewhere nothing is drawn. */
export async function startStatusLine(cli: Cli, { quiet, color, of }: StatusOptions): Promise<StatusLine> {
  const { stderr } = cli.streams;
  if (!stderr.isTTY || quiet) return silent;
  const chalk = await colours(cli, 'stderr', color);
  const running = createRunning({ of, columns: () => stderr.columns, chalk });
  let isDrawn = false;
  const draw = (): void => {
    cli.err(`${CLEAR}${running.text()}`);
    isDrawn = true;
  };
  const clear = (): void => {
    if (isDrawn) cli.err(CLEAR);
    isDrawn = false;
  };
  const timer = setInterval(draw, EVERY);
  return {
    live: running,
    around: (write) => {
      clear();
      write();
    },
    stop: () => {
      clearInterval(timer);
      clear();
    },
  };
}

const silent: StatusLine = {
  live: { began: () => undefined, ended: () => undefined },
  around: (write) => write(),
  stop: () => undefined,
};
