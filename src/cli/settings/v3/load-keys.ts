/** Files and names → a platform key, or what is wrong with them. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { demoKeyTexts } from '../../../platform/demo-key.ts';
import {
  KEY_MODES,
  readPlatformKeys,
  type KeyFault,
  type KeyMode,
  type KeyTexts,
  type PlatformKeys,
} from '../../../platform/keys.ts';
import { fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import { unsetText } from '../references.ts';
import type { Valued } from '../valued.ts';
import { KEY_FILES } from './folder.ts';

/** What is configured, each part with where. */
export interface KeyNames {
  readonly key_file: Valued<string> | undefined;
  readonly certificate_file: Valued<string> | undefined;
  readonly serial: Valued<string> | undefined;
  readonly public_key_id: Valued<string> | undefined;
  readonly mode?: Valued<string> | undefined;
  /** A folder of `keys new`. */
  readonly made: Valued<string> | undefined;
  readonly unset: readonly string[];
}

/** The key of the demo merchant. */
export function loadDemoKeys(mode: Valued<string> | undefined): Result<PlatformKeys> {
  const word = modeOf(mode);
  return word.ok ? keysOf({ ...demoKeyTexts, mode: word.value }, { mode }) : word;
}

/** The key that is configured. */
export function loadKeys(names: KeyNames): Result<PlatformKeys> {
  const mode = modeOf(names.mode);
  if (!mode.ok) return mode;
  const texts = names.made ? madeTexts(names.made) : ownTexts(names, names.unset);
  if (!texts.ok) return texts;
  const { serial, public_key_id } = names;
  const said = {
    serial: serial?.value ?? texts.value.serial,
    publicKeyId: public_key_id?.value ?? texts.value.publicKeyId,
  };
  return keysOf({ ...texts.value, ...said, mode: mode.value }, names);
}

function modeOf(mode: Valued<string> | undefined): Result<KeyMode | undefined> {
  const known = KEY_MODES.find((word) => word === mode?.value);
  if (!mode || known) return succeed(known);
  const message = `mode (${mode.from}) is neither certificate nor public-key`;
  return fail({ code: 'bad-value', message, fix: 'Write one of the two, or leave it out.' });
}

/** What `keys new` wrote. */
function madeTexts({ value: folder, from }: Valued<string>): Result<KeyTexts> {
  const file = (name: string): Valued<string> => ({ value: path.join(folder, name), from });
  const own = ownTexts({
    key_file: file(KEY_FILES.privateKey),
    certificate_file: file(KEY_FILES.certificate),
  });
  const id = read('public key’s id', file(KEY_FILES.publicKeyId));
  if (!own.ok) return own;
  return id.ok ? succeed({ ...own.value, publicKeyId: id.value.trim() }) : id;
}

function ownTexts(
  { key_file, certificate_file }: Pick<KeyNames, 'key_file' | 'certificate_file'>,
  unset: readonly string[] = [],
): Result<KeyTexts> {
  if (!key_file) return fail({ ...NO_KEY, fix: `${unsetText(unset)}${NO_KEY.fix}` });
  const key = read('private key', key_file);
  const certificate = certificate_file && read('certificate', certificate_file);
  if (!key.ok) return key;
  if (certificate?.ok === false) return certificate;
  return succeed({
    privateKeyPem: key.value,
    certificatePem: certificate?.value,
    serial: undefined,
    publicKeyId: undefined,
    mode: undefined,
  });
}

const NO_KEY: Problem = {
  code: 'no-credentials',
  message: 'missing: a platform key to sign API v3 with',
  fix: '`wxnotify keys new` makes a stand-in. `--profile demo` has one that is built in.',
};

function read(what: string, { value, from }: Valued<string>): Result<string> {
  try {
    return succeed(readFileSync(value, 'utf8'));
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException; // its message would quote the name: it may be the key itself
    const message = `the file of the ${what} cannot be read (${code})`;
    const place = isFileName(value) ? `Looked for at ${value}, which` : 'It';
    return fail({ code: 'unreadable', message, fix: `${place} is named by ${from}.` });
  }
}

/** Whether a text can be quoted as a name: neither a PEM, nor its base64, nor an API key ends like a file. */
function isFileName(text: string): boolean {
  return /^[^\r\n]{1,250}\.[A-Za-z]{1,4}$/.test(text) && !text.includes('-----');
}

function keysOf(texts: KeyTexts, names: Partial<KeyNames>): Result<PlatformKeys> {
  const keys = readPlatformKeys(texts);
  if (typeof keys !== 'string') return succeed(keys);
  const { about, message, fix } = FAULTS[keys];
  const from = (about === undefined ? undefined : names[about]?.from) ?? names.made?.from;
  return fail({ code: 'bad-value', message: from === undefined ? message : `${message} (${from})`, fix });
}

interface Words {
  readonly about?: Exclude<keyof KeyNames, 'unset'>;
  readonly message: string;
  readonly fix: string;
}

const NEW = '`wxnotify keys new` makes one.';
const SERIAL =
  'It is what `openssl x509 -noout -serial` prints; with a certificate_file it need not be said.';

const FAULTS: Readonly<Record<KeyFault, Words>> = {
  'no-private-key': {
    about: 'key_file',
    message: 'the file of the platform’s private key holds none that can be read',
    fix: `It is PEM (PKCS#8 or PKCS#1) and says BEGIN PRIVATE KEY, or BEGIN RSA PRIVATE KEY. ${NEW}`,
  },
  'locked-private-key': {
    about: 'key_file',
    message: 'the platform’s private key has a passphrase, which nobody could type in CI',
    fix: `\`openssl pkey -in locked.pem -out key.pem\` writes it without one. ${NEW}`,
  },
  'no-rsa-2048': {
    about: 'key_file',
    message: 'the platform’s private key is not RSA with 2048 bits',
    fix: `WECHATPAY2-SHA256-RSA2048 is signed with no other. ${NEW}`,
  },
  'no-certificate': {
    about: 'certificate_file',
    message: 'the file of the platform’s certificate holds none that can be read',
    fix: 'It is an X.509 certificate as PEM.',
  },
  'other-certificate': {
    about: 'certificate_file',
    message: 'the platform’s certificate is that of another private key',
    fix: 'Both files must have been made together. `wxnotify keys new` makes both.',
  },
  'no-serial': {
    about: 'serial',
    message: 'the serial number is not up to 40 digits of hex',
    fix: SERIAL,
  },
  'other-serial': {
    about: 'serial',
    message: 'the serial number is not that of the certificate',
    fix: SERIAL,
  },
  'no-public-key-id': {
    about: 'public_key_id',
    message: 'the id of the public key does not begin with PUB_KEY_ID_',
    fix: 'Write it as it must stand in Wechatpay-Serial, the prefix included.',
  },
  'nameless-certificate': {
    about: 'mode',
    message: 'in the mode certificate there must be a certificate, or its serial number',
    fix: 'Set certificate_file or serial, or the mode public-key.',
  },
  'nameless-public-key': {
    about: 'mode',
    message: 'in the mode public-key the public key must have an id',
    fix: 'Set public_key_id: PUB_KEY_ID_ and digits, as your server knows it.',
  },
};
