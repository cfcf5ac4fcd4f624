/** Keys while scenarios are watched, as vitest has them. */
import { askTexts } from '../../../prompt.ts';
import type { Cli } from '../../../context.ts';
import type { Wish, Wishes } from './wishes.ts';

export const KEYS_HELP = 'h: help, q: quit';

const HELP = `
  a  run all again, without filters
  f  run only what failed
  r  run the same again (Enter as well)
  p  filter by file
  t  filter by name
  q  quit
`;

const SIMPLE: Readonly<Record<string, Wish>> = {
  a: { what: 'all' },
  f: { what: 'failed' },
  r: { what: 'again' },
  '\r': { what: 'again' },
  '\n': { what: 'again' },
  q: { what: 'quit' },
};

/** Ctrl-C and Ctrl-D, which a terminal in raw mode gives as they are. */
const INTERRUPTS = ['\u0003', '\u0004'];

/** Listens, where somebody has a keyboard. */
export function listenForKeys(cli: Cli, wishes: Wishes): { readonly stop: () => void } {
  const { stdin } = cli.streams;
  if (!stdin.isTTY) return { stop: () => undefined };
  const listen = (isOn: boolean): void => {
    stdin.setRawMode(isOn);
    if (isOn) stdin.resume().on('data', onKey);
    else stdin.off('data', onKey).pause();
  };
  const onKey = (data: Buffer | string): void => {
    const key = String(data);
    if (INTERRUPTS.includes(key)) process.kill(process.pid, 'SIGINT');
    const wish = SIMPLE[key.toLowerCase()];
    if (wish) wishes.add(wish);
    else if (key === 'h' || key === '?') cli.err(HELP);
    else if (key === 'p' || key === 't') {
      listen(false);
      void filterFor(cli, key).then((chosen) => {
        listen(true);
        if (chosen) wishes.add(chosen);
      });
    }
  };
  listen(true);
  return { stop: () => listen(false) };
}

/** Asks for an expression; an empty one filters nothing. */
async function filterFor(cli: Cli, key: 'p' | 't'): Promise<Wish | undefined> {
  const message = key === 'p' ? 'Files that match' : 'Names that match';
  const answers = await askTexts(cli, [{ name: 'text', message }], (_, text) =>
    toExpression(text) === null ? 'It is no regular expression.' : undefined,
  );
  const found = answers && toExpression(answers['text'] ?? '');
  if (found === undefined || found === null) return undefined;
  return { what: key === 'p' ? 'file' : 'name', matches: found };
}

function toExpression(text: string): RegExp | null {
  try {
    return new RegExp(text, 'i');
  } catch {
    return null;
  }
}
