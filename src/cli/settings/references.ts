/** `${env.NAME}` in a profile. */
import type { Env } from '../context.ts';

const REFERENCE = /\$\{env\.([^}]+)\}/g;

/** Fills in `${env.NAME}`; `undefined` when a variable is not set. */
export function expand(text: string, env: Env): string | undefined {
  if (unsetNames([text], env).length > 0) return undefined;
  return text.replace(REFERENCE, (_, name: string) => env[name] ?? '');
}

/** The first variable that a text refers to. */
export function referredTo(text: string): string | undefined {
  return namesIn(text)[0];
}

/** The variables that texts refer to and the environment has not. */
export function unsetNames(texts: readonly (string | undefined)[], env: Env): readonly string[] {
  const names = new Set(texts.flatMap((text) => (text === undefined ? [] : namesIn(text))));
  return [...names].filter((name) => (env[name] ?? '') === '');
}

/** “The profile refers to …, which is not set. ”, or nothing. What looks like a key is not repeated. */
export function unsetText(names: readonly string[]): string {
  const shown = names.filter((name) => !/[0-9A-Za-z]{24,}/.test(name)).map((name) => `\${env.${name}}`);
  if (shown.length === 0) return '';
  return `The profile refers to ${shown.join(', ')}, which ${shown.length === 1 ? 'is' : 'are'} not set. `;
}

/** “None of the profiles … is chosen. ”, or nothing. */
export function unchosenText(profiles: readonly string[]): string {
  if (profiles.length === 0) return '';
  return `wxnotify.yaml has the profiles ${profiles.join(', ')}, and none is chosen: --profile ${profiles[0] ?? ''}. `;
}

function namesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(REFERENCE), ([, name = '']) => name);
}
