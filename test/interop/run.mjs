/** `npm run test:interop [-- RECEIVER…]`: every receiver, every scenario, and what it shows. */
import { availableParallelism } from 'node:os';
import { disagreements, PARTNER, properties, RUNS } from './agreement.mjs';
import { missingCommands } from './driver/commands.mjs';
import { documentText, updateDocument } from './driver/document.mjs';
import { exercise } from './driver/exercise.mjs';
import { exerciseV3, makePlatform } from './driver/exercise-v3.mjs';
import { inParallel } from './driver/in-parallel.mjs';
import { install } from './driver/install.mjs';
import { createOutcome } from './driver/outcome.mjs';
import { readScenarios } from './driver/scenarios.mjs';
import { createWxnotify } from './driver/wxnotify.mjs';
import { receivers } from './receivers.mjs';

/** Installations at once: they are busy themselves. */
const INSTALLATIONS = 2;
/** Calls of the command line at once: each waits for the receiver half of its time. */
const CALLS = Math.min(2 * availableParallelism(), 8);

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interruption.abort());
process.exitCode = await main(process.argv.slice(2), process.env);

/** @returns {Promise<0 | 1 | 2 | 130>} the exit status */
async function main(names, { CI = '' }) {
  const unknown = names.filter((name) => !receivers.some((receiver) => receiver.name === name));
  if (unknown.length > 0) {
    console.error(
      `no receiver ${unknown.join(', ')}; there are ${receivers.map(({ name }) => name).join(', ')}`,
    );
    return 2;
  }
  const outcome = createOutcome({ ci: CI !== '' && CI !== 'false' });
  const { signal } = interruption;
  const wxnotify = createWxnotify({ signal });
  try {
    const chosen = names.length === 0 ? receivers : receivers.filter(({ name }) => names.includes(name));
    await runAll(chosen, { wxnotify, signal, outcome });
    return outcome.finish();
  } catch (error) {
    if (!signal.aborted) throw error;
    console.log('interrupted');
    return 130;
  } finally {
    wxnotify.remove();
  }
}

async function runAll(chosen, { wxnotify, signal, outcome }) {
  const able = chosen.filter((receiver) => isAble(receiver, outcome));
  const installed = await installAll(able, { signal, outcome });
  const platform = await makePlatform(wxnotify);
  const sending = await readScenarios(wxnotify, { atOnce: CALLS });
  const ways = {
    v2: (receiver) => exercise(receiver, { scenarios: sending.v2, wxnotify, atOnce: CALLS }),
    v3: (receiver) => exerciseV3(receiver, { sent: sending.v3.sent, wxnotify, platform, atOnce: CALLS }),
  };
  const runs = [];
  for (const receiver of installed) {
    const results = await orFail(receiver, outcome, () => ways[receiver.api](receiver));
    signal.throwIfAborted();
    if (!results) continue;
    outcome.exercised(receiver, results);
    runs.push({ receiver, results });
  }
  await agree(installed, outcome);
  outcome.matrix(runs);
  if (runs.length < receivers.length || outcome.failed()) return outcome.documentLeft();
  await writeDocument({ runs, sending }, outcome);
}

function isAble(receiver, outcome) {
  const missing = missingCommands(receiver.needs);
  if (missing.length > 0) outcome.skipped(receiver, missing);
  return missing.length === 0;
}

async function installAll(able, { signal, outcome }) {
  const installed = await inParallel(INSTALLATIONS, able, async (receiver) => {
    const ok = await orFail(receiver, outcome, () => install(receiver, { signal }).then(() => true));
    return ok ? [receiver] : [];
  });
  signal.throwIfAborted();
  return installed.flat();
}

/** A receiver that cannot be tried fails, and the others are tried. */
async function orFail(receiver, outcome, work) {
  try {
    return await work();
  } catch (error) {
    if (!interruption.signal.aborted) outcome.broken(receiver, error);
    return undefined;
  }
}

async function agree(installed, outcome) {
  if (!installed.some(({ name }) => name === PARTNER)) return;
  outcome.agreed(properties.length, RUNS, await disagreements());
}

async function writeDocument({ runs, sending }, outcome) {
  const { sdk } = receivers.find(({ name }) => name === PARTNER);
  const text = await documentText({ runs, sending, agreement: { sdk, runs: RUNS, properties } });
  outcome.document(updateDocument(text, { check: outcome.ci }));
}
