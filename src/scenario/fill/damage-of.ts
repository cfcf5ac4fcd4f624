/** `tamper` as it is written → damage as it is done. */
import type { Damage } from '../../protocol/v2/damage.ts';
import type { TamperForm } from '../schema/schema.ts';
import type { Path } from '../yaml/yaml.ts';
import { inside, xmlDamageOf } from './document-damage.ts';

/** Fills in one text of it, at its place. */
export type FillText = (text: string, path: Path) => string;

/** Normalises `tamper` of API v2; `fill` fills in each text of it. */
export function damageOf(form: TamperForm, fill: FillText): Damage {
  const { sign, sign_type, ciphertext, inner } = form;
  return defined({
    ...sharedDamageOf(form, fill),
    ...xmlDamageOf(form, fill),
    inner: inner && xmlDamageOf(inner, inside(fill)),
    sign,
    sign_type,
    ciphertext,
  });
}

/** What both versions know. */
export function sharedDamageOf(form: TamperForm, fill: FillText) {
  const texts = (map: Readonly<Record<string, string | number | boolean>> | undefined, key: string) =>
    map &&
    Object.fromEntries(Object.entries(map).map(([name, value]) => [name, fill(String(value), [key, name])]));
  const nullable = (map: Nullable, key: string) =>
    Object.fromEntries(
      Object.entries(map).map(([name, value]) => [
        name,
        value === null ? null : fill(String(value), [key, name]),
      ]),
    );
  return defined({
    change: texts(form.change, 'change'),
    add: texts(form.add, 'add'),
    drop: form.drop === undefined ? undefined : [form.drop].flat(),
    duplicate: form.duplicate === undefined ? undefined : nullable(twice(form.duplicate), 'duplicate'),
    headers: form.headers && nullable(form.headers, 'headers'),
    key: form.key === undefined ? undefined : fill(String(form.key), ['key']),
    method: form.method,
    transfer: form.transfer,
  });
}

type Nullable = Readonly<Record<string, string | number | boolean | null>>;

function twice(form: NonNullable<TamperForm['duplicate']>): Nullable {
  if (typeof form === 'string') return { [form]: null };
  return Array.isArray(form) ? Object.fromEntries(form.map((name) => [name, null])) : form;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Without the keys whose value is `undefined`. */
export function defined<T extends object>(object: T): Partial<Defined<T>> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Partial<
    Defined<T>
  >;
}
