/** Keys that are not in force are keys all the same. */
import { expect, test } from 'vitest';
import { merchantEnv, temporaryFolder, wxnotify } from '../support/cli.ts';
import { NOWHERE } from '../support/flow.ts';

test('keys that are overruled, or of profiles that are not in force', async () => {
  const keys = ['a1', 'b2', 'c3', 'd4'].map((start) => start.repeat(16));
  const [dotEnv = '', file = '', other = '', named = ''] = keys;
  const cwd = temporaryFolder({
    '.env': `WXNOTIFY_API_KEY=${dotEnv}\nOTHER_KEY=${other}\n`,
    'key.txt': `${file}\n`,
    'named.txt': named,
    'wxnotify.yaml':
      'profile: a\nprofiles:\n  a: { api_key: "${env.OTHER_KEY}" }\n  b: { api_key_file: key.txt }\n',
    'flow.yaml': `steps:\n  - run: [echo, ${keys.join(' ')}]\n`,
  });
  const env = { ...merchantEnv, OTHER_KEY: 'x', WXNOTIFY_API_V3_KEY_FILE: 'named.txt' };
  const { stdout, status } = await wxnotify(['send', './flow.yaml', '--target', NOWHERE, '--json'], {
    cwd,
    env,
  });
  for (const key of keys) expect(stdout).not.toContain(key);
  expect(status).toBe(0);
});
