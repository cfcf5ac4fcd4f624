import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { done, stopped, type Cli, type Ending } from '../context.ts';
import { SHELLS, type Shell } from '../option-values.ts';
import { withCommonOptions } from '../options.ts';

/** `wxnotify completion`. */
export const completionCommand: CommandFile = {
  name: 'completion',
  usage: '[options] <shell>',
  summary: 'complete commands, options and scenarios in your shell',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      `Prints a script that makes a shell complete wxnotify: commands, options, scenarios, profiles, kinds, tags. Shells: ${SHELLS.join(', ')}.`,
    )
    .argument('[shell]', SHELLS.join(', '));
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['eval "$(wxnotify completion bash)"', 'in ~/.bashrc'],
        ['eval "$(wxnotify completion zsh)"', 'in ~/.zshrc'],
        ['wxnotify completion fish > ~/.config/fish/completions/wxnotify.fish', 'once'],
        ['wxnotify completion powershell | Out-String | Invoke-Expression', 'in $PROFILE'],
      ),
    )
    .action((shell: string | undefined) => act((cli) => completion(cli, shell)));
}

async function completion(cli: Cli, name: string | undefined): Promise<Ending> {
  const shell = SHELLS.find((known) => known === name);
  if (!shell) return unknown(name);
  const [{ readFile }, path] = await Promise.all([import('node:fs/promises'), import('node:path')]);
  cli.out(await readFile(path.join(cli.home, 'completions', `wxnotify.${ENDINGS[shell]}`)));
  return done;
}

const ENDINGS: Readonly<Record<Shell, string>> = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  powershell: 'ps1',
};

async function unknown(name: string | undefined): Promise<Ending> {
  if (name === undefined) {
    const fix = `Name one: \`wxnotify completion bash\`. Known: ${SHELLS.join(', ')}.`;
    return stopped([{ code: 'usage', message: 'which shell?', fix }]);
  }
  const { suggest } = await import('../../scenario/suggest.ts');
  const fix = suggest(name, SHELLS);
  return stopped([{ code: 'usage', message: `there is no completion for \`${name}\``, fix }]);
}
