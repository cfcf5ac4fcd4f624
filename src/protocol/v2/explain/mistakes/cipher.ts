/** What goes wrong with `req_info`: the key, what is made of it, the mode, the base64. */
import { createHash } from 'node:crypto';
import { base64Repairs, type Decode } from '../../../explain/base64.ts';
import { decipher, md5Hex, type KeyMaker, type Open, type Option } from '../cipher-recipe.ts';

const MODE = 'Use AES-256-ECB with PKCS#7 padding (PKCS5 in Java); ECB has no IV.';
const HASH =
  'The AES key is the MD5 of the API key in lower-case hexadecimal: 32 ASCII characters, taken as 32 bytes.';
const BASE64 = 'Pass req_info on exactly as it stands in the XML; decode it as base64 once.';

const AS_BYTES = {
  code: 'hash-as-bytes',
  title: 'The MD5 of the key was used as bytes, not as 32 hexadecimal characters',
};
const OTHER = { code: 'other-hash', title: 'The key was hashed with another algorithm than MD5' };
const CUT = { code: 'hash-cut', title: 'The MD5 of the key was cut' };

const BLOCK = 16;
const ZERO = Buffer.alloc(BLOCK);

/** Other ways to make the cipher's key. */
export const keyMakers: readonly Option<KeyMaker>[] = [
  hashed({ code: 'key-not-hashed', title: 'The key itself was used, without its MD5', detail: '' }, (key) =>
    Buffer.from(key),
  ),
  hashed(
    {
      code: 'key-not-hashed',
      title: 'The key itself was used, without its MD5',
      detail: 'its first 16: AES-128',
    },
    (key) => Buffer.from(key).subarray(0, 16),
  ),
  hashed({ code: 'hash-upper-case', title: 'The MD5 of the key was in upper case', detail: '' }, (key) =>
    Buffer.from(md5Hex(key).toUpperCase()),
  ),
  hashed({ ...AS_BYTES, detail: '16 bytes: AES-128' }, md5),
  hashed({ ...AS_BYTES, detail: 'twice, to make 32 of them' }, (key) => Buffer.concat([md5(key), md5(key)])),
  hashed({ ...AS_BYTES, detail: 'and zeros, to make 32 of them' }, (key) => Buffer.concat([md5(key), ZERO])),
  hashed({ ...OTHER, detail: 'SHA-256' }, sha256),
  hashed({ ...OTHER, detail: 'SHA-256 in capital hexadecimal, cut to 32' }, (key) =>
    Buffer.from(sha256(key).toString('hex').toUpperCase().slice(0, 32)),
  ),
  hashed({ ...OTHER, detail: 'SHA-1 in hexadecimal, cut to 32' }, (key) =>
    Buffer.from(createHash('sha1').update(key).digest('hex').slice(0, 32)),
  ),
  hashed({ ...OTHER, detail: 'SHA-256 in hexadecimal, cut to 32' }, (key) =>
    Buffer.from(sha256(key).toString('hex').slice(0, 32)),
  ),
  hashed({ code: 'hashed-twice', title: 'The key was hashed twice', detail: '' }, (key) =>
    Buffer.from(md5Hex(md5Hex(key))),
  ),
  hashed({ ...CUT, detail: 'the first 16: AES-128' }, (key) => Buffer.from(md5Hex(key).slice(0, 16))),
  hashed({ ...CUT, detail: 'the first 24: AES-192' }, (key) => Buffer.from(md5Hex(key).slice(0, 24))),
  hashed({ ...CUT, detail: 'the middle 16: AES-128' }, (key) => Buffer.from(md5Hex(key).slice(8, 24))),
];

/** Other modes of the cipher. The IV is a guess that people make. */
export const modes: readonly Option<Open>[] = [
  mode('ECB without PKCS#7 padding, filled with zeros', (bytes, key) =>
    decipher('ecb', bytes, { key, padding: false }),
  ),
  mode('CBC with an IV of zeros', (bytes, key) => decipher('cbc', bytes, { key, iv: ZERO })),
  mode('CBC with the first 16 bytes of the key as IV', (bytes, key) =>
    decipher('cbc', bytes, { key, iv: key.subarray(0, 16) }),
  ),
  mode('CBC with the last 16 bytes of the key as IV', (bytes, key) =>
    decipher('cbc', bytes, { key, iv: key.subarray(-16) }),
  ),
  mode('CBC with the IV before the ciphertext', (bytes, key) =>
    decipher('cbc', bytes.subarray(16), { key, iv: bytes.subarray(0, 16) }),
  ),
  mode('CBC with an IV of zeros, filled with zeros', (bytes, key) =>
    decipher('cbc', bytes, { key, iv: ZERO, padding: false }),
  ),
  mode('CTR with an IV of zeros', (bytes, key) => decipher('ctr', bytes, { key, iv: ZERO })),
  mode('CTR with the first 16 bytes of the key as IV', (bytes, key) =>
    decipher('ctr', bytes, { key, iv: key.subarray(0, 16) }),
  ),
  mode('CTR with the IV before the ciphertext', (bytes, key) =>
    decipher('ctr', bytes.subarray(16), { key, iv: bytes.subarray(0, 16) }),
  ),
  mode('CFB with an IV of zeros', (bytes, key) => decipher('cfb', bytes, { key, iv: ZERO })),
  mode('CFB with the IV before the ciphertext', (bytes, key) =>
    decipher('cfb', bytes.subarray(16), { key, iv: bytes.subarray(0, 16) }),
  ),
  mode('OFB with an IV of zeros', (bytes, key) => decipher('ofb', bytes, { key, iv: ZERO })),
  mode('CBC with another IV', (bytes, key) => behindFirstBlock(decipher('cbc', bytes, { key, iv: ZERO }))),
  mode('CFB with another IV', (bytes, key) => behindFirstBlock(decipher('cfb', bytes, { key, iv: ZERO }))),
];

/** With the wrong IV, the first block alone is lost: what begins behind it is told. */
function behindFirstBlock(plain: Buffer): Buffer {
  const rest = plain.subarray(BLOCK).toString('utf8');
  const begin = rest.search(/<[A-Za-z_][\w.-]*>/);
  const root = /<\/(xml|root)>\s*$/.exec(rest)?.[1];
  return begin === -1 || root === undefined ? Buffer.alloc(0) : Buffer.from(`<${root}>${rest.slice(begin)}`);
}

/** Base64 that suffered on the way, and how it is repaired. */
export const repairs: readonly Option<Decode>[] = base64Repairs.map(([detail, value]) => ({
  code: 'base64-damaged',
  title: 'The base64 of req_info was damaged on the way',
  detail,
  fix: BASE64,
  value,
}));

function hashed(mistake: Omit<Option<KeyMaker>, 'fix' | 'value'>, value: KeyMaker): Option<KeyMaker> {
  return { ...mistake, fix: HASH, value };
}

function mode(detail: string, value: Open): Option<Open> {
  return { code: 'wrong-mode', title: 'req_info was encrypted in another mode', detail, fix: MODE, value };
}

function md5(key: string): Buffer {
  return createHash('md5').update(key).digest();
}

function sha256(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
