/** Copies that are not the same bytes: fields with fresh values, signed again. */
import { createOrders } from '../../protocol/fresh.ts';
import type { AnyKind, Fields, SignedRequest } from '../../protocol/dialect.ts';
import { buildNotification, type Wish } from '../../protocol/notification.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { NotifyStep, Scenario } from '../../scenario/scenario.ts';
import { fill, isGenerated, type Scope } from '../../scenario/fill/template.ts';
import { ahead } from './ahead.ts';
import type { Copies, PreparedCopy } from './prepared.ts';
import { streamSource } from './stream.ts';
import { subjectName } from './subject.ts';

export interface CopyContext {
  readonly step: NotifyStep;
  readonly scenario: Scenario;
  readonly scope: Scope;
  /** What the first copy is built of. */
  readonly wish: Wish<AnyKind>;
  /** Writes the copies that differ in these fields. */
  readonly copier: (names: readonly string[]) => (values: readonly string[]) => SignedRequest;
  /** The same, signed on other threads. */
  readonly copierLater:
    ((names: readonly string[]) => (values: readonly string[]) => Promise<SignedRequest>) | undefined;
  /** Whether a copy can be made long before it is sent. */
  readonly keeps: boolean;
  /** Every copy is an order of its own. */
  readonly unique: boolean;
}

/** What makes the copies after the first; `undefined` when they are the same bytes. */
export function copiesOf(context: CopyContext): Result<Copies | undefined> {
  const { step, unique } = context;
  if (!unique && step.vary.length === 0) return succeed(undefined);
  const fresh = unique ? allFresh(context) : freshNames(step.vary, context);
  const { fields } = buildNotification(context.wish);
  const subject = subjectName(fields) ?? '';
  const needed = unique ? [subject] : step.vary;
  const constant = needed.find((name) => !fresh.names.includes(name));
  const none = constant === undefined ? undefined : noCopies(constant, fresh, context);
  if (none) return none;
  return succeed({ names: fresh.names, isOrders: unique, ...makersOf(fresh, context, fields) });
}

/** What makes the next copy, at once and later. */
function makersOf(fresh: Fresh, context: CopyContext, fields: Fields): Pick<Copies, 'next' | 'later'> {
  const subject = subjectName(fields) ?? '';
  const index = fresh.names.indexOf(subject);
  const subjectOf = (values: readonly string[]) => values[index] ?? fields[subject] ?? null;
  const write = context.copier(fresh.names);
  const next: Copies['next'] = () => {
    const values = fresh.next();
    return { subject: subjectOf(values), request: write(values) };
  };
  const writeLater = context.copierLater?.(fresh.names);
  const later = async (write: NonNullable<typeof writeLater>): Promise<PreparedCopy> => {
    const values = fresh.next();
    return { subject: subjectOf(values), request: await write(values) };
  };
  return {
    next: context.keeps ? ahead(next) : next,
    later: writeLater && (async () => later(writeLater)),
  };
}

/** That something is the same in each copy: a mistake, or nothing to do, or, `undefined`, no matter because of others. */
function noCopies(constant: string, { names }: Fresh, context: CopyContext): Result<undefined> | undefined {
  if (!isDefault(context)) return fail(sameProblem(constant, context));
  return context.unique || names.length === 0 ? succeed(undefined) : undefined;
}

/** What a folder says of all its scenarios, and means nothing in this one, stays away. */
function isDefault({ unique, scenario, step }: CopyContext): boolean {
  return scenario.isDefault([...step.path, ...(unique ? ['unique'] : ['vary', 0])]);
}

/** Fields, and the values of the next copy for them. */
interface Fresh {
  readonly names: readonly string[];
  readonly next: () => readonly string[];
}

/** Everything that identifies a notification and that nobody set; templates with a generator are filled in again. */
function allFresh({ step, scope, wish }: CopyContext): Fresh {
  const stream = streamSource(wish.source.fork('copies'));
  const orders = createOrders(wish, stream);
  const again = { ...scope, source: stream };
  const templates = Object.entries(step.fields).filter(([, text]) => text !== null && isGenerated(text));
  const texts = templates.map(([, text]) => text ?? '');
  const filled = (text: string): string => {
    const { ok, ...result } = fill(text, again);
    return ok && 'text' in result ? result.text : text;
  };
  if (templates.length === 0) return orders;
  return {
    names: [...orders.names, ...templates.map(([name]) => name)],
    next: () => [...orders.next(), ...texts.map(filled)],
  };
}

/** The named fields, even those that the scenario sets. */
function freshNames(names: readonly string[], context: CopyContext): Fresh {
  const own = Object.entries(context.wish.fields).filter(([name]) => !names.includes(name));
  const all = allFresh({ ...context, wish: { ...context.wish, fields: Object.fromEntries(own) } });
  const indexes = all.names.flatMap((name, index) => (names.includes(name) ? [index] : []));
  return {
    names: indexes.map((index) => all.names[index] ?? ''),
    next: () => {
      const values = all.next();
      return indexes.map((index) => values[index] ?? '');
    },
  };
}

function sameProblem(name: string, { unique, scenario, step }: CopyContext): Problem {
  return {
    code: 'bad-value',
    at: scenario.place([...step.path, unique ? 'unique' : 'vary'], 'key'),
    message: `${name} is the same in each copy`,
    fix: unique
      ? `It is set, here or by a step before. Make it with a generator: \`${name}: SHOP\${random.digits}\`.`
      : 'Only what is made by chance, as nonce_str, can be made again.',
  };
}
