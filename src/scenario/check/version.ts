/** What means nothing in the version of a step’s kind. */
import { isV3 } from '../../protocol/all-kinds.ts';
import type { Problem } from '../problem.ts';
import type { NotifyStep } from '../scenario.ts';
import { v2Tamper } from '../schema/tamper-v2.ts';
import { v3Tamper } from '../schema/tamper-v3.ts';
import type { YamlFile } from '../yaml/yaml.ts';

/** Keys of the other version, each with its place. */
export function versionProblems(step: NotifyStep, yaml: YamlFile): readonly Problem[] {
  const { kind, tamper = {}, sign_type, path } = step;
  const [other, others] = isV3(kind) ? (['v2', v2Tamper] as const) : (['v3', v3Tamper] as const);
  const instead: Readonly<Record<string, string>> = INSTEAD;
  const wrong = Object.keys(tamper)
    .filter((key) => Object.hasOwn(others, key))
    .map((key) => ({ at: [...path, 'tamper', key], key, fix: instead[key] ?? 'Leave it out.' }));
  if (isV3(kind) && sign_type !== undefined)
    wrong.push({
      at: [...path, 'sign_type'],
      key: 'sign_type',
      fix: 'Leave it out: API v3 has one algorithm.',
    });
  if (isV3(kind) && tamper.inner?.root !== undefined)
    wrong.push({ at: [...path, 'tamper', 'inner', 'root'], key: 'root', fix: INSTEAD.root });
  return wrong.map(({ at, key, fix }) => ({
    code: 'bad-value',
    at: yaml.place(at, 'key'),
    message: `\`${key}\` is of API ${other}, and ${kind.id} is not`,
    fix,
  }));
}

const INSTEAD = {
  sign: 'API v3 has its signature in a header: `signature`.',
  sign_type: 'API v3 has one algorithm: `signature: other-key` forges it.',
  ciphertext: 'API v3 calls it `resource`: `resource: tag`.',
  root: 'JSON has no root with a name: `body` writes another text.',
  signature: 'API v2 calls it `sign`: `sign: break`.',
  resource: 'API v2 calls it `ciphertext`: `ciphertext: break`.',
};
