/** Kinds as they are told: their tables, with examples of the demo merchant. */
import { demoCredentials } from '../../merchant/demo.ts';
import type { Field } from '../../protocol/dialect.ts';
import { examplesOf } from '../../protocol/example.ts';
import { allKinds, isV3, type SomeKind } from '../../protocol/all-kinds.ts';
import { allRows, buildNotification } from '../../protocol/notification.ts';
import type { FieldFacts, KindFacts } from '../../report/fields-text.ts';
import { seededSource } from '../../run/source.ts';
import { fail, succeed, type Result } from '../../scenario/problem.ts';
import { nearest, suggest } from '../../scenario/suggest.ts';

/** Every kind, by id. */
export function kindList(): readonly Pick<KindFacts, 'kind' | 'title' | 'summary'>[] {
  return Object.values(allKinds).map(({ id, title, summary }) => ({ kind: id, title, summary }));
}

/** The kind that a user named: `v2/payment`, or `payment`. */
export function findKind(name: string): Result<SomeKind> {
  const found = Object.values(allKinds).find(({ id }) => id === name || id.endsWith(`/${name}`));
  if (found) return succeed(found);
  return fail({
    code: 'unknown-kind',
    message: `there is no kind \`${name}\``,
    fix: suggest(nearestKind(name), Object.keys(allKinds)),
  });
}

/** What was nearly `payment` was nearly `v2/payment`. */
function nearestKind(name: string): string {
  const lastParts = Object.keys(allKinds).map((id) => id.replace(/^.*\//, ''));
  const near = name.includes('/') ? undefined : nearest(name, lastParts);
  return Object.keys(allKinds).find((id) => id.endsWith(`/${near ?? ''}`)) ?? name;
}

/** A kind's table. */
export function kindFacts(kind: SomeKind): KindFacts {
  const { id, title, summary, source, envelope } = kind;
  const { seal, answer } = isV3(kind) ? V3 : kind;
  const about = { merchant: demoCredentials, source: seededSource('fields') };
  const examples = examplesOf(kind, about);
  const usual = buildNotification({ kind, fields: {}, ...about }).fields;
  const outside = new Set(envelope?.fields.map(({ name }) => name));
  const fields = allRows(kind).map((row): FieldFacts => {
    const part = envelope && !outside.has(row.name) ? 'encrypted' : 'outer';
    const conditional = row.when?.((name) => usual[name]) === false;
    return { ...rowFacts(row, kind), part, conditional, example: examples.get(row.name) ?? null };
  });
  return { kind: id, title, summary, seal, answer, source, fields };
}

/** Every kind of API v3 is encrypted into an envelope, which is signed, and answered by an HTTP status. */
const V3 = { seal: 'encrypted-and-signed', answer: 'status' };

function rowFacts(row: Field, kind: SomeKind): Omit<FieldFacts, 'part' | 'example' | 'conditional'> {
  const { name, title, required, type, max, unit = 'characters', values = null, form = null, doc } = row;
  const length: FieldFacts['length'] = { max, unit };
  const source = row.source ?? kind.source;
  return {
    name,
    title,
    required,
    type,
    length,
    values,
    form,
    meaning: doc,
    source,
  };
}
