/** Configuration problems never quote what may be a key. */
import { masked } from '../../protocol/secret.ts';
import { fail, type Problem, type Result } from '../../scenario/problem.ts';

/** A key in a place where none belongs is still a key, even one that was copied badly: long words are not quoted. */
export function hideKeys(problem: Problem): Problem {
  const hide = (text: string): string => text.replace(/[0-9A-Za-z+=!@#%^&*~]{24,}/g, masked);
  return { ...problem, message: hide(problem.message), fix: hide(problem.fix) };
}

/** The same for several. */
export function hideAll([first, ...rest]: readonly [Problem, ...Problem[]]): Result<never> {
  return fail(hideKeys(first), ...rest.map(hideKeys));
}
