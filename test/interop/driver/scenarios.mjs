/** The built-in scenarios: what each step says, and its tampered twins. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { inParallel } from './in-parallel.mjs';
import { packageFolder } from './places.mjs';
import { twinsOf } from './twins.mjs';

/**
 * Reads every scenario that is authentic from its first to its last step. `left` names the others.
 *
 * @param {ReturnType<import('./wxnotify.mjs').createWxnotify>} wxnotify
 */
export async function readScenarios(wxnotify, { atOnce }) {
  const { scenarios } = await wxnotify.list();
  const all = scenarios.filter(({ name }) => !name.startsWith('v3/')).map(readScenario); // the receivers are those of API v2
  const sent = all.filter(isAuthentic);
  const left = all.filter((scenario) => !sent.includes(scenario)).map(({ name }) => name);
  return { scenarios: await inParallel(atOnce, sent, (scenario) => complete(scenario, wxnotify)), left };
}

/**
 * `hostile/` is about what a handler does with authentic messages, too, and a flow asks the merchant's own API: neither
 * is a question to an SDK.
 */
function isAuthentic({ tags, steps }) {
  const authentic = steps.every(({ notify, tamper }) => notify !== undefined && tamper === undefined);
  return !tags.includes('hostile') && authentic;
}

/** Both forms of the format as steps. */
function readScenario({ name, tags }) {
  const text = readFileSync(path.join(packageFolder, 'scenarios', `${name}.yaml`), 'utf8');
  const { summary: _summary, tags: _tags, vars, steps, ...only } = parse(text, { intAsBigInt: true });
  return { name, tags, vars, steps: steps ?? [only] };
}

/** Adds what `wxnotify build` says that each step sets, and the twins. */
async function complete(scenario, wxnotify) {
  const messages = [];
  for (const index of scenario.steps.keys()) {
    const { kind, fields, signing, request } = await wxnotify.build(scenario.name, index + 1);
    const encrypted = /<(req_info|event_ciphertext)>/.test(request.body);
    messages.push({ step: index + 1, kind, fields, signType: signing?.type, encrypted });
  }
  return { name: scenario.name, messages, ...twinsOf(scenario, messages) };
}
