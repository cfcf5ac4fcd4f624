// wechatpay-node-v3 as a receiver: verifySign() and decipher_gcm(), after its README. It is given the body as it came:
// of a parsed one it verifies what JSON.stringify() makes of it.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import WxPay from 'wechatpay-node-v3';

const {
  APPID,
  MCH_ID,
  API_V3_KEY,
  MCH_PRIVATE_KEY,
  MCH_SERIAL,
  PLATFORM_CERT,
  PLATFORM_SERIAL,
  PLATFORM_PUBLIC_KEY,
  PLATFORM_PUBLIC_KEY_ID,
  VERIFY_WITH,
  PORT,
} = process.env;

/** It only knows what it downloads itself, from a URL that is fixed; `certificates` is protected. */
class Merchant extends WxPay {
  static trust(serial, file) {
    Merchant.certificates[serial] = readFileSync(file, 'utf8');
  }
}
if (VERIFY_WITH === 'certificate') Merchant.trust(PLATFORM_SERIAL, PLATFORM_CERT);
else Merchant.trust(PLATFORM_PUBLIC_KEY_ID, PLATFORM_PUBLIC_KEY);

const privateKey = readFileSync(MCH_PRIVATE_KEY);
const pay = new Merchant({
  appid: APPID,
  mchid: MCH_ID,
  serial_no: MCH_SERIAL,
  publicKey: privateKey, // the merchant's certificate: for its serial number alone, which is there
  privateKey,
  key: API_V3_KEY,
});

const read = async (headers, body) => {
  const [timestamp, nonce, serial, signature] = ['timestamp', 'nonce', 'serial', 'signature'].map(
    (name) => headers[`wechatpay-${name}`],
  );
  const isRight = await pay.verifySign({ timestamp, nonce, serial, signature, body });
  if (!isRight) throw new Error('signature');
  const { algorithm, ciphertext, associated_data, nonce: iv } = JSON.parse(body).resource;
  if (algorithm !== 'AEAD_AES_256_GCM') throw new Error(`algorithm ${algorithm}`);
  const resource = pay.decipher_gcm(ciphertext, associated_data, iv);
  if (typeof resource === 'string') throw new Error('resource is not JSON'); // it hands on what it cannot parse
  return resource;
};

const server = createServer(async (req, res) => {
  let answer = { code: 'SUCCESS' };
  try {
    const resource = await read(req.headers, (await buffer(req)).toString());
    res.setHeader('X-Parsed', Buffer.from(JSON.stringify(resource)).toString('base64'));
  } catch ({ message }) {
    res.statusCode = 400;
    answer = { code: 'FAIL', message };
  }
  res.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
