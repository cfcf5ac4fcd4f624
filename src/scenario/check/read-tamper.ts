/** `tamper` that was not written in a file: the same check, with places in words. */
import * as v from 'valibot';
import { damageOf } from '../fill/damage-of.ts';
import type { Damage } from '../../protocol/v2/damage.ts';
import { fail, succeed, type Problem, type Result } from '../problem.ts';
import { sharedTamper, v2Tamper } from '../schema/tamper-v2.ts';
import type { YamlFile } from '../yaml/yaml.ts';
import { explainIssues } from './issue.ts';

const schema = v.strictObject({ tamper: v.strictObject({ ...sharedTamper, ...v2Tamper }) });

/** Checks a value against the format of `tamper`, and normalises it. Texts are taken as they are. */
export function readTamper(value: unknown): Result<Damage> {
  const nowhere = { file: '', line: 0, col: 0 };
  const input = { tamper: value };
  const yaml: YamlFile = { file: '', value: input, place: () => nowhere, exact: () => undefined };
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return succeed(damageOf(parsed.output.tamper, (text) => text));
  const [first, ...rest] = explainIssues(parsed.issues, schema, yaml);
  return fail(withoutPlace(first), ...rest.map(withoutPlace));
}

function withoutPlace({ code, message, fix }: Problem): Problem {
  return { code, message, fix };
}
