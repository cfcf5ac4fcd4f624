/** A kind and what the user wants of it become plain fields: defaults from the table, then the table's opinion. */
import type {
  AnyKind,
  Field,
  FieldContext,
  Fields,
  Kind,
  Notification,
  Owner,
  SignType,
  Source,
} from './dialect.ts';
import { ancestorsOf, inEntryOf, namesOf, tableName } from './names.ts';

/** A field's own value, or `null` to leave the field out. */
export type Overrides = Readonly<Record<string, string | null>>;

/** What to build. */
export interface Wish<K extends AnyKind = Kind> {
  readonly kind: K;
  readonly fields: Overrides;
  readonly merchant: Owner & { readonly sign_type?: SignType };
  /** The algorithm when the fields name none, instead of the kind's or the merchant's own. */
  readonly sign_type?: SignType | undefined;
  readonly source: Source;
}

/** Makes a notification: named fields as given, the others as the table generates them, empty ones left out. */
export function buildNotification<K extends AnyKind>(wish: Wish<K>): Notification<K> {
  const values = new Map<string, string | undefined>();
  const { kind, fields: named } = wish;
  const sign_type = algorithm(wish);
  const context = (name: string): FieldContext => ({
    source: wish.source.fork(name),
    merchant: wish.merchant,
    sign_type,
    get: (other) => get(inEntryOf(name, other)),
  });
  function get(name: string): string | undefined {
    if (values.has(name)) return values.get(name);
    values.set(name, undefined); // two fields that ask for each other both see nothing
    const value = Object.hasOwn(named, name) ? named[name] : generated(name);
    const isEmpty = value === '' && kind.keeps_empty !== true;
    values.set(name, value === null || isEmpty ? undefined : value);
    return values.get(name);
  }
  function generated(name: string): string | undefined {
    if (!there.has(name) || ancestorsOf(name).some((ancestor) => Object.hasOwn(named, ancestor)))
      return undefined;
    const row = rows.get(name) ?? rows.get(tableName(name));
    const { make, when } = row ?? {};
    if (!make) return undefined;
    const own = context(name);
    return when?.(own.get) === false ? undefined : make(own);
  }
  const there = new Set(namesOf(kind, named)); // an entry that a list does not have has no values
  const rows = new Map(allRows(kind).map((row) => [row.name, row]));
  const fields: [string, string][] = [];
  for (const name of there) {
    const value = get(name);
    if (value !== undefined) fields.push([name, value]);
  }
  return { kind, fields: Object.fromEntries(fields), sign_type };
}

/** Every row of a kind: the envelope's, then the message's. */
export function allRows(kind: AnyKind): readonly Field[] {
  return kind.envelope ? [...kind.envelope.fields, ...kind.fields] : kind.fields;
}

/** The row that describes a field: its own, or the numbered one (`coupon_id_$n` for `coupon_id_0`). */
export function rowOf(kind: AnyKind, name: string): Field | undefined {
  const numbered = tableName(name);
  return allRows(kind).find((row) => row.name === name || row.name === numbered);
}

/** The fields that stand in the envelope of an encrypted kind, and those that are hidden in it. */
export function split({ kind, fields }: Notification<AnyKind>): { outer: Fields; inner: Fields } {
  const outside = new Set(kind.envelope?.fields.map((row) => row.name));
  const entries = Object.entries(fields);
  return {
    outer: Object.fromEntries(entries.filter(([name]) => outside.has(name))),
    inner: Object.fromEntries(entries.filter(([name]) => !outside.has(name))),
  };
}

/** The field that names it decides; leaving that out on purpose (`null`) keeps the configured algorithm. */
function algorithm({ kind, fields, sign_type, merchant }: Wish<AnyKind>): SignType {
  const named = kind.names_algorithm && fields[kind.names_algorithm];
  if (named === 'MD5' || named === 'HMAC-SHA256') return named;
  return sign_type ?? kind.sign_type ?? merchant.sign_type ?? 'MD5';
}
