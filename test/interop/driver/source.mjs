/** What API v3 is, asked of the source: the lists that the documents show, and no second ones. */
import { build } from 'esbuild';
import { packageFolder } from './places.mjs';

const WANTED = `export { namedDamages } from './src/protocol/v3/damage/words.ts';
export { v3Kinds } from './src/protocol/v3/kinds.gen.ts';`;

/**
 * Every damage that is chosen by name (`harmless`: nobody may refuse it), and for each kind the fields that it takes
 * over from an earlier step of a scenario.
 *
 * @returns {Promise<{
 *   damages: { part: string, name: string, words: string, harmless: boolean }[],
 *   shared: Record<string, string[]>,
 * }>}
 */
export async function readSource() {
  const stdin = { contents: WANTED, resolveDir: packageFolder };
  const { outputFiles } = await build({ stdin, bundle: true, format: 'esm', platform: 'node', write: false });
  const { namedDamages, v3Kinds } = await import(
    `data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`
  );
  const damages = Object.entries(namedDamages).flatMap(([part, deeds]) =>
    Object.entries(deeds).map(([name, { words, harmless = false }]) => ({ part, name, words, harmless })),
  );
  const kinds = Object.values(v3Kinds);
  const names = new Set(kinds.flatMap(({ shares }) => shares));
  const sharedOf = ({ fields }) => fields.map(({ name }) => name).filter((name) => names.has(name));
  return { damages, shared: Object.fromEntries(kinds.map((kind) => [kind.id, sharedOf(kind)])) };
}
