/**
 * Sends everything to one receiver of API v3: one scenario file with every message and every twin of it, sent by one
 * run of the command line for each mode. The values are those that `wxnotify build` said: two runs send the same
 * bodies. They are signed by the clock, because the receivers have one.
 */
import { generateKeyPairSync } from 'node:crypto';
import { stringify } from 'yaml';
import { merchant } from '../merchant.mjs';
import { resultOf } from './expectation.mjs';
import { start } from './receiver-process.mjs';
import { pathOf } from './serving.mjs';

/** Made up: nothing is sent in the merchant's name. */
const MCH_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
/** What a server can trust. */
const MODES = ['certificate', 'public-key'];
const ENVELOPE = 'envelope.';

/**
 * One result for every delivery.
 *
 * @returns {Promise<import('./expectation.mjs').Result[]>}
 */
export async function exerciseV3(receiver, { scenarios, wxnotify, platform }) {
  const served = scenarios.flatMap((scenario) => scenario.sent.filter(({ kind }) => pathOf(receiver, kind)));
  const file = wxnotify.writeScenario(
    stringify({ steps: served.map(stepOf) }, { aliasDuplicateObjects: false }),
  );
  const results = await Promise.all(
    MODES.map((mode) => send(receiver, { mode, file, served, wxnotify, platform })),
  );
  return results.flat();
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

function stepOf({ scenario, kind, fields, twin, tamper }) {
  const expect = { acks: {} }; // any answer: it is judged here, and a flow stops at a step that fails
  return {
    name: `${scenario}: ${twin ?? 'authentic'}`,
    notify: kind,
    fields,
    ...(tamper && { tamper }),
    expect,
  };
}

async function send(receiver, { mode, file, served, wxnotify, platform }) {
  const { url, stop } = await start(receiver, { ...platform, VERIFY_WITH: mode });
  try {
    const targets = Object.fromEntries(served.map(({ kind }) => [kind, `${url}${pathOf(receiver, kind)}`]));
    const { deliveries } = await wxnotify.sendNow(file, { default: url, ...targets }, mode);
    const made = new Map(deliveries.map((delivery) => [delivery.step, delivery]));
    return served.map(({ tamper: _, ...message }, index) =>
      resultOf(receiver, { ...message, mode, fields: resourceOf(message.fields) }, made.get(index + 1)),
    );
  } finally {
    await stop();
  }
}

/** What an SDK opens; what stands around it is its own business. */
function resourceOf(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith(ENVELOPE)));
}
