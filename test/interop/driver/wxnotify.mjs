/** The built command line, as a user calls it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { merchant } from '../merchant.mjs';
import { execute } from './commands.mjs';
import { packageFolder } from './places.mjs';

const BIN = path.join(packageFolder, 'bin/wxnotify.js');
/** Every value follows from it, the time included: two runs build the same bytes. */
const SEED = 'interop';

/**
 * A working directory with a configuration of its own, so that neither the user's profiles nor their journal take part.
 *
 * @param {{ signal: AbortSignal }} options
 */
export function createWxnotify({ signal }) {
  const cwd = mkdtempSync(path.join(tmpdir(), 'wxnotify-interop-'));
  const callNow = (args) => callJson(args, { cwd, signal });
  const call = (args) => callNow([...args, '--seed', SEED]);
  let files = 0;
  const write = (content, ending) => {
    const file = path.join(cwd, `${++files}.${ending}`);
    writeFileSync(file, content);
    return file;
  };
  const configuration = (targets, mode) => write(profileText(targets, mode), 'config.yaml');
  const somewhere = configuration({ default: 'http://127.0.0.1:9/' });
  return {
    list: () => call(['list']),
    build: (scenario, step) => call(['build', scenario, '--step', String(step), '--config', somewhere]),
    /** `targets`: kind → URL, and `default`. */
    send: (scenario, targets) => call(['send', scenario, '--config', configuration(targets), '--state', cwd]),
    /** By the clock, which receivers of API v3 look at. `mode`: what stands in `Wechatpay-Serial`. */
    sendNow: (scenario, targets, mode) =>
      callNow(['send', scenario, '--config', configuration(targets, mode), '--state', cwd]),
    /** The platform's key, in force from then on, and what `keys show` says of it. */
    async makeKeys() {
      await callNow(['keys', 'new', '--config', somewhere]);
      return callNow(['keys', 'show', '--config', somewhere]);
    },
    /** A file for this run only. */
    write,
    writeScenario: (yaml) => write(yaml, 'scenario.yaml'),
    remove: () => rmSync(cwd, { recursive: true, force: true }),
  };
}

/** JSON is YAML. */
function profileText({ default: target, ...targets }, mode) {
  const { appid, mch_id } = merchant;
  const keys = { api_key: '${env.WXNOTIFY_API_KEY}', api_v3_key: '${env.WXNOTIFY_API_V3_KEY}' };
  const v3 = mode ? { v3: { mode } } : {};
  return JSON.stringify({ profiles: { interop: { target, targets, appid, mch_id, ...keys, ...v3 } } });
}

async function callJson(args, { cwd, signal }) {
  const { PATH, HOME } = process.env;
  const { api_key, api_v3_key } = merchant;
  const env = { PATH, HOME, WXNOTIFY_API_KEY: api_key, WXNOTIFY_API_V3_KEY: api_v3_key };
  const command = [process.execPath, BIN, ...args, '--json'];
  const { status, stdout, stderr } = await execute(command, { cwd, env, signal });
  const wrong = status === 2 || stdout === '';
  if (wrong) throw new Error(`wxnotify ${args.join(' ')} ended with ${status}:\n${stderr}${stdout}`);
  return JSON.parse(stdout);
}
