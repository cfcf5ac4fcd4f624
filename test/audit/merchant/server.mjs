/** The merchant's server: `PORT` (0: any), and prints `listening PORT`. */
import { createServer } from 'node:http';
import { answerJson, answerV2, answerV3, reason, status } from './answers.mjs';
import { readBody } from './body.mjs';
import { readConfig } from './config.mjs';
import { callOrderApi } from './order-api.mjs';
import { createOrders } from './orders.mjs';
import { Refusal } from './refusal.mjs';
import { takePayment } from './v2/payment.mjs';
import { takeRefund } from './v2/refund.mjs';
import { takeNotification } from './v3/notification.mjs';

const shop = { config: readConfig(process.env), orders: createOrders() };

const notifyUrls = {
  '/notify/v2/payment': { take: ({ body }) => takePayment(body, shop), answer: answerV2 },
  '/notify/v2/refund': { take: ({ body }) => takeRefund(body, shop), answer: answerV2 },
  '/notify/v3': { take: (request) => takeNotification(request, shop), answer: answerV3 },
};

const server = createServer(async (request, response) => {
  const path = request.url.split('?')[0];
  if (Object.hasOwn(notifyUrls, path)) return notify(request, response, notifyUrls[path]);
  try {
    const { method } = request;
    const answer = await callOrderApi(shop.orders, { method, path, body: await readBody(request) });
    answerJson(response, answer.status, answer.json);
  } catch (error) {
    answerJson(response, status(error), { message: reason(error) });
  }
});

async function notify(request, response, { take, answer }) {
  try {
    if (request.method !== 'POST') throw new Refusal('notifications are posted', 405);
    const { headers } = request;
    await take({ headers, body: await readBody(request) });
    answer(response);
  } catch (error) {
    answer(response, error);
  }
}

server.requestTimeout = 30_000;
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`listening ${server.address().port}`);
});
