/** A folder with a merchant's keys, in which the built command line audits. */
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execute } from '../../interop/driver/commands.mjs';
import { packageFolder } from './places.mjs';

const BIN = path.join(packageFolder, 'bin/wxnotify.js');
/** Made up: nothing is sent in the merchant's name. */
const MCH_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
/** A message may list every scenario. */
const STDERR_SHOWN = 400;

/** The merchant that wxnotify signs for. Made up: none of it opens anything. */
const merchant = {
  appid: 'wxd678efh567hg6787',
  mch_id: '1230000109',
  api_key: 'auditKEYmadeUPforTHEcorrectSHOP1',
  api_v3_key: 'auditV3KEYmadeUPforCORRECTshop12',
};

/**
 * @typedef {object} Finding
 * @property {string} case its full name
 * @property {string} severity
 * @property {string} title
 *
 * @typedef {object} Report
 * @property {{ cases: number, passed: number, failed: number, undecided: number }} summary
 * @property {Finding[]} findings
 * @property {{ case: string, why: string }[]} undecided
 */

/**
 * A folder for this run only.
 *
 * @param {{ signal?: AbortSignal }} [options]
 */
export async function openWorkshop({ signal } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'wxnotify-audit-'));
  const { appid, mch_id, api_key, api_v3_key } = merchant;
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, WXNOTIFY_API_KEY: api_key, WXNOTIFY_API_V3_KEY: api_v3_key };
  const run = (args) => runJson(args, { cwd: folder, env, signal });
  const keys = { api_key: '${env.WXNOTIFY_API_KEY}', api_v3_key: '${env.WXNOTIFY_API_V3_KEY}' };
  let files = 0;
  const write = (text, ending) => {
    const file = path.join(folder, `${++files}.${ending}`);
    writeFileSync(file, text);
    return file;
  };
  /** JSON is YAML. */
  const configure = (audit, target = 'http://127.0.0.1:9/') =>
    write(JSON.stringify({ profiles: { audit: { target, appid, mch_id, ...keys } }, audit }), 'config.yaml');

  const somewhere = configure({});
  await run(['keys', 'new', '--config', somewhere]);
  const platform = await run(['keys', 'show', '--config', somewhere]);
  return {
    folder,
    /** What merchants and receivers are told. */
    told: {
      APPID: appid,
      MCH_ID: mch_id,
      API_KEY: api_key,
      API_V3_KEY: api_v3_key,
      SIGN_TYPE: 'MD5',
      PLATFORM_CERT: write(platform.certificate, 'certificate.pem'),
      PLATFORM_SERIAL: platform.serial,
      PLATFORM_PUBLIC_KEY: write(platform.public_key, 'public-key.pem'),
      PLATFORM_PUBLIC_KEY_ID: platform.public_key_id,
      VERIFY_WITH: 'certificate',
      MCH_PRIVATE_KEY: write(merchantKey(), 'merchant-key.pem'),
      MCH_SERIAL,
    },
    /**
     * @param {object} audit the block `audit` of the configuration
     * @param {string[]} args more of the command line
     * @returns {Promise<Report>}
     */
    audit(audit, args) {
      const target = Object.values(audit.endpoints)[0];
      const state = ['--state', path.join(folder, `state-${files}`)];
      return run(['audit', '--config', configure(audit, target), '--fail-on', 'low', ...state, ...args]);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function merchantKey() {
  const privateKeyEncoding = { format: 'pem', type: 'pkcs8' };
  return generateKeyPairSync('rsa', { modulusLength: 2048, privateKeyEncoding }).privateKey;
}

async function runJson(args, { cwd, env, signal }) {
  const { status, stdout, stderr } = await execute([process.execPath, BIN, ...args, '--json'], {
    cwd,
    env,
    signal,
  });
  const wrong = status === null || status === 2 || stdout === '';
  if (wrong)
    throw new Error(`wxnotify ${args.join(' ')} ended with ${status}: ${stderr.slice(0, STDERR_SHOWN)}`);
  return JSON.parse(stdout);
}
