// wechatpay-axios-plugin as a receiver. It is a toolkit: the routes and the choice of the algorithm are ours, after
// its README; hashing, decryption and XML are the SDK's.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Aes, Formatter, Hash, Transformer } from 'wechatpay-axios-plugin';

const { APPID, MCH_ID, API_KEY, API_V3_KEY, SIGN_TYPE, PORT } = process.env;

const verified = (xml) => {
  const fields = Transformer.toObject(xml);
  if (!Hash.equals(Hash.sign(SIGN_TYPE, fields, API_KEY), fields.sign)) throw new Error('sign mismatch');
  return fields;
};
const refund = (xml) => {
  const { req_info, ...fields } = Transformer.toObject(xml);
  const plaintext = Aes.AesEcb.decrypt(req_info, Hash.md5(API_KEY));
  // Neither the SDK's unpadding nor its XML parser is sure to notice a wrong key.
  if (!plaintext.startsWith('<root>')) throw new Error('req_info does not decrypt');
  return { ...fields, ...Transformer.toObject(plaintext) };
};
const event = (xml) => {
  const { event_ciphertext, ...fields } = verified(xml);
  const { event_nonce, event_associated_data } = fields;
  const plaintext = Aes.AesGcm.decrypt(event_ciphertext, API_V3_KEY, event_nonce, event_associated_data);
  return { ...fields, ...Transformer.toObject(plaintext) };
};
const readers = { '/refund': refund, '/payscore': event };

const order = () => {
  const fields = { return_code: 'SUCCESS', result_code: 'SUCCESS', appid: APPID, mch_id: MCH_ID };
  const prepay_id = 'wx201410272009395522657a690389285100';
  const signed = { ...fields, nonce_str: Formatter.nonce(), prepay_id };
  return { ...signed, sign: Hash.sign(SIGN_TYPE, signed, API_KEY) };
};
const acknowledgements = { '/payscore': () => ({ code: 'SUCCESS', message: 'OK' }), '/native-call': order };

const server = createServer(async (req, res) => {
  let answer;
  try {
    const fields = (readers[req.url] ?? verified)(await text(req));
    res.setHeader('X-Parsed', Buffer.from(JSON.stringify(fields)).toString('base64'));
    answer = acknowledgements[req.url]?.() ?? { return_code: 'SUCCESS', return_msg: 'OK' };
  } catch (error) {
    answer = { return_code: 'FAIL', return_msg: error.message };
  }
  res.setHeader('Content-Type', 'text/xml').end(Transformer.toXml(answer));
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
