// node-easywechat as a receiver: serve() parses, decrypts and answers, but verifies nothing by itself.
// SIGN_TYPE is not read: validateV2() looks for `signType`, which no notification has, and so takes MD5.
import { createServer } from 'node:http';
import { Pay, ServerRequest } from 'node-easywechat';

const { APPID, MCH_ID, API_KEY, PORT } = process.env;
const noCertificate = import.meta.filename; // for v3 only, but the files must exist
const config = {
  mch_id: MCH_ID,
  v2_secret_key: API_KEY,
  private_key: noCertificate,
  certificate: noCertificate,
};

/** Native mode one is answered with an order. The SDK signs it; it has no XML writer for it. */
const order = (app) => {
  const fields = { return_code: 'SUCCESS', result_code: 'SUCCESS', appid: APPID, mch_id: MCH_ID };
  const prepay_id = 'wx201410272009395522657a690389285100';
  const signed = { ...fields, nonce_str: '5K8264ILTKCH16CQ2502SI8ZNMTM67VS', prepay_id };
  const all = { ...signed, sign: app.getUtils().createV2Signature(signed) };
  return `<xml>${Object.entries(all)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</xml>`;
};

const serve = async (req, res) => {
  const app = new Pay(config); // one per request: handlers pile up on an instance
  app.setRequest(await ServerRequest.createFromIncomingMessage(req));
  // Not handlePaid() and handleRefunded(): the latter throws on every v2 message.
  const server = app.getServer().with(async (message, next) => {
    if (req.url !== '/refund') app.getValidator().validateV2(message);
    const { req_info, ...fields } = await app.getRequest().getParsedBody();
    if (req_info) Object.assign(fields, message.get('root'));
    res.setHeader('X-Parsed', Buffer.from(JSON.stringify(fields)).toString('base64'));
    return next(message);
  });
  const answer = await server.serve();
  return req.url === '/native-call' && res.hasHeader('X-Parsed') ? order(app) : answer.getBody();
};

// serve() turns what handlers throw into an answer, but not its own failures to parse and decrypt.
const failure = ({ message }) =>
  `<xml><return_code>FAIL</return_code><return_msg><![CDATA[${message}]]></return_msg></xml>`;

const server = createServer(async (req, res) => {
  res.setHeader('Content-Type', 'text/xml').end(await serve(req, res).catch(failure));
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
