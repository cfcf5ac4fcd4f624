/** SDK × kind × authentic/tampered, as the rows of a table. Pure. */
import { verdictOf } from './verdicts.mjs';

export const SYMBOLS = [
  ['✓', 'authentic: all accepted, with every value; tampered: all refused'],
  ['◐', 'so, but for the deviations with these numbers'],
  ['✗', 'not so'],
  ['–', 'the SDK has nothing for this kind'],
];

/**
 * @param runs `{ receiver, results }` of each receiver that ran
 * @param numbers known deviation → its number
 */
export function matrix(runs, numbers) {
  const kinds = [...new Set(runs.flatMap(({ results }) => results.map(({ kind }) => kind)))].sort();
  const head = ['kind', ...runs.map(({ receiver }) => receiver.sdk.package.replace(/^github\.com\//, ''))];
  const rows = kinds.map((kind) => [
    `\`${kind}\``,
    ...runs.map(({ receiver, results }) =>
      kind in receiver.serves
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
  const tampered = results.filter(({ twin }) => twin !== undefined);
  const authentic = results.filter(({ twin }) => twin === undefined);
  return `${symbol(authentic, numbers)} / ${symbol(tampered, numbers)}`;
}

function symbol(results, numbers) {
  const verdicts = results.map(verdictOf);
  if (results.length === 0 || verdicts.includes('wrong')) return '✗';
  if (!verdicts.includes('known')) return '✓';
  const known = results.filter((_, index) => verdicts[index] === 'known');
  const marks = new Set(known.map(({ deviation }) => numbers.get(deviation)));
  return `◐ ${[...marks].sort((a, b) => a - b).join(' ')}`;
}
