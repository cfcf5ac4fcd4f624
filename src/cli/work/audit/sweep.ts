/** Runs ready cases as a suite, and judges each when it has ended. */
import type { StatusWords } from '../../../audit/order-state.ts';
import type { Callbacks } from '../../../delivery/callbacks.ts';
import type { Client } from '../../../delivery/client.ts';
import type { Journal } from '../../../delivery/journal.ts';
import type { RunEvent, ScenarioResult, SuiteEnd, SuiteEvent } from '../../../run/events.ts';
import { runSuite, type SuiteInput } from '../../../run/suite/suite.ts';
import type { Cli } from '../../context.ts';
import { withoutSecrets } from '../../mask.ts';
import type { Settings } from '../../settings/settings.ts';
import type { StatusLine } from '../run/screen.ts';
import type { ReadyCase } from './members.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

export interface Sweeping {
  readonly settings: Settings;
  readonly seed: string;
  readonly insecure: boolean;
  readonly workers: number;
  readonly client: Client;
  readonly journal: Journal;
  readonly callbacks: Callbacks | undefined;
  readonly reach: SuiteInput['reach'];
  readonly words: StatusWords;
  readonly live: StatusLine['live'];
}

export interface Swept {
  readonly outcomes: readonly Outcome[];
  /** Cases that were not run, or not to their end, and why. */
  readonly unreached: readonly { readonly ready: ReadyCase; readonly why: string }[];
  readonly end: SuiteEnd;
}

/** Tries every case. */
export async function sweep(cli: Cli, cases: readonly ReadyCase[], sweeping: Sweeping): Promise<Swept> {
  const { settings, seed, insecure, workers, callbacks, words, live } = sweeping;
  const byName = new Map(cases.map((ready) => [ready.audited.scenario.name, ready]));
  const events = new Map<string, RunEvent[]>();
  const outcomes: Outcome[] = [];
  const unreached: { ready: ReadyCase; why: string }[] = [];
  let end: SuiteEnd | undefined;
  const finish = ({ scenario: { name }, status, why }: ScenarioResult): void => {
    const ready = byName.get(name);
    const seen = events.get(name) ?? [];
    events.delete(name);
    if (!ready) return;
    // what brought the target down is skipped as well, and is the one that tells
    if (status === 'skipped' && (cli.signal.aborted || seen.length === 0))
      unreached.push({ ready, why: why ?? 'skipped' });
    else
      outcomes.push(outcomeOf(ready, seen, { words, callbacks: callbacks?.seen(ready.callbackName) ?? [] }));
  };
  const emit = (event: SuiteEvent): void => {
    if (event.type === 'scenario-event') push(events, event.scenario.name, event.event);
    if (event.type === 'scenario-end') finish(event.result);
    if (event.type === 'suite-end') end = event;
  };
  const targets = cases.flatMap((ready) => ready.targets);
  await runSuite({
    start: { seed, target: cases[0]?.member.facts.target ?? '', insecure, workers, shard: null },
    members: cases.map(({ member }) => member),
    targets: [...new Map(targets.map((target) => [target.url.origin, target])).values()],
    warnings: [],
    retries: 0,
    bail: undefined,
    reach: sweeping.reach,
    client: sweeping.client,
    journal: sweeping.journal,
    mask: cli.mask,
    signal: cli.signal,
    env: withoutSecrets(cli, settings.env),
    cwd: cli.cwd,
    emit,
    live: { began: live.began, ended: (result) => live.ended({ ...result, status: 'passed' }) },
  });
  if (!end) throw new Error('a suite comes to an end');
  return { outcomes, unreached, end };
}

function push(events: Map<string, RunEvent[]>, name: string, event: RunEvent): void {
  const list = events.get(name) ?? [];
  list.push(event);
  events.set(name, list);
}
