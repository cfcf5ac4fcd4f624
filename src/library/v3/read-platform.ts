/** Texts → the platform’s key, or what is wrong with them. */
import { demoKeyTexts } from '../../platform/demo-key.ts';
import { readPlatformKeys, type KeyFault, type PlatformKeys } from '../../platform/keys.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { PlatformOptions } from './platform.ts';

/** Reads a key whose texts are of their types. */
export function readPlatform(platform: PlatformOptions): Result<PlatformKeys> {
  const keys = readPlatformKeys(platform === 'demo' ? demoKeyTexts : textsOf(platform));
  return typeof keys === 'string' ? fail({ code: 'bad-value', ...words[keys] }) : succeed(keys);
}

function textsOf(platform: Exclude<PlatformOptions, 'demo'>): Parameters<typeof readPlatformKeys>[0] {
  const { private_key, certificate, serial, public_key_id, mode } = platform;
  return {
    privateKeyPem: private_key,
    certificatePem: certificate,
    serial,
    publicKeyId: public_key_id,
    mode,
  };
}

const TEXT = 'the text, and not the name of a file';
const NAMES =
  'Give `certificate` (or `serial`), or `public_key_id`: Wechatpay-Serial says which key has signed.';
const SERIAL = 'It is what `openssl x509 -noout -serial` prints; with a `certificate` it need not be said.';

const words: Readonly<Record<KeyFault, Pick<Problem, 'message' | 'fix'>>> = {
  'no-private-key': {
    message: '`platform.private_key` is no private key that can be read',
    fix: `It is PEM (PKCS#8 or PKCS#1) without a passphrase: ${TEXT}. \`wxnotify keys new\` makes one.`,
  },
  'locked-private-key': {
    message: '`platform.private_key` has a passphrase',
    fix: '`openssl pkey -in locked.pem -out key.pem` writes it without one.',
  },
  'no-rsa-2048': {
    message: '`platform.private_key` is not RSA with 2048 bits',
    fix: 'WECHATPAY2-SHA256-RSA2048 is signed with no other. `wxnotify keys new` makes one.',
  },
  'no-certificate': {
    message: '`platform.certificate` is no certificate that can be read',
    fix: `It is X.509 as PEM: ${TEXT}.`,
  },
  'other-certificate': {
    message: '`platform.certificate` is that of another private key',
    fix: 'Both must have been made together. `wxnotify keys new` makes both.',
  },
  'no-serial': { message: '`platform.serial` is not up to 40 digits of hex', fix: SERIAL },
  'other-serial': { message: '`platform.serial` is not that of the certificate', fix: SERIAL },
  'no-public-key-id': {
    message: '`platform.public_key_id` does not begin with PUB_KEY_ID_',
    fix: 'Write it as it must stand in Wechatpay-Serial, the prefix included.',
  },
  'nameless-certificate': { message: '`platform` has no certificate, and no serial', fix: NAMES },
  'nameless-public-key': { message: '`platform` has nothing that names its key', fix: NAMES },
};
