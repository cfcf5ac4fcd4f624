/** Sends everything to one receiver. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { deviationOf, expectedOf, observedOf, observedOfTwin } from './expectation.mjs';
import { inParallel } from './in-parallel.mjs';
import { start } from './receiver-process.mjs';

const NOT_SENT = 'not sent: a step before it failed';

/**
 * One result for every delivery.
 *
 * @returns {Promise<{ scenario: string, kind: string, twin?: string, expected: string, observed: string }[]>}
 */
export async function exercise(receiver, { scenarios, wxnotify, atOnce }) {
  const served = scenarios.filter(({ messages }) => messages.some(({ kind }) => kind in receiver.serves));
  const stops = [];
  try {
    const urls = {};
    for (const signType of receiver.perSignType ? ['MD5', 'HMAC-SHA256'] : ['MD5']) {
      const { url, stop } = await start(receiver, signType);
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

/** Which process a kind goes to depends on how the scenario signs it. */
function targetsFor(receiver, { name, messages }, { urls, elsewhere }) {
  const targets = { default: elsewhere };
  for (const { kind, signType = 'MD5' } of messages) {
    const path = receiver.serves[kind];
    if (path === undefined) continue;
    const target = `${urls[receiver.perSignType ? signType : 'MD5']}${path}`;
    if ((targets[kind] ?? target) !== target) throw new Error(`${name} signs ${kind} in two ways`);
    targets[kind] = target;
  }
  return targets;
}

function judge(receiver, { name, messages }, { deliveries }) {
  const served = messages.filter(({ kind }) => kind in receiver.serves);
  return served.flatMap(({ step, kind, fields }) => {
    const deviation = deviationOf(receiver, { scenario: name, kind });
    const result = { scenario: name, step, kind, fields, deviation, expected: expectedOf(deviation, fields) };
    const made = deliveries.filter((delivery) => delivery.step === step);
    if (made.length === 0) return [{ ...result, observed: NOT_SENT }];
    return made.map((delivery) => ({ ...result, observed: observedOf(delivery, fields) }));
  });
}

function judgeTwins(receiver, { name, twins }, { deliveries }) {
  return twins.flatMap(({ name: twin, message: { step, kind, fields } }, index) => {
    if (!(kind in receiver.serves)) return [];
    const deviation = deviationOf(receiver, { scenario: name, kind, twin });
    const expected = deviation ? 'accepted' : 'refused';
    const made = deliveries.find((delivery) => delivery.step === index + 1);
    const observed = made ? observedOfTwin(made) : NOT_SENT;
    return [{ scenario: name, step, kind, fields, twin, deviation, expected, observed }];
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
