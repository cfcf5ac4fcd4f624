/** Audits a subject, and compares what was found with what had to be. */

const CONTROL = 'control/';

/**
 * @typedef {object} Trial
 * @property {import('./subjects.mjs').Subject} subject
 * @property {string[]} wrong what is not as it must be; empty: all is well
 * @property {string[]} others cases beside those meant for it that found something
 * @property {import('./workshop.mjs').Report} report
 */

/**
 * A mutant is tried with the cases that are meant for it, and what is correct with the whole catalogue.
 *
 * @param {import('./subjects.mjs').Subject} subject
 * @param {{ workshop: object, full?: boolean }} options `full`: mutants too
 * @returns {Promise<Trial>}
 */
export async function tryOut(subject, { workshop, full = false }) {
  const { folder, told } = workshop;
  const running = await subject.start(folder, told);
  try {
    const report = await workshop.audit(running.audit, full ? (subject.args ?? []) : casesFor(subject));
    return { subject, report, ...compare(subject, report) };
  } finally {
    await running.stop();
  }
}

/** Controls cannot be named: the audit begins with them, and with nothing else where they fail. */
function casesFor({ name, caughtBy, args }) {
  if (args || !caughtBy) return args ?? [];
  const isControl = caughtBy.every((one) => one.startsWith(CONTROL));
  return isControl ? ['--only', name.split('/')[0]] : ['--case', caughtBy.join(',')];
}

function compare({ caughtBy, finds }, report) {
  if (caughtBy) return compareMutant(caughtBy, report);
  const wrong = finds
    ? [...unexpected(finds, report), ...missed(Object.keys(finds), report)]
    : unclean(report);
  return { wrong, others: [] };
}

function compareMutant(caughtBy, report) {
  const others = namesFound(report).filter((name) => !caughtBy.includes(name));
  return { wrong: missed(caughtBy, report), others };
}

/** Nothing found, and everything decided. */
function unclean(report) {
  const open = report.undecided.map(({ case: name, why }) => `${name} is undecided: ${why}`);
  return [...unexpected({}, report), ...open];
}

function unexpected(finds, { findings }) {
  return findings
    .filter(({ case: name }) => !(lastOf(name) in finds))
    .map(({ case: name, title, evidence }) => `${name} finds “${title}”: ${evidence.says}`);
}

function missed(expected, report) {
  const found = namesFound(report);
  const why = (name) => report.undecided.find(({ case: full }) => lastOf(full) === name)?.why;
  return expected
    .filter((name) => !found.includes(name))
    .map((name) => `${name} does not find it${why(name) ? `: undecided, ${why(name)}` : ''}`);
}

function namesFound({ findings }) {
  return findings.map(({ case: name }) => lastOf(name));
}

/** `hostile/signature/missing-signature` → `missing-signature`; `control/v2-payment` as it is. */
function lastOf(name) {
  return name.startsWith(CONTROL) ? name : name.split('/').at(-1);
}
