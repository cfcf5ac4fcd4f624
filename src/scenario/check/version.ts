/** What means nothing in the version of a step’s kind. */
import { isV3, type SomeKind } from '../../protocol/all-kinds.ts';
import type { Problem } from '../problem.ts';
import type { NotifyStep } from '../scenario.ts';
import type { TamperForm } from '../schema/schema.ts';
import { v2Tamper } from '../schema/tamper-v2.ts';
import { v3Tamper } from '../schema/tamper-v3.ts';
import type { YamlFile } from '../yaml/yaml.ts';
import { byPlace } from './issue.ts';

/** Keys of the other version, each with its place. */
export function versionProblems(step: NotifyStep, yaml: YamlFile): readonly Problem[] {
  const { kind, tamper = {}, sign_type, path } = step;
  const wrong = otherKeys(kind, tamper).map(({ key, ...words }) => ({
    at: [...path, 'tamper', key],
    ...words,
  }));
  if (isV3(kind) && sign_type !== undefined) {
    const fix = 'Leave it out: API v3 has one algorithm.';
    wrong.push({ at: [...path, 'sign_type'], message: ofOther('sign_type', kind), fix });
  }
  if (isV3(kind) && tamper.inner?.root !== undefined)
    wrong.push({
      at: [...path, 'tamper', 'inner', 'root'],
      message: ofOther('root', kind),
      fix: INSTEAD.root,
    });
  return wrong
    .map(({ at, ...words }) => ({ code: 'bad-value' as const, at: yaml.place(at, 'key'), ...words }))
    .sort(byPlace);
}

/** A key of `tamper` that means nothing in the version of the kind. */
export interface OtherKey extends Pick<Problem, 'message' | 'fix'> {
  readonly key: string;
}

/** All of them. */
export function otherKeys(kind: SomeKind, tamper: TamperForm): readonly OtherKey[] {
  const instead: Readonly<Record<string, string>> = INSTEAD;
  const others = isV3(kind) ? v2Tamper : v3Tamper;
  return Object.keys(tamper)
    .filter((key) => Object.hasOwn(others, key))
    .map((key) => ({ key, message: ofOther(key, kind), fix: instead[key] ?? 'Leave it out.' }));
}

function ofOther(key: string, kind: SomeKind): string {
  return `\`${key}\` is of API ${isV3(kind) ? 'v2' : 'v3'}, and ${kind.id} is not`;
}

const INSTEAD = {
  sign: 'API v3 has its signature in a header: `signature`.',
  sign_type: 'API v3 has one algorithm: `signature: other-key` forges it.',
  ciphertext: 'API v3 calls it `resource`: `resource: tag`.',
  root: 'JSON has no root with a name: `body` writes another text.',
  signature: 'API v2 calls it `sign`: `sign: break`.',
  resource: 'API v2 calls it `ciphertext`: `ciphertext: break`.',
};
