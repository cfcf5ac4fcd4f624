/** What API v3 can suffer, asked of the source: the list that docs/scenarios.md shows, and no second one. */
import path from 'node:path';
import { build } from 'esbuild';
import { packageFolder } from './places.mjs';

const WORDS = path.join(packageFolder, 'src/protocol/v3/damage/words.ts');

/**
 * Every damage that is chosen by name.
 *
 * @returns {Promise<{ part: string, name: string, words: string, harmless: boolean }[]>} `harmless`: nobody may refuse it
 */
export async function readDamages() {
  const options = { entryPoints: [WORDS], bundle: true, format: 'esm', platform: 'node', write: false };
  const [{ text }] = (await build(options)).outputFiles;
  const { namedDamages } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return Object.entries(namedDamages).flatMap(([part, deeds]) =>
    Object.entries(deeds).map(([name, { words, harmless = false }]) => ({ part, name, words, harmless })),
  );
}
