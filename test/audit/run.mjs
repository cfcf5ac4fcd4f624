/**
 * `npm run test:audit [-- [--full] [--check] NAME…]`: whether the audit finds what is wrong with mutants of a correct
 * merchant, and nothing that is not. A NAME is a mutant's (`v2/signature/not-verified`), or the folder it is in.
 * `--full` tries mutants with the whole catalogue; `--check` audits nothing, and only makes all changes.
 */
import { parseArgs } from 'node:util';
import { inParallel } from '../interop/driver/in-parallel.mjs';
import { createScore } from './driver/score.mjs';
import { readSubjects } from './driver/subjects.mjs';
import { tryOut } from './driver/trial.mjs';
import { openWorkshop } from './driver/workshop.mjs';

/** Subjects at once: each has a process that is audited, and one that audits, and they wait for each other. */
const AT_ONCE = 3;

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interruption.abort());
process.exitCode = await main(process.argv.slice(2), process.env);

/** @returns {Promise<0 | 1 | 2 | 130>} the exit status */
async function main(args, { CI = '' }) {
  const { values, positionals: names } = parseArgs({
    args,
    options: { full: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const all = readSubjects({ signal: interruption.signal });
  const isChosen = ({ name }, by) => name === by || name.startsWith(`${by}/`);
  const unknown = names.filter((name) => !all.some((subject) => isChosen(subject, name)));
  if (unknown.length > 0) {
    console.error(`no subject ${unknown.join(', ')}; there are ${all.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const chosen = all.filter((subject) => names.length === 0 || names.some((name) => isChosen(subject, name)));
  const score = createScore({ ci: CI !== '' && CI !== 'false' });
  if (values.check) return checkAll(chosen, score);
  const able = chosen.filter((subject) => isAble(subject, score));
  return tryAll(able, { full: values.full, score });
}

async function checkAll(subjects, score) {
  for (const subject of subjects)
    score.add(await orBroken(subject, () => (subject.check(), untried(subject))));
  return score.finish();
}

function isAble(subject, score) {
  const missing = subject.missing();
  if (missing.length > 0) score.skip(subject, missing);
  return missing.length === 0;
}

async function tryAll(subjects, { full, score }) {
  const { signal } = interruption;
  const workshop = await openWorkshop({ signal });
  try {
    await inParallel(AT_ONCE, subjects, async (subject) => {
      signal.throwIfAborted();
      score.add(await orBroken(subject, () => tryOut(subject, { workshop, full })));
    });
    return score.finish();
  } catch (error) {
    if (!signal.aborted) throw error;
    console.log('interrupted');
    return 130;
  } finally {
    workshop.close();
  }
}

/** A subject that cannot be tried fails, and the others are tried. */
async function orBroken(subject, work) {
  try {
    return await work();
  } catch (error) {
    if (interruption.signal.aborted) throw error;
    return { ...untried(subject), wrong: [`it could not be tried: ${error.message}`] };
  }
}

function untried(subject) {
  return { subject, wrong: [], others: [] };
}
