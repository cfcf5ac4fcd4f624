// node-easywechat as a receiver, as one is tempted to write it: serve() alone, which verifies nothing.
import { createServer } from 'node:http';
import { Pay, ServerRequest } from 'node-easywechat';

const { MCH_ID, API_KEY, API_V3_KEY, PORT } = process.env;
const noCertificate = import.meta.filename; // the files must exist
const config = {
  mch_id: MCH_ID,
  v2_secret_key: API_KEY,
  secret_key: API_V3_KEY,
  private_key: noCertificate,
  certificate: noCertificate,
};

const serve = async (req) => {
  const app = new Pay(config); // one per request: handlers pile up on an instance
  app.setRequest(await ServerRequest.createFromIncomingMessage(req));
  const answer = await app
    .getServer()
    .with((message, next) => next(message))
    .serve();
  return { status: answer.getStatusCode(), body: answer.getBody() };
};

const server = createServer(async (req, res) => {
  const { status, body } = await serve(req).catch(({ message }) => ({ status: 500, body: message }));
  res.writeHead(status, { 'Content-Type': 'text/xml' }).end(body);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
