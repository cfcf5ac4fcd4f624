/** The field tables' opinion of a notification, with the place that each finding belongs to. */
import type { AnyKind, Notification } from '../../protocol/dialect.ts';
import { allRows } from '../../protocol/notification.ts';
import { validateNotification, type FieldProblem } from '../../protocol/validate.ts';
import type { Place, Problem } from '../../scenario/problem.ts';
import type { NotifyStep, Scenario } from '../../scenario/scenario.ts';
import { nearest } from '../../scenario/suggest.ts';

/** Where a value may have come from. */
interface Where {
  readonly scenario: Scenario;
  readonly overriding: { readonly set: Readonly<Record<string, string>> };
}

/** What the platform would not send so. Values that were only derived from a wrong one are not told again. */
export function rulesBroken(
  notification: Notification<AnyKind>,
  step: NotifyStep,
  where: Where,
): readonly Problem[] {
  return validateNotification(notification).flatMap((found): readonly Problem[] => {
    const place = placeOf(found, step, where);
    return place ? [{ code: 'field-rule', ...place, ...words(found, notification, place.prefix) }] : [];
  });
}

interface RulePlace {
  readonly at?: Place;
  readonly prefix: string;
}

function placeOf(
  { field, rule }: FieldProblem,
  step: NotifyStep,
  { scenario, overriding }: Where,
): RulePlace | undefined {
  if (Object.hasOwn(overriding.set, field)) return { prefix: `--set ${field}: ` };
  if (Object.hasOwn(step.fields, field))
    return { at: scenario.place([...step.path, 'fields', field], 'key'), prefix: '' };
  if (Object.hasOwn(scenario.vars, field)) return { at: scenario.place(['vars', field], 'key'), prefix: '' };
  if (field === 'appid' || field === 'mch_id') return { prefix: 'the merchant’s ' };
  return rule === 'sum' || rule === 'required' ? { at: scenario.place(step.path), prefix: '' } : undefined;
}

function words(
  found: FieldProblem,
  { kind }: Notification<AnyKind>,
  prefix: string,
): Pick<Problem, 'message' | 'fix'> {
  const names = allRows(kind).map((row) => row.name);
  const near = found.rule === 'unknown' ? nearest(found.field, names) : undefined;
  const fix = near ? `Did you mean \`${near}\`?` : `Right when it is meant so. The rule: ${found.source}`;
  return { message: `${prefix}${found.message}`, fix };
}
