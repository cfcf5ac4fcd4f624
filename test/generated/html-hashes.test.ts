/** The hashes by which a report lets in its own style and script, and nothing else: a snapshot, and its generator. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { script } from '../../src/report/html/assets/script.ts';
import { style } from '../../src/report/html/assets/style.ts';

test('the hashes are those of the style and the script', async () => {
  const text = [
    '// Generated from style.ts and script.ts by `npm run generate`. Do not edit.',
    '/** What the page’s Content-Security-Policy lets in. */',
    `export const STYLE_HASH = '${hash(style)}';`,
    `export const SCRIPT_HASH = '${hash(script)}';`,
    '',
  ];
  await expect(text.join('\n')).toMatchFileSnapshot(
    '../../src/report/html/assets/hashes.gen.ts',
    'run `npm run generate`',
  );
});

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
