/** Results → verdicts. Pure. */
import { isNamed } from './expectation.mjs';

/**
 * `right`: as it should be. `known`: as the table says that this SDK differs. `wrong`: neither.
 *
 * @param {import('./expectation.mjs').Result} result
 * @returns {'right' | 'known' | 'wrong'}
 */
export function verdictOf({ deviation, expected, observed, tampered }) {
  const right = tampered ? 'refused' : 'accepted';
  if (observed === expected) return deviation && observed !== right ? 'known' : 'right';
  return deviation?.occurs === 'sometimes' && observed === right ? 'right' : 'wrong';
}

/** What the table says of a receiver, and what did not occur. */
export function idleDeviations(receiver, results) {
  return receiver.known.flatMap((known) => {
    const seen = results.filter((result) => result.deviation === known && verdictOf(result) === 'known');
    if (seen.length === 0) return [`it never occurs that ${inWords(known)}`];
    const missing = known.authentic?.missing ?? [];
    const idle = missing.filter((name) => !seen.some(({ fields }) => hasField(fields, name)));
    const twins = (known.twins ?? []).filter((name) => !seen.some(({ twin }) => twin === name));
    return [
      ...idle.map((name) => `no message has the ${name} that is said to be missing`),
      ...twins.map((name) => `it never occurs with ${name} that ${inWords(known)}`),
    ];
  });
}

/** A known deviation as a clause, names in backticks. */
export function inWords(known) {
  const { scenarios, mode, authentic, twins, occurs } = known;
  const are = (scenarios && scenarios.length > 1) || occurs === 'sometimes' ? 'are' : 'is';
  const where = mode ? ` in the mode \`${mode}\`` : '';
  const what = subject(known);
  if (authentic === 'refused')
    return `${what}${twins ? ` with ${quoted(twins)}` : ''} ${are} refused${where}`;
  if (authentic) return `${what} ${are} read ${differences(authentic)}${where}`;
  return `${what} tampered with (${quoted(twins)}) ${are} accepted${where}`;
}

function differences({ missing, more }) {
  const without = missing ? [`without ${quoted(missing)}`] : [];
  return [...without, ...(more ? [`with ${quoted(more)}, which is not there`] : [])].join(', and ');
}

function subject({ scenarios, kind, occurs }) {
  if (scenarios) return quoted(scenarios);
  return `${occurs === 'sometimes' ? 'some' : 'every'} ${kind ? `\`${kind}\`` : 'message'}`;
}

function hasField(fields, name) {
  return Object.keys(fields).some((field) => isNamed(name, field));
}

function quoted(names) {
  return names.map((name) => `\`${name}\``).join(', ');
}
