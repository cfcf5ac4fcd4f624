// node-easywechat as a receiver of API v3: serve() decrypts and answers, and verifies nothing; the validator does.
// It is asked before serve(), which answers 200 to what its handlers throw: API v3 takes that for an acknowledgement.
import { createServer } from 'node:http';
import { Pay, ServerRequest } from 'node-easywechat';

const {
  MCH_ID,
  API_V3_KEY,
  MCH_PRIVATE_KEY,
  PLATFORM_CERT,
  PLATFORM_SERIAL,
  PLATFORM_PUBLIC_KEY,
  PLATFORM_PUBLIC_KEY_ID,
  VERIFY_WITH,
  PORT,
} = process.env;
const config = {
  mch_id: MCH_ID,
  secret_key: API_V3_KEY,
  private_key: MCH_PRIVATE_KEY,
  certificate: import.meta.filename, // the merchant's own, for what it sends: only the file must exist
  platform_certs:
    VERIFY_WITH === 'certificate'
      ? { [PLATFORM_SERIAL]: PLATFORM_CERT }
      : { [PLATFORM_PUBLIC_KEY_ID]: PLATFORM_PUBLIC_KEY },
};

const serve = async (req, res) => {
  const app = new Pay(config); // one per request: handlers pile up on an instance
  app.setRequest(await ServerRequest.createFromIncomingMessage(req));
  await app.getValidator().validate(app.getRequest());
  const server = app.getServer().with((message, next) => {
    res.setHeader('X-Parsed', Buffer.from(JSON.stringify(message.toObject())).toString('base64'));
    return next(message);
  });
  return (await server.serve()).getBody();
};

const server = createServer(async (req, res) => {
  res.setHeader('Content-Type', 'application/json');
  const answer = await serve(req, res).catch(({ message }) => {
    res.statusCode = 400;
    return JSON.stringify({ code: 'FAIL', message });
  });
  res.end(answer);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
