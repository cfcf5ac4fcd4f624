/** What would be sent, in both forms. */
import type { Problem, RequestFacts } from '../run/events.ts';
import { SCHEMA } from './json.ts';
import { printable } from './printable.ts';

export interface DryRun {
  readonly command: string;
  readonly scenario: string;
  readonly seed: string;
  readonly requests: readonly DryRequest[];
  readonly warnings: readonly Problem[];
}

interface DryRequest {
  readonly step: number;
  readonly kind: string;
  readonly times: number;
  readonly request: Omit<RequestFacts, 'url'> & { readonly url: string | null };
}

/** The requests as HTTP text. */
export function dryRunText({ requests }: DryRun): string {
  return requests.map(requestText).join('');
}

/** The requests as a JSON document. */
export function dryRunDocument({ command, scenario, seed, requests, warnings }: DryRun): object {
  const shown = requests.map(({ request, ...rest }) => ({
    ...rest,
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
    warnings,
  };
}

function requestText({ times, request }: DryRequest): string {
  const copies = times > 1 ? `  (${times} times)` : '';
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\n`).join('');
  return printable(
    `${request.method} ${request.url ?? '(no target)'}${copies}\n${headers}\n${request.body}\n\n`,
  );
}
