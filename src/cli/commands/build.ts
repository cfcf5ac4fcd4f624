import type { Command } from 'commander';
import { examples, type Act, type CommandFile } from '../command.ts';
import { done, stopped, type Cli, type Ending } from '../context.ts';
import { wholeNumber, withCommonOptions, type CommonOptions } from '../options.ts';
import type { PreparedNotification, PreparedStep } from '../../run/prepare/prepared.ts';

interface BuildOptions extends CommonOptions {
  readonly scenario?: string;
  readonly step?: number;
  readonly strict?: true;
  readonly format?: string;
}

/** `wxnotify build`. */
export const buildCommand: CommandFile = {
  name: 'build',
  usage: '[options] [scenario]',
  summary: 'print the request without sending it',
  declare,
};

function declare(command: Command, act: Act): void {
  command
    .description(
      'Builds and signs a scenario, and prints exactly the bytes of the body; with --json the whole request.',
    )
    .argument('[scenario]', 'a name (payment/paid, or paid) or a path')
    .option('-s, --scenario <name>', 'the same as an option')
    .option('--step <n>', 'which step of a flow (default: the first)', wholeNumber)
    .option('--format <name>', 'curl, hurl, http, postman or k6 instead of the bare body')
    .option('--strict', 'fields that the platform would not send so are errors');
  withCommonOptions(command)
    .addHelpText(
      'after',
      examples(
        ['wxnotify build paid --profile demo', 'the body, byte for byte'],
        ['wxnotify build refund/success --json', 'with fields, string to sign and headers'],
        ['wxnotify build paid --format curl > notify.sh', 'to send it by other means'],
      ),
    )
    .action((positional: string | undefined, options: BuildOptions) =>
      act((cli) => build(cli, positional, options)),
    );
}

async function build(cli: Cli, positional: string | undefined, options: BuildOptions): Promise<Ending> {
  const reference = options.scenario ?? positional;
  if (reference === undefined) {
    const fix = 'Name one: `wxnotify build paid`. `wxnotify list` shows what there is.';
    return stopped([{ code: 'usage', message: 'which scenario?', fix }]);
  }
  const { prepareNamed, problemLines, standInNote } = await import('../offline.ts');
  const named = prepareNamed(cli, reference, options);
  if (!named.ok) return stopped(named.problems);
  const { prepared, settings } = named.value;
  const chosen = choose(prepared.steps, options.step);
  if (!chosen) {
    const message = `${prepared.scenario.name} has no notification as step ${options.step ?? 1}; its notifications: ${notificationsOf(prepared.steps).join(', ') || 'none'}`;
    return stopped([{ code: 'usage', message, fix: 'Choose one with --step N.' }]);
  }
  cli.err(problemLines([...settings.warnings, ...prepared.warnings], 'warning'));
  if (options.step === undefined && prepared.steps.length > 1) {
    cli.err(`Step ${chosen.step.number} of ${prepared.steps.length}; --step N builds another.\n`);
  }
  cli.err(standInNote(prepared, options.set));
  return print(cli, chosen, options);
}

/** The step of that number, or the first notification. */
function choose(
  steps: readonly PreparedStep[],
  number: number | undefined,
): PreparedNotification | undefined {
  const notifications = steps.filter((step) => step.does === 'notify');
  return number === undefined ? notifications[0] : notifications.find(({ step }) => step.number === number);
}

function notificationsOf(steps: readonly PreparedStep[]): readonly number[] {
  return steps.filter(({ does }) => does === 'notify').map(({ step }) => step.number);
}

const STAND_IN = 'http://127.0.0.1:8080/notify';

async function print(cli: Cli, step: PreparedNotification, options: BuildOptions): Promise<Ending> {
  const { request } = step;
  if (options.format !== undefined) {
    const { exportRequest } = await import('../../export/index.ts');
    const url = step.target ?? STAND_IN;
    if (step.target === undefined) cli.err(`No target is set: ${STAND_IN} stands in for it.\n`);
    const { isV3 } = await import('../offline.ts');
    const version = isV3(step.step.kind) ? 'v3' : 'v2';
    if (version === 'v3') cli.err('A merchant refuses the signature five minutes after its moment.\n');
    const exported = exportRequest(options.format, { ...request, url, version, expects: expectsOf(step) });
    if (!exported.ok) return stopped([{ code: 'usage', message: exported.message, fix: exported.fix }]);
    if (options.json) cli.json({ ...document(step), format: options.format, text: exported.text });
    else cli.out(exported.text);
    return done;
  }
  if (options.json) cli.json(document(step));
  else cli.out(request.body);
  return done;
}

function expectsOf({ expect }: PreparedNotification): 'acknowledged' | 'refused' | 'any' {
  const { ack } = expect.first ?? expect.each;
  if (ack === 'SUCCESS') return 'acknowledged';
  return ack === 'FAIL' || ack === 'REJECTED' ? 'refused' : 'any';
}

function document({ notification, request, target }: PreparedNotification): object {
  const { method, headers, body, signing } = request;
  return {
    schema: 'wxnotify/1',
    kind: notification.kind.id,
    fields: notification.fields,
    signing: signing && { type: signing.type, string_to_sign: signing.string_to_sign },
    request: {
      method,
      url: target ?? null,
      headers: Object.fromEntries(headers),
      body: Buffer.from(body).toString('utf8'),
    },
  };
}
