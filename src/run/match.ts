/** Text against what was expected of it. A regular expression has a second: some take longer than anybody waits. */
import { createContext, Script } from 'node:vm';
import { Pattern, type Expected } from '../scenario/fill/pattern.ts';

/** What was done, or that it took too long. */
export type Limited<T> = { readonly done: true; readonly value: T } | { readonly done: false };

/** How long an expression may take on one text, in milliseconds. */
const LIMIT = 1000;

/** What is told of an expression that took longer. */
export const TOO_SLOW = 'the expression took longer than 1 s on this text';

/** Does what is pure, and gives up on it after a second: nothing else ends an expression that backtracks. */
export function withinLimit<T>(work: () => T): Limited<T> {
  room ??= { script: new Script('value = work()'), context: createContext({}) };
  const { script, context } = room;
  context.work = work;
  try {
    script.runInContext(context, { timeout: LIMIT });
    return { done: true, value: context.value as T };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return { done: false };
    throw error;
  } finally {
    context.work = context.value = undefined;
  }
}

interface Box {
  work?: (() => unknown) | undefined;
  value?: unknown;
}

/** Made when it is first needed, and kept: a context takes milliseconds to make. */
let room: { readonly script: Script; readonly context: Box } | undefined;

/** Whether a text is the expected one; not limited by itself. */
export function says(actual: string, expected: Expected): boolean {
  return expected instanceof Pattern ? expected.toRegExp().test(actual) : actual === expected;
}
