/**
 * What a forger would change: the first that the message has, and does not say already.
 *
 * @param {Record<string, string>} fields
 * @param {Record<string, string>} worthForging field → value
 */
export function forgedField(fields, worthForging) {
  const change = Object.entries(worthForging).find(
    ([name, value]) => name in fields && fields[name] !== value,
  );
  if (!change) throw new Error(`nothing worth forging in ${Object.keys(fields).join(', ')}`);
  return Object.fromEntries([change]);
}
