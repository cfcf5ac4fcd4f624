/** The command that runs one scenario alone, with the same bytes. */
import type { Scenario } from '../../../scenario/scenario.ts';
import type { RunOptions } from './options.ts';

/** As it is typed into a shell: what the flags said of settings is said again, what they said of the selection is not. */
export function reproduceCommand(
  { name, reference: file, family }: Scenario,
  seed: string,
  options: RunOptions & { readonly npx?: boolean },
): string {
  const { profile, target, config, set = {}, state, timeout, cacert, insecure } = options;
  const reference = `${file}${name.slice(family.length)}`;
  const isFlag = reference.startsWith('-');
  const words = [
    ...(options.npx ? ['npx'] : []),
    'wxnotify',
    'run',
    ...(isFlag ? [] : [reference]),
    '--seed',
    seed,
    ...pair('--profile', profile),
    ...pair('--target', target),
    ...pair('--config', config),
    ...Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ...pair('--state', state),
    ...pair('--timeout', timeout === undefined ? undefined : `${timeout}ms`),
    ...pair('--cacert', cacert),
    ...(insecure ? ['--insecure'] : []),
    ...(isFlag ? ['--', reference] : []),
  ];
  return words.map(quoted).join(' ');
}

function pair(flag: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [flag, value];
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
