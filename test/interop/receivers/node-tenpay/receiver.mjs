// tenpay as a receiver: its own Express middleware verifies, parses and refuses.
// SIGN_TYPE is not read: the middleware follows the message's sign_type, and takes MD5 where there is none.
import express from 'express';
import Payment from 'tenpay';

const { APPID, MCH_ID, API_KEY, PORT } = process.env;
const tenpay = new Payment({ appid: APPID, mchid: MCH_ID, partnerKey: API_KEY });

const report = (req, res, next) => {
  const { req_info, ...fields } = req.weixin;
  res.set('X-Parsed', Buffer.from(JSON.stringify({ ...fields, ...req_info })).toString('base64'));
  next();
};
const acknowledge = (req, res) => res.reply();
const placeOrder = (req, res) => res.replyNative('wx201410272009395522657a690389285100');

const app = express();
app.use(express.text({ type: '*/*' })); // the middleware wants the body as a string
app.post(['/payment', '/deduction'], tenpay.middlewareForExpress('pay'), report, acknowledge);
app.post('/refund', tenpay.middlewareForExpress('refund'), report, acknowledge);
app.post('/native-call', tenpay.middlewareForExpress('nativePay'), report, placeOrder);

const server = app.listen(Number(PORT), '127.0.0.1', () => console.log(`listening ${server.address().port}`));
