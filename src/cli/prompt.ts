/** Questions, only where somebody can answer them. Inquirer loads with the first one. */
import type { Cli } from './context.ts';

/** Yes or no; `undefined` when the question was broken off. */
export async function askYesNo(cli: Cli, message: string): Promise<boolean | undefined> {
  const { default: inquirer } = await import('inquirer');
  return unlessAborted(async () => {
    const { yes } = await inquirer.createPromptModule(streamsOf(cli))<{ yes: boolean }>([
      { type: 'confirm', name: 'yes', message, default: false },
    ]);
    return yes;
  });
}

/** One question about a text. */
export interface TextQuestion {
  readonly name: string;
  readonly message: string;
  readonly default?: string;
  /** The choices, when it is a list. */
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly when?: (answers: Readonly<Record<string, string>>) => boolean;
}

/** What is wrong with an answer, or nothing; what was answered before is known. */
export type AnswerCheck = (
  name: string,
  text: string,
  answers: Readonly<Record<string, string>>,
) => string | undefined;

/** Asks several texts in turn; `undefined` when they were broken off. */
export async function askTexts(
  cli: Cli,
  questions: readonly TextQuestion[],
  check: AnswerCheck,
): Promise<Record<string, string> | undefined> {
  const { default: inquirer } = await import('inquirer');
  const prompt = inquirer.createPromptModule(streamsOf(cli));
  return unlessAborted(async () => {
    const answers: Record<string, string> = {};
    for (const { name, message, choices, default: initial, when } of questions) {
      if (when?.(answers) === false) continue;
      const start = initial !== undefined && { default: initial };
      const validate = (text: string): string | true => check(name, text, answers) ?? true;
      const question = choices
        ? { type: 'select' as const, name, message, choices: [...choices], ...start }
        : {
            type: 'input' as const,
            name,
            message,
            validate,
            ...start,
          };
      const answer = await prompt<Record<string, string>>([question]);
      answers[name] = answer[name] ?? '';
    }
    return answers;
  });
}

/** Several of a list, or none; `undefined` when the question was broken off. */
export async function askSeveral(
  cli: Cli,
  message: string,
  choices: NonNullable<TextQuestion['choices']>,
): Promise<readonly string[] | undefined> {
  const { default: inquirer } = await import('inquirer');
  return unlessAborted(async () => {
    const { chosen } = await inquirer.createPromptModule(streamsOf(cli))<{ chosen: string[] }>([
      { type: 'checkbox', name: 'chosen', message, choices: [...choices], pageSize: 12 },
    ]);
    return chosen;
  });
}

/** Questions go to stderr: stdout is for results. */
function streamsOf({ streams }: Cli): { input: NodeJS.ReadStream; output: NodeJS.WriteStream } {
  return { input: streams.stdin, output: streams.stderr };
}

async function unlessAborted<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && (error.name === 'ExitPromptError' || error.name === 'AbortPromptError'))
      return undefined;
    throw error;
  }
}
