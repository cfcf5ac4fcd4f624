/** A target as the user gave it → one that may be posted to, maybe after a question. */
import { guardTarget, hostOf, type SafeTarget, type TargetProblem } from '../../delivery/guard.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import { inFull } from '../settings/url.ts';

export interface TargetPermission {
  readonly hosts: readonly string[];
  readonly yes: boolean;
}

/** Lets a URL through, asks about it where somebody can answer, or says what is wrong with it. */
export async function safeTarget(
  cli: Cli,
  text: string,
  permission: TargetPermission,
): Promise<Result<SafeTarget>> {
  const guarded = await guardTarget(text, permission);
  if (guarded.ok) return succeed(guarded.target);
  const { problem } = guarded;
  if (problem.code !== 'unlisted' || !cli.interactive) return fail(words(problem));
  const question = `${hostOf(new URL(text))} is neither loopback nor private, and no profile names it. Send there?`;
  const { askYesNo } = await import('../prompt.ts');
  const yes = await askYesNo(cli, question);
  if (yes === undefined)
    return fail({ code: 'interrupted', message: 'interrupted', fix: 'Nothing was sent.' });
  if (!yes) return fail(declined);
  return safeTarget(cli, text, { ...permission, yes: true });
}

const declined: Problem = {
  code: 'unsafe-target',
  message: 'not sent',
  fix: 'You said no. Nothing was sent.',
};

/** What looks wrong with a target that may be used all the same. */
export function targetWarnings(target: SafeTarget): readonly Problem[] {
  if (target.url.search === '') return [];
  const message = 'the target has a query string; the platform refuses a notify_url with one';
  return [{ code: 'bad-value', message, fix: 'Take the parameters out of the URL, or into its path.' }];
}

function words(problem: TargetProblem): Problem {
  switch (problem.code) {
    case 'not-a-url':
      return {
        code: 'bad-value',
        message: `the target ${JSON.stringify(problem.detail)} is no URL`,
        fix: inFull(problem.detail),
      };
    case 'not-http':
      return {
        code: 'bad-value',
        message: `the target ${JSON.stringify(problem.detail)} is neither http nor https`,
        fix: inFull(problem.detail),
      };
    case 'has-password':
      return {
        code: 'unsafe-target',
        message: 'the target carries a user name or a password, which would be shown in reports',
        fix: 'Take it out: the platform cannot log in either.',
      };
    case 'platform':
      return {
        code: 'unsafe-target',
        message: `${problem.detail} is WeChat Pay’s own host; nothing is ever sent there`,
        fix: 'The target is your own notify_url.',
      };
    case 'unlisted':
      return {
        code: 'unsafe-target',
        message: `${problem.detail} is neither loopback nor private, and no profile names it`,
        fix: 'Add it to `hosts:` of the profile, or pass --yes.',
      };
  }
}
