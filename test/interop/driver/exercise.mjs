/** Sends everything to one receiver of API v2. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { merchant } from '../merchant.mjs';
import { resultOf } from './expectation.mjs';
import { inParallel } from './in-parallel.mjs';
import { start } from './receiver-process.mjs';
import { pathOf } from './serving.mjs';

/**
 * One result for every delivery.
 *
 * @returns {Promise<import('./expectation.mjs').Result[]>}
 */
export async function exercise(receiver, { scenarios, wxnotify, atOnce }) {
  const served = scenarios.filter(({ messages }) => messages.some(({ kind }) => pathOf(receiver, kind)));
  const stops = [];
  try {
    const urls = {};
    for (const signType of receiver.perSignType ? ['MD5', 'HMAC-SHA256'] : ['MD5']) {
      const { url, stop } = await start(receiver, environment(signType));
      stops.push(stop);
      urls[signType] = url;
    }
    const elsewhere = await startElsewhere();
    stops.push(elsewhere.stop);
    const results = await inParallel(atOnce, served, async (scenario) => {
      const targets = targetsFor(receiver, scenario, { urls, elsewhere: elsewhere.url });
      const { name, tampered } = scenario;
      const sent = await wxnotify.send(name, targets);
      const twins = await wxnotify.send(wxnotify.writeScenario(tampered), targets);
      return [...judge(receiver, scenario, sent), ...judgeTwins(receiver, scenario, twins)];
    });
    return results.flat();
  } finally {
    for (const stop of stops) await stop();
  }
}

function environment(signType) {
  const { appid, mch_id, api_key, api_v3_key } = merchant;
  return { APPID: appid, MCH_ID: mch_id, API_KEY: api_key, API_V3_KEY: api_v3_key, SIGN_TYPE: signType };
}

/** Which process a kind goes to depends on how the scenario signs it. */
function targetsFor(receiver, { name, messages }, { urls, elsewhere }) {
  const targets = { default: elsewhere };
  for (const { kind, signType = 'MD5' } of messages) {
    const path = pathOf(receiver, kind);
    if (path === undefined) continue;
    const target = `${urls[receiver.perSignType ? signType : 'MD5']}${path}`;
    if ((targets[kind] ?? target) !== target) throw new Error(`${name} signs ${kind} in two ways`);
    targets[kind] = target;
  }
  return targets;
}

function judge(receiver, { name, messages }, { deliveries }) {
  const served = messages.filter(({ kind }) => pathOf(receiver, kind));
  return served.flatMap(({ step, kind, fields }) => {
    const message = { scenario: name, step, kind, fields, tampered: false };
    const made = deliveries.filter((delivery) => delivery.step === step);
    return (made.length === 0 ? [undefined] : made).map((one) => resultOf(receiver, message, one));
  });
}

function judgeTwins(receiver, { name, twins }, { deliveries }) {
  return twins.flatMap(({ name: twin, message: { step, kind, fields } }, index) => {
    if (!pathOf(receiver, kind)) return [];
    const message = { scenario: name, step, kind, fields, twin, tampered: true };
    const made = deliveries.find((delivery) => delivery.step === index + 1);
    return [resultOf(receiver, message, made)];
  });
}

/** Takes the steps of a flow that the SDK has nothing for, so that the steps after them are sent. */
async function startElsewhere() {
  const answer = '<xml><return_code>SUCCESS</return_code></xml>';
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('Content-Type', 'text/xml').end(answer));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, stop };
}
