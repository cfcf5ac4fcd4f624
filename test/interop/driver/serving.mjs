/**
 * Where a receiver takes a kind; `undefined` where its SDK has nothing for it.
 *
 * @param {Pick<import('../receivers.mjs').Receiver, 'api' | 'serves'>} receiver
 * @returns {string | undefined}
 */
export function pathOf({ api, serves }, kind) {
  if (serves !== 'all') return serves[kind];
  const [version, name] = kind.split('/');
  return version === api ? `/${name}` : undefined;
}
