/** A kind and what the user wants of it become plain fields: defaults from the table, then the table's opinion. */
import type {
  Field,
  FieldContext,
  Fields,
  Kind,
  Merchant,
  Notification,
  SignType,
  Source,
} from './dialect.ts';

/** A field's own value, or `null` to leave the field out. */
export type Overrides = Readonly<Record<string, string | null>>;

/** What to build. */
export interface Wish {
  readonly kind: Kind;
  readonly fields: Overrides;
  readonly merchant: Merchant;
  /** The algorithm when the fields name none, instead of the kind's or the merchant's own. */
  readonly sign_type?: SignType | undefined;
  readonly source: Source;
}

/** Makes a notification: named fields as given, the others as the table generates them, empty ones left out. */
export function buildNotification(wish: Wish): Notification {
  const values = new Map<string, string | undefined>();
  const rows = allRows(wish.kind);
  const sign_type = algorithm(wish);
  const context = (name: string): FieldContext => ({
    source: wish.source.fork(name),
    merchant: wish.merchant,
    sign_type,
    get,
  });
  function get(name: string): string | undefined {
    if (values.has(name)) return values.get(name);
    values.set(name, undefined); // two fields that ask for each other both see nothing
    const value = Object.hasOwn(wish.fields, name) ? wish.fields[name] : generated(name);
    values.set(name, value === null || value === '' ? undefined : value);
    return values.get(name);
  }
  function generated(name: string): string | undefined {
    const row = rows.find((field) => field.name === name);
    if (!row?.make || row.when?.(get) === false) return undefined;
    return row.make(context(name));
  }
  const names = new Set([...rows.map((row) => row.name), ...Object.keys(wish.fields)]);
  const fields: [string, string][] = [];
  for (const name of names) {
    const value = get(name);
    if (value !== undefined) fields.push([name, value]);
  }
  return { kind: wish.kind, fields: Object.fromEntries(fields), sign_type };
}

/** Every row of a kind: the envelope's, then the message's. */
export function allRows(kind: Kind): readonly Field[] {
  return kind.envelope ? [...kind.envelope.fields, ...kind.fields] : kind.fields;
}

/** The row that describes a field: its own, or the numbered one (`coupon_id_$n` for `coupon_id_0`). */
export function rowOf(kind: Kind, name: string): Field | undefined {
  const numbered = name.replace(/_(0|[1-9]\d*)$/, '_$n');
  return allRows(kind).find((row) => row.name === name || row.name === numbered);
}

/** The fields that stand in the envelope of an encrypted kind, and those that are hidden in it. */
export function split({ kind, fields }: Notification): { outer: Fields; inner: Fields } {
  const outside = new Set(kind.envelope?.fields.map((row) => row.name));
  const entries = Object.entries(fields);
  return {
    outer: Object.fromEntries(entries.filter(([name]) => outside.has(name))),
    inner: Object.fromEntries(entries.filter(([name]) => !outside.has(name))),
  };
}

/** The field that names it decides; leaving that out on purpose (`null`) keeps the configured algorithm. */
function algorithm({ kind, fields, sign_type, merchant }: Wish): SignType {
  const named = fields[kind.names_algorithm];
  if (named === 'MD5' || named === 'HMAC-SHA256') return named;
  return sign_type ?? kind.sign_type ?? merchant.sign_type;
}
