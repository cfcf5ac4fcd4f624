/** `tamper` that was not written in a file: the same check, with places in words. */
import * as v from 'valibot';
import type { SomeKind } from '../../protocol/all-kinds.ts';
import type { FillText } from '../fill/damage-of.ts';
import { fail, succeed, type Problem, type Result } from '../problem.ts';
import type { TamperForm } from '../schema/schema.ts';
import { sharedTamper, v2Tamper } from '../schema/tamper-v2.ts';
import { v3Tamper } from '../schema/tamper-v3.ts';
import type { YamlFile } from '../yaml/yaml.ts';
import { explainIssues } from './issue.ts';
import { otherKeys } from './version.ts';

const schema = v.strictObject({ tamper: v.strictObject({ ...sharedTamper, ...v2Tamper, ...v3Tamper }) });

/** What is tampered with, and how that becomes damage of its version. */
export interface Tampering<Damage> {
  readonly kind: SomeKind;
  readonly damageOf: (form: TamperForm, fill: FillText) => Damage;
}

/** Checks a value against the format of `tamper`, and normalises it. Texts are taken as they are. */
export function readTamper<Damage>(value: unknown, { kind, damageOf }: Tampering<Damage>): Result<Damage> {
  const nowhere = { file: '', line: 0, col: 0 };
  const input = { tamper: value };
  const yaml: YamlFile = { file: '', value: input, place: () => nowhere, exact: () => undefined };
  const parsed = v.safeParse(schema, input);
  if (!parsed.success) {
    const [first, ...rest] = explainIssues(parsed.issues, schema, yaml);
    return fail(withoutPlace(first), ...rest.map(withoutPlace));
  }
  const { tamper } = parsed.output;
  const [other, ...others] = otherKeys(kind, tamper).map(ofOtherVersion);
  return other ? fail(other, ...others) : succeed(damageOf(tamper, (text) => text));
}

function ofOtherVersion({ message, fix }: ReturnType<typeof otherKeys>[number]): Problem {
  return { code: 'bad-value', message, fix };
}

function withoutPlace({ code, message, fix }: Problem): Problem {
  return { code, message, fix };
}
