/** The tampered twins of a message of API v3: every damage there is, and two that need a value. */
const NOT_THE_KEY = '0'.repeat(32);
/** What a server of API v3 can trust. */
export const MODES = ['certificate', 'public-key'];
/** The kind that is sent with every damage in both modes. */
const IN_BOTH_MODES = 'v3/transaction';

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

/**
 * The twins of the first message of each kind. The modes differ in what is trusted, and in nothing that follows: what
 * must be refused goes to `public-key` with one kind, and with each as far as it is about the serial.
 */
export function twinsOfV3(authentic, tamperings) {
  const firsts = [...new Map(authentic.toReversed().map((message) => [message.kind, message])).values()];
  return firsts.toReversed().flatMap((message) =>
    tamperings.map(({ name, harmless, of }) => {
      const both = harmless || message.kind === IN_BOTH_MODES || name.startsWith('serial:');
      const twin = { twin: name, tampered: !harmless, tamper: of(message.fields) };
      return { ...message, ...twin, modes: both ? MODES : ['certificate'] };
    }),
  );
}

/** The first number of an order, a coupon or the like; where there is none, whatever the resource begins with. */
function forged(fields) {
  const names = Object.keys(fields).filter((name) => !name.startsWith('envelope.'));
  const name = names.find((field) => /_(no|id)$/.test(field)) ?? names[0];
  return { [name]: 'SOMEBODYELSES' };
}
