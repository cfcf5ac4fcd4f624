/**
 * What a receiver must make of a message, by the table; and what it made of it. Pure.
 *
 * @typedef {object} Message
 * @property {string} scenario
 * @property {number} step
 * @property {string} kind
 * @property {Record<string, string>} fields what was set; those of API v3 without the envelope
 * @property {string} [mode] API v3: what the receiver verifies with
 * @property {string} [twin] what was done to it
 * @property {boolean} tampered whether it must be refused; a twin that nobody may refuse is not tampered with
 *
 * @typedef {Message & { deviation?: import('../receivers.mjs').Known, expected: string, observed: string }} Result
 */

/** Not values that were set: how they were protected. */
const SEALS = ['sign', 'req_info', 'event_ciphertext'];
const NOT_SENT = 'not sent: a step before it failed';

/**
 * A delivery, judged.
 *
 * @param {import('../receivers.mjs').Receiver} receiver
 * @param {Message} message
 * @param delivery what `wxnotify send --json` says of it; none where it was not sent
 * @returns {Result}
 */
export function resultOf(receiver, message, delivery) {
  const deviation = deviationOf(receiver, message);
  const observe = message.tampered ? observedOfTampered : observedOfAuthentic;
  const observed = delivery ? observe(delivery, message) : NOT_SENT;
  return { ...message, deviation, expected: expectedOf(deviation, message), observed };
}

/** Whether a name in the table (`$n` for the number in a list) is that of a field, or of what the field is nested in. */
export function isNamed(name, field) {
  const numbered = field.replaceAll(/\.\d+(?=\.|$)/g, '.$n');
  return numbered === name || numbered.startsWith(`${name}.`);
}

/** The known deviation that covers a message, if any. */
function deviationOf(receiver, message) {
  const [first, second] = receiver.known.filter((known) => covers(known, message));
  if (second) throw new Error(`${receiver.name}: the table says two things of ${message.scenario}`);
  return first;
}

function covers({ scenarios, kind, mode, twins, tampered }, message) {
  return (
    (tampered !== undefined) === message.tampered &&
    (scenarios?.includes(message.scenario) ?? (kind ?? message.kind) === message.kind) &&
    (mode ?? message.mode) === message.mode &&
    (twins?.includes(message.twin) ?? !message.tampered)
  );
}

/** What must come of a message, in words. */
function expectedOf(deviation, { tampered, fields }) {
  if (tampered) return deviation ? 'accepted' : 'refused';
  if (deviation?.authentic === 'refused') return 'refused';
  const { missing = [], more = [] } = deviation?.authentic ?? {};
  const names = Object.keys(fields).filter((field) => missing.some((name) => isNamed(name, field)));
  return ['accepted', ...named('without', names), ...named('with more:', more)].join(' ');
}

/** What came of an authentic message, in the same words. */
function observedOfAuthentic({ ack, response, error, message }, { kind, fields }) {
  const parsed = parsedFields(response, kind);
  if (parsed === undefined) return ack === 'SUCCESS' ? 'acknowledged unread' : refusal(response);
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

/** A tampered message is refused when it is answered, and neither acknowledged nor handed on. */
function observedOfTampered({ ack, response }, { kind }) {
  const handedOn = parsedFields(response, kind) !== undefined;
  return ack === 'SUCCESS' || handedOn ? 'accepted' : refusal(response);
}

/** Who crashes does not refuse. */
function refusal(response) {
  return response ? 'refused' : 'not answered';
}

function missingNames(these, those) {
  return Object.keys(these).filter((name) => !(name in those));
}

function named(word, names) {
  return names.length === 0 ? [] : [`${word} ${names.toSorted().join(', ')}`];
}

function parsedFields(response, kind) {
  const header = response?.headers['x-parsed'];
  if (header === undefined) return undefined;
  const fields = JSON.parse(Buffer.from(header, 'base64').toString('utf8'));
  const entries = kind.startsWith('v3/') ? flat(fields, '') : Object.entries(fields);
  return Object.fromEntries(entries.filter(([name]) => !SEALS.includes(name)));
}

/** JSON as wxnotify names it: what is nested has dots, every value is text, what is `null` is not there. */
function flat(value, name) {
  if (value === null) return [];
  if (typeof value !== 'object') return [[name, String(value)]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[name, JSON.stringify(value)]];
  return entries.flatMap(([key, inner]) => flat(inner, name === '' ? key : `${name}.${key}`));
}
