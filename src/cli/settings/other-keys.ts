/** Keys that somebody may have taken for the one in force. */
import { demoCredentials } from '../../merchant/demo.ts';
import type { V2Credentials } from '../../protocol/dialect.ts';
import type { OtherKey } from '../../protocol/v2/explain/mistake.ts';
import { profileKey } from './secrets.ts';
import type { Settings } from './settings.ts';

/** The APIv3 key, the keys of other profiles, and the demo merchant's. */
export function otherKeys(settings: Settings, { api_key, api_v3_key }: V2Credentials): readonly OtherKey[] {
  const { profiles, env, root } = settings;
  const others = Object.entries(profiles).flatMap(([name, profile]): readonly OtherKey[] => {
    const key = profileKey(profile, env, root);
    return key === undefined ? [] : [{ name: `the key of profile ${name}`, code: 'other-key', key }];
  });
  const v3 = api_v3_key?.reveal() ?? env['WXNOTIFY_API_V3_KEY'];
  const all: readonly OtherKey[] = [
    ...(v3 === undefined
      ? []
      : [{ name: 'the APIv3 key that is set here', code: 'v3-key', key: v3 } as const]),
    ...others,
    { name: 'the key of the demo merchant', code: 'other-key', key: demoCredentials.api_key.reveal() },
  ];
  return all.filter(({ key }) => key !== '' && key !== api_key.reveal());
}
