/** The built-in scenarios: what each step says, and its tampered twins. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { inParallel } from './in-parallel.mjs';
import { packageFolder } from './places.mjs';
import { readSource } from './source.mjs';
import { MODES, tamperingsV3, twinsOfV3 } from './twins-v3.mjs';
import { twinsOf } from './twins.mjs';

/**
 * Reads every scenario that is authentic from its first to its last step. `left` names the others; `tamperings` are
 * the ways to tamper with API v3.
 *
 * @param {ReturnType<import('./wxnotify.mjs').createWxnotify>} wxnotify
 */
export async function readScenarios(wxnotify, { atOnce }) {
  const { scenarios } = await wxnotify.list();
  const { damages, shared } = await readSource();
  const tamperings = tamperingsV3(damages);
  const all = scenarios.map(readScenario);
  const sent = all.filter((scenario) => isAuthentic(scenario, tamperings));
  const left = all.filter((scenario) => !sent.includes(scenario)).map(({ name }) => name);
  const [v3, v2] = [sent.filter(isV3), sent.filter((scenario) => !isV3(scenario))];
  const authentic = (
    await inParallel(atOnce, v3, (scenario) => authenticV3(scenario, { wxnotify, shared }))
  ).flat();
  return {
    v2: await inParallel(atOnce, v2, (scenario) => complete(scenario, wxnotify)),
    v3: { scenarios: v3.length, sent: [...authentic, ...twinsOfV3(authentic, tamperings)] },
    left,
    tamperings,
  };
}

function isV3({ name }) {
  return name.startsWith('v3/');
}

/**
 * `hostile/` is about what a handler does with authentic messages, too, and a flow asks the merchant's own API: neither
 * is a question to an SDK.
 */
function isAuthentic({ tags, steps }, tamperings) {
  const harmless = tamperings.filter((one) => one.harmless).map(({ name }) => name);
  const authentic = steps.every(
    ({ notify, tamper = {} }) =>
      notify !== undefined &&
      Object.entries(tamper).every(([part, name]) => harmless.includes(`${part}: ${name}`)),
  );
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

/**
 * The messages as they are sent: {@link import('./expectation.mjs').Message}s, `tamper`, in which modes, and what is
 * `left` out of them (`null`): in one file with others, it would be theirs.
 */
async function authenticV3({ name, steps }, { wxnotify, shared }) {
  const messages = [];
  for (const [index, { tamper }] of steps.entries()) {
    const { kind, fields } = await wxnotify.build(name, index + 1);
    const left = Object.fromEntries(
      shared[kind].filter((field) => !(field in fields)).map((field) => [field, null]),
    );
    messages.push({
      scenario: name,
      step: index + 1,
      kind,
      fields,
      left,
      tampered: false,
      tamper,
      modes: MODES,
    });
  }
  return messages;
}
