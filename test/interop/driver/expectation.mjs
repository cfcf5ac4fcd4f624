/** What a receiver must make of a message, by the table; and what it made of it. Pure. */

/** Not values that were set: how they were protected. */
const SEALS = ['sign', 'req_info', 'event_ciphertext'];

/**
 * The known deviation that covers a message, if any.
 *
 * @param {import('../receivers.mjs').Receiver} receiver
 * @param {{ scenario: string, kind: string, twin?: string }} message without `twin`, the authentic one
 */
export function deviationOf(receiver, message) {
  const [first, second] = receiver.known.filter((known) => covers(known, message));
  if (second) throw new Error(`${receiver.name}: the table says two things of ${message.scenario}`);
  return first;
}

function covers({ scenarios, kind, twin, tampered }, message) {
  const where = scenarios ? scenarios.includes(message.scenario) : kind === message.kind;
  return where && twin === message.twin && (tampered === undefined) === (message.twin === undefined);
}

/** What must come of an authentic message, in words. */
export function expectedOf(deviation, fields) {
  if (deviation?.authentic === 'refused') return 'refused';
  const missing = (deviation?.authentic.missing ?? []).filter((name) => name in fields);
  return ['accepted', ...named('without', missing)].join(' ');
}

/** What came of an authentic message, in the same words. */
export function observedOf({ ack, response, error, message }, fields) {
  const parsed = parsedFields(response);
  if (parsed === undefined) return ack === 'SUCCESS' ? 'acknowledged unread' : 'refused';
  const both = Object.keys(fields).filter((name) => name in parsed);
  const other = both.filter((name) => parsed[name] !== fields[name]);
  const values = other.map((name) => `${name}=${JSON.stringify(parsed[name])}, not ${fields[name]}`);
  return [
    ack === 'SUCCESS' ? 'accepted' : `read, and answered ${ack ?? error} ${message}`,
    ...named('without', missingNames(fields, parsed)),
    ...named('with other values:', values),
    ...named('with more:', missingNames(parsed, fields)),
  ].join(' ');
}

/** A tampered message is refused when it is neither acknowledged nor handed on. */
export function observedOfTwin({ ack, response }) {
  return ack === 'SUCCESS' || parsedFields(response) !== undefined ? 'accepted' : 'refused';
}

function missingNames(these, those) {
  return Object.keys(these).filter((name) => !(name in those));
}

function named(word, names) {
  return names.length === 0 ? [] : [`${word} ${names.toSorted().join(', ')}`];
}

function parsedFields(response) {
  const header = response?.headers['x-parsed'];
  if (header === undefined) return undefined;
  const fields = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !SEALS.includes(name)));
}
