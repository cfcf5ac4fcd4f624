/** The tampered twins of a message of API v3: every damage there is, and two that need a value. */
const NOT_THE_KEY = '0'.repeat(32);
/** What a server of API v3 can trust. */
export const MODES = ['certificate', 'public-key'];
/** The kind that is sent with every damage, in both modes. */
const WITH_ALL = 'v3/transaction';
/** What is done to the first message of every other kind: a receiver has methods of its own for each. */
const WITH_EACH = [
  'signature: other-key',
  'resource: tag',
  'bytes: byte',
  'timestamp: old',
  'serial: unknown',
  'key',
  'change',
];

/**
 * The ways to tamper with a message. `of` gives the scenario's `tamper`.
 *
 * @param {Awaited<ReturnType<import('./source.mjs').readSource>>['damages']} damages
 */
export function tamperingsV3(damages) {
  const named = damages.map(({ part, name, words, harmless }) => ({
    name: `${part}: ${name}`,
    harmless,
    of: () => ({ [part]: name }),
    doc: words,
  }));
  return [
    ...named,
    {
      name: 'key',
      harmless: false,
      of: () => ({ key: NOT_THE_KEY }),
      doc: 'The resource is encrypted with a key that is not the merchant’s, and signed',
    },
    {
      name: 'change',
      harmless: false,
      of: (fields) => ({ change: forged(fields) }),
      doc: 'After signing, a number is somebody else’s; the resource is encrypted with the right key',
    },
  ];
}

/** The twins of the first message of each kind: all of one, in both modes, and some of each other. */
export function twinsOfV3(authentic, tamperings) {
  const firsts = [...new Map(authentic.toReversed().map((message) => [message.kind, message])).values()];
  return firsts.toReversed().flatMap((message) => {
    const isWhole = message.kind === WITH_ALL;
    const chosen = tamperings.filter(({ name }) => isWhole || WITH_EACH.includes(name));
    return chosen.map(({ name, harmless, of }) => {
      const twin = { twin: name, tampered: !harmless, tamper: of(message.fields) };
      return { ...message, ...twin, modes: isWhole ? MODES : ['certificate'] };
    });
  });
}

/** Whether every kind is sent with it. */
export function isForEach({ name }) {
  return WITH_EACH.includes(name);
}

/** The first number of an order, a coupon or the like; where there is none, whatever the resource begins with. */
function forged(fields) {
  const names = Object.keys(fields).filter((name) => !name.startsWith('envelope.'));
  const name = names.find((field) => /_(no|id)$/.test(field)) ?? names[0];
  return { [name]: 'SOMEBODYELSES' };
}
