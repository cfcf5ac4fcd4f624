// wechatpay-axios-plugin as a receiver of API v3. It is a toolkit: RSA, AES-GCM and what is signed are the SDK's;
// the checks of headers, serial and moment are ours, after what it does with answers (lib/decorator.js).
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';

const {
  API_V3_KEY,
  PLATFORM_CERT,
  PLATFORM_SERIAL,
  PLATFORM_PUBLIC_KEY,
  PLATFORM_PUBLIC_KEY_ID,
  VERIFY_WITH,
  PORT,
} = process.env;
const certs =
  VERIFY_WITH === 'certificate'
    ? { [PLATFORM_SERIAL]: readFileSync(PLATFORM_CERT) }
    : { [PLATFORM_PUBLIC_KEY_ID]: readFileSync(PLATFORM_PUBLIC_KEY) };
const ciphers = { AEAD_AES_256_GCM: Aes.AesGcm };
const MAXIMUM_CLOCK_OFFSET = 300;

const verify = (headers, body) => {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map(
    (name) => headers[`wechatpay-${name}`],
  );
  const isNow = Math.abs(Formatter.timestamp() - timestamp) <= MAXIMUM_CLOCK_OFFSET;
  if (!isNow) throw new Error(`timestamp ${timestamp}`);
  if (!Object.hasOwn(certs, serial)) throw new Error(`serial ${serial}`);
  const key = Rsa.from(certs[serial], Rsa.KEY_TYPE_PUBLIC);
  if (!Rsa.verify(Formatter.response(timestamp, nonce, body), signature, key)) throw new Error('signature');
};
const open = ({ resource: { algorithm, ciphertext, nonce, associated_data } }) => {
  if (!Object.hasOwn(ciphers, algorithm)) throw new Error(`algorithm ${algorithm}`);
  return ciphers[algorithm].decrypt(ciphertext, API_V3_KEY, nonce, associated_data);
};

const server = createServer(async (req, res) => {
  let answer = { code: 'SUCCESS' };
  try {
    const body = (await buffer(req)).toString();
    verify(req.headers, body);
    const resource = JSON.parse(open(JSON.parse(body)));
    res.setHeader('X-Parsed', Buffer.from(JSON.stringify(resource)).toString('base64'));
  } catch ({ message }) {
    res.statusCode = 400;
    answer = { code: 'FAIL', message };
  }
  res.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
