/** What would be sent, in both forms. */
import type { Problem, RequestFacts } from '../run/events.ts';
import { SCHEMA } from './json-text.ts';
import { printable } from './printable.ts';

export interface DryRun {
  readonly command: string;
  readonly scenario: string;
  readonly seed: string;
  readonly requests: readonly DryRequest[];
  /** Calls and commands, which are done between them. */
  readonly others: readonly DryStep[];
  readonly warnings: readonly Problem[];
}

interface DryStep {
  readonly step: number;
  /** `call` or `run`. */
  readonly kind: string;
  readonly does: string;
}

interface DryRequest {
  readonly step: number;
  readonly kind: string;
  readonly times: number;
  /** How the repeats are sent, in words. */
  readonly how: string;
  readonly request: Omit<RequestFacts, 'url'> & { readonly url: string | null };
}

/** The requests as HTTP text. */
export function dryRunText({ requests, others }: DryRun): string {
  const texts = [
    ...requests.map((request) => ({ step: request.step, text: requestText(request) })),
    ...others.map(({ step, kind, does }) => ({ step, text: printable(`# ${kind} ${does}\n\n`) })),
  ];
  return texts
    .sort((a, b) => a.step - b.step)
    .map(({ text }) => text)
    .join('');
}

/** The requests as a JSON document. */
export function dryRunDocument({ command, scenario, seed, requests, others, warnings }: DryRun): object {
  const shown = requests.map(({ request, how, ...rest }) => ({
    ...rest,
    ...(how !== '' && { how }),
    request: { ...request, headers: Object.fromEntries(request.headers) },
  }));
  return {
    schema: SCHEMA,
    command,
    ok: true,
    exit: 0,
    dry_run: true,
    seed,
    scenario,
    requests: shown,
    ...(others.length > 0 && { others }),
    warnings,
  };
}

function requestText({ how, request }: DryRequest): string {
  const copies = how === '' ? '' : `  (${how})`;
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\n`).join('');
  return printable(
    `${request.method} ${request.url ?? '(no target)'}${copies}\n${headers}\n${request.body}\n\n`,
  );
}
