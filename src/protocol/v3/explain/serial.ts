/** What `Wechatpay-Serial` says of the key, and whether it is the one that is known. */
import type { Explained, Found } from '../../explain/mistake.ts';
import type { KnownKey } from './mistake.ts';

/** What is known when the serial is judged. */
export interface Signer {
  readonly platform: KnownKey;
  readonly others: readonly KnownKey[];
  /** The key that made the signature, where one of the known ones has. */
  readonly by: KnownKey | undefined;
}

/** Why the serial does not lead to the key in force; nothing when it does. */
export function explainSerial(serial: string, signer: Signer): Explained {
  const { platform, by } = signer;
  if (platform.isMerchants === true && by !== platform) return [MERCHANTS];
  if (platform.serials.length === 0 || serial === platform.serials[0]) return by ? [] : [FOREIGN];
  return misspelt(serial, platform) ?? renamed(serial, signer) ?? mismatch(serial, signer);
}

/** The right key under another name. */
function renamed(serial: string, { platform, by }: Signer): Explained | undefined {
  if (platform.serials.includes(serial)) return [{ ...OTHER_MODE, detail: modesOf(serial) }];
  if (by !== platform) return undefined;
  return [{ ...RENAMED, detail: `${serial}, and it is known here as ${platform.serials[0] ?? ''}` }];
}

function mismatch(serial: string, { platform, others, by }: Signer): Explained {
  const other = others.find(({ serials }) => serials.includes(serial));
  if (!other) return [unknown(serial, platform)];
  return by === other ? [] : [{ ...MISMATCH, detail: `it is that of ${other.name}` }];
}

function unknown(serial: string, platform: KnownKey): Found {
  const ours = platform.serials[0] ?? '';
  if (isPublicKey(serial) === isPublicKey(ours))
    return { ...MISMATCH, detail: `${serial}, and ours is ${ours}` };
  return isPublicKey(serial) ? { ...PUBLIC_KEY, detail: serial } : { ...CERTIFICATE, detail: serial };
}

function isPublicKey(serial: string): boolean {
  return serial.startsWith('PUB_KEY_ID_');
}

function modesOf(serial: string): string {
  return isPublicKey(serial)
    ? 'the message names the public key, and here it is known by its certificate'
    : 'the message names the certificate, and here it is known as a public key';
}

/** The same number written in another way. */
function misspelt(serial: string, { serials }: KnownKey): Explained | undefined {
  const plain = plainSerial(serial);
  if (!serials.some((known) => known !== serial && plainSerial(known) === plain)) return undefined;
  return [{ ...SPELLING, detail: serial }];
}

function plainSerial(serial: string): string {
  const bare = serial.trim().replace(/[:\s]/g, '').toUpperCase().replace(/^0X/, '');
  return isPublicKey(bare) ? bare : bare.replace(/^0+(?=.)/, '');
}

const MERCHANTS: Found = {
  code: 'merchant-certificate',
  title: 'The certificate that is known here is the merchant’s own, and not the platform’s',
  fix: 'apiclient_cert.pem signs your requests. Notifications are verified with the platform’s certificate (GET /v3/certificates) or its public key (pub_key.pem of the merchant console).',
  detail: '',
};

const FOREIGN: Found = {
  code: 'foreign-signature',
  title: 'The serial is the right one, and the key of that serial did not make this signature',
  fix: 'Refuse it. If the platform sent it, certificate and serial that you have stored do not belong together: download both again.',
  detail: '',
};

const SPELLING: Found = {
  code: 'serial-form',
  title: 'The serial is the right one, and written in another way',
  fix: 'Compare it as the certificate has it: hexadecimal in upper case, without leading zeros, blanks or colons.',
  detail: '',
};

const OTHER_MODE: Found = {
  code: 'serial-mode',
  title: 'The key is known here by its other name',
  fix: 'Choose the key by Wechatpay-Serial, and know both names while merchants change from certificates to the public key.',
  detail: '',
};

const RENAMED: Found = {
  code: 'serial-name',
  title: 'The key is the right one, and the message names another serial',
  fix: 'Store the key under the serial that its messages name; a proxy or a test may also have changed the header.',
  detail: '',
};

const MISMATCH: Found = {
  code: 'serial-mismatch',
  title: 'The message names another key of the platform than the one that is known here',
  fix: 'Certificates are replaced, and for a day both are in use: download again (GET /v3/certificates), keep all that are valid, and choose by Wechatpay-Serial. For a stand-in key: `wxnotify keys show` prints the one in force.',
  detail: '',
};

const PUBLIC_KEY: Found = {
  code: 'serial-mode',
  title: 'The message is signed with the platform’s public key pair, and only a certificate is known here',
  fix: 'Download pub_key.pem in the merchant console (API 安全), and store it under its id, PUB_KEY_ID_….',
  detail: '',
};

const CERTIFICATE: Found = {
  code: 'serial-mode',
  title: 'The message is signed with a certificate of the platform, and only its public key is known here',
  fix: 'Download the certificates (GET /v3/certificates) and keep them beside the public key as long as both are in use.',
  detail: '',
};
