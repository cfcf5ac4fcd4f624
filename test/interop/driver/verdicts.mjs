/** Results → verdicts. Pure. */

/**
 * `right`: as it should be. `known`: as the table says that this SDK differs. `wrong`: neither.
 *
 * @returns {'right' | 'known' | 'wrong'}
 */
export function verdictOf({ deviation, expected, observed, twin }) {
  if (observed === expected) return deviation && occurred({ observed, twin }) ? 'known' : 'right';
  const right = twin === undefined ? 'accepted' : 'refused';
  return deviation?.occurs === 'sometimes' && observed === right ? 'right' : 'wrong';
}

/** A deviation with missing fields covers messages that have none of them. */
function occurred({ observed, twin }) {
  return observed !== (twin === undefined ? 'accepted' : 'refused');
}

/** What the table says of a receiver, and what did not occur. */
export function idleDeviations(receiver, results) {
  return receiver.known.flatMap((known) => {
    const seen = results.filter((result) => result.deviation === known && verdictOf(result) === 'known');
    if (seen.length === 0) return [`it never occurs that ${inWords(known)}`];
    const missing = known.authentic?.missing ?? [];
    const idle = missing.filter((name) => seen.every(({ fields }) => !(name in fields)));
    return idle.map((name) => `no message has the ${name} that is said to be missing`);
  });
}

/** A known deviation as a clause, names in backticks. */
export function inWords({ scenarios, kind, authentic, twin, occurs }) {
  const what = scenarios ? quoted(scenarios) : `${occurs === 'sometimes' ? 'some' : 'every'} \`${kind}\``;
  const are = (scenarios && scenarios.length > 1) || occurs === 'sometimes' ? 'are' : 'is';
  if (authentic === 'refused') return `${what} ${are} refused`;
  if (authentic) return `${what} ${are} read without ${quoted(authentic.missing)}`;
  return `${what} tampered with (\`${twin}\`) ${are} accepted`;
}

function quoted(names) {
  return names.map((name) => `\`${name}\``).join(', ');
}
