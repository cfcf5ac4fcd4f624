/** Where `keys new` keeps what it makes: `.wxnotify/PROFILE/` beside the configuration. */
import path from 'node:path';

/** Holds the folders of all profiles; a `.gitignore` in it keeps them out of version control. */
export const KEYS_FOLDER = '.wxnotify';

/** What is in the folder of the platform key. */
export const KEY_FILES = {
  privateKey: 'key.pem',
  certificate: 'certificate.pem',
  publicKey: 'public-key.pem',
  publicKeyId: 'public-key-id.txt',
} as const;

/** The folder of a platform key. It is replaced as a whole, so that its files always belong together. */
export function platformFolder(root: string, profile: string | undefined): string {
  return path.join(profileFolder(root, profile), 'platform');
}

/** The platform key before, which is still trusted while keys change. */
export function beforeFolder(root: string, profile: string | undefined): string {
  return path.join(profileFolder(root, profile), 'platform-before');
}

/** The file of an APIv3 key that was made. */
export function apiV3KeyFile(root: string, profile: string | undefined): string {
  return path.join(profileFolder(root, profile), 'api-v3-key.txt');
}

function profileFolder(root: string, profile = 'default'): string {
  const safe = /^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u.test(profile)
    ? profile
    : encodeURIComponent(profile).replaceAll('.', '%2E'); // a name is no path
  return path.join(root, KEYS_FOLDER, safe);
}
