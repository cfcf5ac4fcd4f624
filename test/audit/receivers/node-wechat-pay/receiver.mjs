// wechat-pay as a receiver: its middleware compares the signature only when there is one. What it throws outside of any
// request would end the process: then the sender waits, as behind a supervisor that starts it again.
import { createServer } from 'node:http';
import wechatPay from 'wechat-pay';

const { APPID, MCH_ID, API_KEY, PORT } = process.env;
const middleware = wechatPay.middleware({ partnerKey: API_KEY, appId: APPID, mchId: MCH_ID });
const acknowledge = (message, req, res) => res.reply('success');
const takes = {
  '/payment': middleware.getNotify().done(acknowledge),
  '/refund': middleware.getRefundNotify().done(acknowledge),
};

process.on('uncaughtException', ({ message }) => console.error(message));
const server = createServer((req, res) => {
  res.setHeader('Content-Type', 'text/xml');
  const take = takes[req.url];
  if (take) take(req, res);
  else res.writeHead(404).end();
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
