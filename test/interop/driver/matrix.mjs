/** SDK × kind × authentic/tampered, as the rows of a table. Pure. */
import { pathOf } from './serving.mjs';
import { verdictOf } from './verdicts.mjs';

export const SYMBOLS = [
  ['✓', 'authentic: all accepted, with every value; tampered: all refused'],
  ['◐', 'so, but for the deviations with these numbers'],
  ['✗', 'not so'],
  ['–', 'the SDK has nothing for this kind'],
];

/** The versions of the API, each of which has a table of its own. */
export const APIS = ['v2', 'v3'];

/**
 * The table of one version; only its head where none of its receivers ran.
 *
 * @param all `{ receiver, results }` of each receiver that ran
 * @param {{ api: string, numbers: Map<object, number> }} options `numbers`: known deviation → its number
 */
export function matrix(all, { api, numbers }) {
  const runs = all.filter(({ receiver }) => receiver.api === api);
  const kinds = [...new Set(runs.flatMap(({ results }) => results.map(({ kind }) => kind)))].sort();
  const head = ['kind', ...runs.map(({ receiver }) => receiver.sdk.package.replace(/^github\.com\//, ''))];
  const rows = kinds.map((kind) => [
    `\`${kind}\``,
    ...runs.map(({ receiver, results }) =>
      pathOf(receiver, kind)
        ? cell(
            results.filter((result) => result.kind === kind),
            numbers,
          )
        : '–',
    ),
  ]);
  return [head, ...rows];
}

function cell(results, numbers) {
  const damaged = results.filter(({ tampered }) => tampered);
  const authentic = results.filter(({ tampered }) => !tampered);
  return `${symbol(authentic, numbers)} / ${symbol(damaged, numbers)}`;
}

function symbol(results, numbers) {
  const verdicts = results.map(verdictOf);
  if (results.length === 0 || verdicts.includes('wrong')) return '✗';
  if (!verdicts.includes('known')) return '✓';
  const known = results.filter((_, index) => verdicts[index] === 'known');
  const marks = new Set(known.map(({ deviation }) => numbers.get(deviation)));
  return `◐ ${[...marks].sort((a, b) => a - b).join(' ')}`;
}
