/** Keys that somebody may have taken for the one in force. */
import { demoCredentials } from '../../merchant/demo.ts';
import type { V2Credentials } from '../../protocol/dialect.ts';
import type { OtherSecret } from '../../protocol/v3/explain/mistake.ts';
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

/** What somebody may have taken for the APIv3 key: the API key, the APIv3 keys of other profiles, and the demo merchant's. */
export function otherV3Keys({ profiles, env, root, api_key, api_v3_key }: Settings): readonly OtherSecret[] {
  const others = Object.entries(profiles).flatMap(([name, profile]): readonly OtherSecret[] => {
    const names = { api_key: profile.api_v3_key, api_key_file: profile.api_v3_key_file };
    const key = profileKey(names, env, root);
    return key === undefined ? [] : [{ name: `the APIv3 key of profile ${name}`, code: 'other-key', key }];
  });
  const own: readonly OtherSecret[] = api_key
    ? [{ name: 'the API key that is set here', code: 'v2-key', key: api_key.value.reveal() }]
    : [];
  const demo = demoCredentials.api_v3_key.reveal();
  const all: readonly OtherSecret[] = [
    ...own,
    ...others,
    { name: 'the APIv3 key of the demo merchant', code: 'other-key', key: demo },
  ];
  const inForce = api_v3_key?.value.reveal();
  return all.filter(({ key, code }) => key !== '' && (key !== inForce || code === 'v2-key'));
}
