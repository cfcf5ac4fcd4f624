/**
 * Sends everything to one receiver of API v3: a few scenario files with hundreds of messages and twins, each sent by one
 * run of the command line. The values are those that `wxnotify build` said: two runs send the same
 * bodies. They are signed by the clock, because the receivers have one.
 */
import { generateKeyPairSync } from 'node:crypto';
import { merchant } from '../merchant.mjs';
import { resultOf } from './expectation.mjs';
import { inParallel } from './in-parallel.mjs';
import { start } from './receiver-process.mjs';
import { pathOf } from './serving.mjs';
import { MODES } from './twins-v3.mjs';

/** Made up: nothing is sent in the merchant's name. */
const MCH_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
/** Steps of one scenario file: a file may not have any number of values. */
const BATCH = 600;
const ENVELOPE = 'envelope.';

/**
 * One result for every delivery.
 *
 * @returns {Promise<import('./expectation.mjs').Result[]>}
 */
export async function exerciseV3(receiver, { sent, wxnotify, platform, atOnce }) {
  const served = sent.filter(({ kind }) => pathOf(receiver, kind));
  const processes = {};
  try {
    for (const mode of MODES) {
      processes[mode] = await start(receiver, { ...platform, VERIFY_WITH: mode });
    }
    const batches = MODES.flatMap((mode) =>
      batchesOf(served.filter(({ modes }) => modes.includes(mode))).map((messages) => ({ mode, messages })),
    );
    const results = await inParallel(atOnce, batches, ({ mode, messages }) =>
      send(receiver, { mode, messages, wxnotify, url: processes[mode].url }),
    );
    return results.flat();
  } finally {
    for (const { stop } of Object.values(processes)) await stop();
  }
}

/** The environment of the receivers, with keys that are made for this run. */
export async function makePlatform(wxnotify) {
  const { serial, public_key_id, certificate, public_key } = await wxnotify.makeKeys();
  const { appid, mch_id, api_v3_key } = merchant;
  const encoding = { format: 'pem', type: 'pkcs8' };
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding: encoding });
  return {
    APPID: appid,
    MCH_ID: mch_id,
    API_V3_KEY: api_v3_key,
    PLATFORM_CERT: wxnotify.write(certificate, 'certificate.pem'),
    PLATFORM_SERIAL: serial,
    PLATFORM_PUBLIC_KEY: wxnotify.write(public_key, 'public-key.pem'),
    PLATFORM_PUBLIC_KEY_ID: public_key_id,
    MCH_PRIVATE_KEY: wxnotify.write(privateKey, 'merchant-key.pem'),
    MCH_SERIAL,
  };
}

function stepOf({ scenario, kind, fields, left, twin, tamper }) {
  const expect = { acks: {} }; // any answer: it is judged here, and a flow stops at a step that fails
  return {
    name: `${scenario}: ${twin ?? 'authentic'}`,
    notify: kind,
    fields: { ...fields, ...left },
    ...(tamper && { tamper }),
    expect,
  };
}

function batchesOf(messages) {
  const count = Math.ceil(messages.length / BATCH);
  return Array.from({ length: count }, (_, index) => messages.slice(index * BATCH, (index + 1) * BATCH));
}

async function send(receiver, { mode, messages, wxnotify, url }) {
  const file = wxnotify.writeScenario(JSON.stringify({ steps: messages.map(stepOf) })); // JSON is YAML
  const targets = Object.fromEntries(messages.map(({ kind }) => [kind, `${url}${pathOf(receiver, kind)}`]));
  const { deliveries } = await wxnotify.sendNow(file, { default: url, ...targets }, mode);
  const made = new Map(deliveries.map((delivery) => [delivery.step, delivery]));
  return messages.map(({ tamper: _tamper, modes: _modes, left: _left, ...message }, index) =>
    resultOf(receiver, { ...message, mode, fields: resourceOf(message.fields) }, made.get(index + 1)),
  );
}

/** What an SDK opens; what stands around it is its own business. */
function resourceOf(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith(ENVELOPE)));
}
