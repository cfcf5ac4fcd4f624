/** The command that runs one scenario alone, with the same bytes. */
import type { Scenario } from '../../../scenario/scenario.ts';
import { commandLine, flag } from '../quoted.ts';
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
    ...flag('--profile', profile),
    ...flag('--target', target),
    ...flag('--config', config),
    ...Object.entries(set).flatMap(([key, value]) => ['--set', `${key}=${value}`]),
    ...flag('--state', state),
    ...flag('--timeout', timeout === undefined ? undefined : `${timeout}ms`),
    ...flag('--cacert', cacert),
    ...(insecure ? ['--insecure'] : []),
    ...(isFlag ? ['--', reference] : []),
  ];
  return commandLine(words);
}
