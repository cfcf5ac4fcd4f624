/** The key with which a stand-in signs as the platform does, read from what is in files. */
import { createHash, createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

/** How a merchant knows the key: by a certificate and its serial number, or as a public key with an id. */
export const KEY_MODES = ['certificate', 'public-key'] as const;

/** One of them. */
export type KeyMode = (typeof KEY_MODES)[number];

/** A platform key, parsed once. Key objects print nothing of themselves. */
export interface PlatformKeys {
  readonly mode: KeyMode;
  /** What `Wechatpay-Serial` says: the serial number, or the id of the public key. */
  readonly signer: string;
  /** Of the certificate, in upper-case hex; `undefined` where a merchant has only the public key. */
  readonly serial: string | undefined;
  readonly publicKeyId: string | undefined;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly certificatePem: string | undefined;
  readonly publicKeyPem: string;
  /** SHA-256 of the public key in hex, as `openssl pkey -pubin -outform der | sha256sum` has it. */
  readonly fingerprint: string;
}

/** The texts that make a key. */
export interface KeyTexts {
  readonly privateKeyPem: string;
  readonly certificatePem: string | undefined;
  readonly serial: string | undefined;
  readonly publicKeyId: string | undefined;
  /** Certificate where there is one, unless it is said. */
  readonly mode: KeyMode | undefined;
}

/** What can be wrong with them. */
export type KeyFault =
  | 'no-private-key'
  | 'locked-private-key'
  | 'no-rsa-2048'
  | 'no-certificate'
  | 'other-certificate'
  | 'no-serial'
  | 'other-serial'
  | 'no-public-key-id'
  | 'nameless-certificate'
  | 'nameless-public-key';

/** The size that `WECHATPAY2-SHA256-RSA2048` says. */
const BITS = 2048;

/** What a PEM file with a passphrase says: of PKCS#8, and of PKCS#1. */
const LOCKED = /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;

/** Reads a platform key, or says what is wrong with it. */
export function readPlatformKeys(texts: KeyTexts): PlatformKeys | KeyFault {
  const privateKey = privateKeyOf(texts.privateKeyPem);
  if (typeof privateKey === 'string') return privateKey;
  const named = namedSerial(texts, privateKey);
  if (typeof named === 'string') return named;
  const { publicKeyId } = texts;
  const { serial, certificatePem } = named;
  if (publicKeyId !== undefined && !/^PUB_KEY_ID_\w+$/.test(publicKeyId)) return 'no-public-key-id';
  const mode = texts.mode ?? (serial === undefined ? 'public-key' : 'certificate');
  const signer = mode === 'certificate' ? serial : publicKeyId;
  if (signer === undefined) return mode === 'certificate' ? 'nameless-certificate' : 'nameless-public-key';
  const publicKey = createPublicKey(privateKey);
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const fingerprint = fingerprintOf(publicKey);
  return {
    ...{ mode, signer, serial, publicKeyId, fingerprint },
    ...{ privateKey, publicKey, certificatePem, publicKeyPem },
  };
}

function fingerprintOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

function privateKeyOf(pem: string): KeyObject | KeyFault {
  try {
    const key = createPrivateKey(pem);
    const right = key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === BITS;
    return right ? key : 'no-rsa-2048';
  } catch {
    return LOCKED.test(pem) ? 'locked-private-key' : 'no-private-key';
  }
}

/** The certificate and its serial number, or the one that is said without a certificate. */
function namedSerial(
  { certificatePem, serial }: KeyTexts,
  privateKey: KeyObject,
): { readonly serial: string | undefined; readonly certificatePem?: string } | KeyFault {
  if (serial !== undefined && !/^[0-9A-Fa-f]{1,40}$/.test(serial)) return 'no-serial';
  const said = serial === undefined ? undefined : serialOf(serial);
  if (certificatePem === undefined) return { serial: said };
  const certificate = certificateIn(certificatePem);
  if (!certificate) return 'no-certificate';
  if (!certificate.checkPrivateKey(privateKey)) return 'other-certificate';
  const own = serialOf(certificate.serialNumber);
  if (said !== undefined && said !== own) return 'other-serial';
  return { serial: own, certificatePem: certificate.toString() }; // and not the file: the private key may stand beside it
}

/** The certificate in a text. */
export function certificateIn(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

/** As `Wechatpay-Serial` has it: some SDKs compare it with the hex of a number. */
export function serialOf(hex: string): string {
  return hex.toUpperCase().replace(/^0+(?=.)/, '');
}
