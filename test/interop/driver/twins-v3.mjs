/** The tampered twins of a message of API v3: every damage there is, and two that need a value. */
const NOT_THE_KEY = '0'.repeat(32);

/**
 * The ways to tamper with a message. `of` gives the scenario's `tamper`.
 *
 * @param {Awaited<ReturnType<import('./damages.mjs').readDamages>>} damages
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

/** The first number of an order, a coupon or the like; where there is none, whatever the resource begins with. */
function forged(fields) {
  const names = Object.keys(fields).filter((name) => !name.startsWith('envelope.'));
  const name = names.find((field) => /_(no|id)$/.test(field)) ?? names[0];
  return { [name]: 'SOMEBODYELSES' };
}
