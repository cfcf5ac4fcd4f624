import { InvalidArgumentError, type Command } from 'commander';
import { AUDIT_REPORTS, SEVERITY_WORDS, VERSIONS } from '../option-values.ts';
import { examples, type Act, type CommandFile } from '../command.ts';
import type { Cli, Ending } from '../context.ts';
import { nameList, positiveTime, wholeNumber, withCommonOptions } from '../options.ts';
import type { AuditOptions } from '../work/audit/options.ts';

const REPORT_NAMES = Object.keys(AUDIT_REPORTS);

/** `wxnotify audit`. */
export const auditCommand: CommandFile = {
  name: 'audit',
  usage: '[options]',
  summary: 'find the holes in a payment callback',
  declare,
};

function declare(command: Command, act: Act): void {
  command.description(
    'Tries forged, damaged, wrong, repeated and hostile notifications on a handler, and says what they do to it.',
  );
  withCases(command);
  withManners(command);
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify audit --target http://127.0.0.1:8080/notify', 'everything'],
        ['wxnotify audit --list', 'what would be tried'],
        ['wxnotify audit --only v3 --case forged-signature-v3 --verbose', 'one, with request and answer'],
        ['wxnotify audit --fail-on medium --report sarif=audit.sarif', 'in CI'],
      ),
    )
    .action((options: AuditOptions) => act((cli) => audit(cli, options)));
}

function withCases(command: Command): void {
  command
    .optionsGroup('Cases:')
    .option('--case <names>', 'only these: names, last parts of names, groups (hostile/xml)', nameList)
    .option(
      '--tag <tags>',
      'those with one of these tags, and with none that has a `!`: signature,!xml',
      nameList,
    )
    .option('--only <version>', 'v2 or v3', version)
    .option('--list', 'show what would be tried, and send nothing');
}

function withManners(command: Command): void {
  command
    .optionsGroup('Auditing:')
    .option(
      '--fail-on <severity>',
      `exit 1 from here upwards: ${SEVERITY_WORDS.join(', ')}`,
      severity,
      'high',
    )
    .option('--baseline <file>', 'findings that are accepted, each with a reason and a last day')
    .option(
      '--report <name[=file]>',
      `${REPORT_NAMES.join(', ')}; to stdout or a file; repeat for more`,
      report,
    )
    .option('--rate <n>', 'requests a second at most (default: 20; 1000 at loopback)', wholeNumber)
    .option(
      '--workers <n>',
      'how many cases at once; with more than one, nobody can tell which ended the server',
      wholeNumber,
      1,
    )
    .option('--allow-dos', 'size and expansion bombs also where the handler is not at loopback')
    .option(
      '--oob-host <host[:port]>',
      'an address of this machine that the handler can reach, to see whether it can be talked into it',
    )
    .option(
      '--timeout <time>',
      'how long a complete answer may take (default: 5s, as the platform)',
      positiveTime,
    )
    .option('--cacert <file>', 'trust this certificate authority (PEM)')
    .option('--insecure', 'do not verify TLS (loud, and recorded)');
}

async function audit(cli: Cli, options: AuditOptions): Promise<Ending> {
  const { runAudit } = await import('../work/audit/run-audit.ts');
  return runAudit(cli, options);
}

function version(text: string): string {
  if (!VERSIONS.some((one) => one === text)) throw new InvalidArgumentError(`Give ${VERSIONS.join(' or ')}.`);
  return text;
}

function severity(text: string): string {
  if (!SEVERITY_WORDS.includes(text))
    throw new InvalidArgumentError(`Give one of ${SEVERITY_WORDS.join(', ')}.`);
  return text;
}

/** `sarif=out/audit.sarif`. */
function report(text: string, before: AuditOptions['report'] = []): AuditOptions['report'] {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const file = at < 0 ? undefined : text.slice(at + 1);
  if (!REPORT_NAMES.includes(name)) throw new InvalidArgumentError(`Known: ${REPORT_NAMES.join(', ')}.`);
  if (file === '') throw new InvalidArgumentError(`Give a file after =, as ${name}=out/audit.txt.`);
  return [...before, { name, file }];
}
