/** Building a scenario for nobody, to see what is wrong with it. */
import { prepare } from '../../run/prepare/prepare.ts';
import type { Prepared } from '../../run/prepare/prepared.ts';
import type { Result } from '../../scenario/problem.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { CommonOptions } from '../options.ts';
import { demoMerchant } from './demo-merchant.ts';

/** Builds with demo credentials, any environment, and a target that is never used. */
export function rehearse(
  scenario: Scenario,
  { set = {}, seed = 'validate' }: Pick<CommonOptions, 'set' | 'seed'> = {},
): Result<Prepared> {
  return prepare({
    scenario,
    credentials: demoMerchant,
    secrets: new Set(),
    seed,
    env: new Proxy({}, { get: () => 'value' }),
    targetFor: () => 'http://127.0.0.1:1/',
    overriding: { set },
  });
}
