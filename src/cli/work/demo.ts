/** The built-in scenarios against the built-in merchant: the main job, on any machine, without configuration. */
import { guardTarget, type SafeTarget } from '../../delivery/guard.ts';
import { isRefund, ordersIn } from '../../merchant/booking.ts';
import { demoCredentials } from '../../merchant/demo.ts';
import type { Orders } from '../../merchant/orders.ts';
import { startMerchant, type Merchant } from '../../merchant/server.ts';
import { createJson, type JsonReport } from '../../report/json.ts';
import { SCHEMA } from '../../report/json-text.ts';
import { demoEnding } from '../../report/demo.ts';
import { prepare } from '../../run/prepare/prepare.ts';
import type { Prepared, PreparedNotification } from '../../run/prepare/prepared.ts';
import { freshSeed, seededSource } from '../../run/source.ts';
import { listScenarios } from '../../scenario/library.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { colours, stopped, type Cli, type Ending } from '../context.ts';
import { createVerdict, exitStatus } from '../exit.ts';
import { libraryOf, loadScenarios } from './load.ts';
import type { CommonOptions } from '../options.ts';
import { demoMerchant, demoV3Credentials } from './demo-merchant.ts';
import { runnable } from './sendables.ts';
import { safeTarget } from './target.ts';
import { createScreen, sendAll } from './session.ts';

/** Runs the demo, and says what it showed. */
export async function runDemo(cli: Cli, names: readonly string[], options: CommonOptions): Promise<Ending> {
  const seed = options.seed ?? freshSeed(new Date());
  for (const key of [demoCredentials.api_key, demoCredentials.api_v3_key]) cli.secrets.add(key.reveal());
  const now = options.seed === undefined ? undefined : () => seededSource(seed).now(); // what is repeated is not old
  const merchant = await startMerchant({ credentials: demoCredentials, v3: demoV3Credentials(), now });
  try {
    const plan = planDemo(cli, names, { seed, url: merchant.url, options });
    if (plan.problems.length > 0) return stopped(plan.problems);
    return await show(cli, plan.prepared, { merchant, options, seed });
  } finally {
    await merchant.close();
  }
}

interface Planning {
  readonly seed: string;
  readonly url: string;
  readonly options: CommonOptions;
}

function planDemo(
  cli: Cli,
  names: readonly string[],
  { seed, url, options }: Planning,
): { prepared: Prepared[]; problems: Problem[] } {
  const library = { ...libraryOf(cli, cli.cwd), own: undefined };
  const all = listScenarios(library).map(({ path }) => path);
  const chosen = names.length > 0 ? names : all;
  const prepared: Prepared[] = [];
  const problems: Problem[] = [];
  for (const name of chosen) {
    const scenarios = loadScenarios(name, library);
    if (!scenarios.ok) problems.push(...scenarios.problems);
    for (const scenario of scenarios.ok ? shown(scenarios.value, names) : []) {
      const ready = prepare({
        scenario,
        credentials: demoMerchant,
        secrets: cli.secrets,
        seed,
        clock: options.seed === undefined ? () => new Date() : undefined,
        env: cli.env,
        targetFor: () => url,
        overriding: { set: options.set ?? {} },
      });
      if (ready.ok) prepared.push(ready.value);
      else problems.push(...ready.problems);
    }
  }
  return { prepared: prepared.sort(hostileLast), problems };
}

/** Cases of an audit need an order beforehand, or a look at it afterwards: they are shown when they are named. */
function shown(scenarios: readonly Scenario[], names: readonly string[]): readonly Scenario[] {
  return names.length > 0 ? scenarios : scenarios.filter(({ tags }) => !tags.includes('audit'));
}

/** First what must be accepted, then what must be refused. */
function hostileLast(a: Prepared, b: Prepared): number {
  const rank = ({ scenario }: Prepared): number => (scenario.tags.includes('hostile') ? 1 : 0);
  return rank(a) - rank(b);
}

interface Showing {
  readonly merchant: Merchant;
  readonly options: CommonOptions;
  readonly seed: string;
}

async function show(
  cli: Cli,
  all: readonly Prepared[],
  { merchant, options, seed }: Showing,
): Promise<Ending> {
  const verdict = createVerdict();
  const documents: JsonReport[] = [];
  const guarded = await guardTarget(merchant.url, { hosts: [], yes: false });
  if (!guarded.ok) throw new Error('loopback is refused');
  const counts = { scenarios: 0, failed: 0 };
  for (const prepared of all) {
    if (cli.signal.aborted) break;
    placeOrders(prepared, merchant.orders);
    const own = createVerdict();
    const json = createJson();
    const screen = await createScreen(cli, options, true);
    documents.push(json);
    const emit: Parameters<typeof sendAll>[2]['emit'] = (event) => {
      for (const listener of [verdict.add, own.add, json.add, screen]) listener(event);
    };
    await sendAll(cli, sessionOf(cli, prepared, guarded.target), { flags: options, emit });
    counts.scenarios++;
    if (exitStatus(own.ending()) !== 0) counts.failed++;
  }
  const ending = verdict.ending();
  if (options.json) {
    const status = exitStatus(ending);
    const scenarios = documents.map((json) => json.document(status));
    cli.json({
      schema: SCHEMA,
      command: 'demo',
      ok: status === 0,
      exit: status,
      seed,
      target: merchant.url,
      scenarios,
    });
  } else if (!options.quiet || counts.failed > 0) {
    cli.out(
      demoEnding({ ...counts, ...creditsOf(merchant.orders) }, await colours(cli, 'stdout', options.color)),
    );
  }
  return ending;
}

function creditsOf(orders: Orders): { credited: number; twice: number } {
  const credited = orders.all().filter(({ paid_count }) => paid_count > 0);
  return { credited: credited.length, twice: credited.filter(({ paid_count }) => paid_count > 1).length };
}

function sessionOf(cli: Cli, prepared: Prepared, target: SafeTarget): Parameters<typeof sendAll>[1] {
  const { scenario, seed, warnings } = prepared;
  return {
    command: 'demo',
    scenario: scenario.name,
    summary: scenario.summary,
    seed,
    target: target.url.href,
    steps: runnable(prepared, { safeTarget: (url) => safeTarget(cli, url, { hosts: [], yes: false }) }),
    warnings,
    env: cli.env,
    journalFolder: undefined,
    mask: cli.mask,
    ca: undefined,
  };
}

/** The merchant knows the orders before the platform tells of them; a refund's order has been paid. */
function placeOrders({ steps }: Prepared, orders: Orders): void {
  // what is expected to be acknowledged has the right amount
  const notifications = steps.filter((step) => step.does === 'notify');
  const rank = ({ expect }: PreparedNotification): number => (expect.each.ack === 'SUCCESS' ? 0 : 1);
  for (const { notification } of notifications.sort((a, b) => rank(a) - rank(b))) {
    const { kind, fields } = notification;
    for (const { out_trade_no, total_fee, transaction_id, currency } of ordersIn(fields, kind.id)) {
      if (orders.get(out_trade_no)) continue;
      orders.place(out_trade_no, total_fee, currency);
      if (isRefund(kind.id)) orders.pay({ out_trade_no, total_fee, transaction_id });
    }
  }
}
