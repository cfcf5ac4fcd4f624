/** `${name}`: look-ups, not code. */
import type { Source } from '../../protocol/dialect.ts';
import * as make from '../../protocol/generate.ts';

/** What a template can see. */
export interface Scope {
  /** The scenario's variables, and what earlier steps shared. */
  readonly vars: ReadonlyMap<string, string>;
  /** Those that are numbers, or true and false: in JSON they stay so. */
  readonly typed: ReadonlySet<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `scheme://host:port` of the target; unknown when nothing is sent. */
  readonly origin: string | undefined;
  readonly source: Source;
}

/** What is filled in, or the name that nothing answers to. */
export type Filled<T = string> =
  { readonly ok: true; readonly text: T } | { readonly ok: false; readonly unknown: string };

/** Fills in `${…}`; `$${` stands for a literal `${`. `written` says how a value is put into what is around it. */
export function fill(text: string, scope: Scope, written: (value: string) => string = asItIs): Filled {
  let unknown: string | undefined;
  let count = 0;
  const filled = text.replace(/\$\$\{|\$\{([^}]*)\}/g, (whole, name: string | undefined) => {
    if (name === undefined) return '${';
    const value = lookUp(name.trim(), { ...scope, source: scope.source.fork(`template ${count++}`) });
    if (value === undefined) unknown ??= name.trim();
    return value === undefined ? whole : written(value);
  });
  return unknown === undefined ? { ok: true, text: filled } : { ok: false, unknown };
}

function asItIs(value: string): string {
  return value;
}

/** The name of the only thing in a text that is one template and nothing else. */
export function onlyName(text: string): string | undefined {
  return /^\$\{([^}]*)\}$/.exec(text)?.[1]?.trim();
}

/** The names that a text looks up. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/\$\$\{|\$\{([^}]*)\}/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name.trim()],
  );
}

/** Whether a text has a value in it that is made by chance. */
export function isGenerated(text: string): boolean {
  return namesIn(text).some((name) => name.startsWith('random.'));
}

/** Whether a text has anything to fill in. */
export function hasTemplate(text: string): boolean {
  return text.includes('${');
}

/** Whether a name is one that templates know without any variable. */
export function isReserved(name: string): boolean {
  return /^(env|random|now|target|merchant)\./.test(name);
}

/** Every name that a template can use here, for suggestions. */
export function knownNames(scope: Scope): readonly string[] {
  return [...scope.vars.keys(), 'target.origin', 'env.NAME', ...Object.keys(generators)];
}

function lookUp(name: string, scope: Scope): string | undefined {
  if (name.startsWith('env.')) return variable(scope.env, name.slice(4));
  if (name === 'target.origin') return scope.origin;
  if (Object.hasOwn(generators, name)) return generators[name]?.(scope.source);
  return scope.vars.get(name);
}

/** Every object inherits functions under some names: those are no variables. */
function variable(env: Scope['env'], name: string): string | undefined {
  const value: unknown = env[name];
  return typeof value === 'string' ? value : undefined;
}

/** The short fixed list of generators. */
const generators: Readonly<Record<string, (source: Source) => string>> = {
  'random.out_trade_no': (source) => make.merchantNumber(source, 'WXN'),
  'random.out_refund_no': (source) => make.merchantNumber(source, 'WXNR'),
  'random.transaction_id': (source) => make.transactionId(source),
  'random.refund_id': (source) => make.refundId(source),
  'random.openid': (source) => make.openid(source),
  'random.nonce_str': (source) => make.nonce(source),
  'random.digits': (source) => make.digits(source, 10),
  'random.uuid': (source) => uuid(source),
  'now.time_end': (source) => make.timestamp(source.now()),
  'now.datetime': (source) => make.datetime(source.now()),
  'now.iso': (source) => source.now().toISOString(),
  'now.unix': (source) => String(Math.floor(source.now().getTime() / 1000)),
};

/** A version 4 UUID (RFC 9562). */
function uuid(source: Source): string {
  const bytes = Buffer.from(source.bytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
