/** The page around the parts: a document that needs no network and no script, and lets nothing else in. */
import { SCRIPT_HASH, STYLE_HASH } from './assets/hashes.gen.ts';
import { script } from './assets/script.ts';
import { style } from './assets/style.ts';
import type { Suite } from './collect.ts';
import { Html, markup } from './markup.ts';
import { histogram } from './picture/histogram.ts';
import { timeline } from './picture/timeline.ts';
import { scenarioGroups } from './scenarios.ts';
import type { ReporterOptions } from '../suite/reporter.ts';
import { tone, totals, verdict } from './totals.ts';

/** Nothing is loaded, and only the style and the script that are in the page are used. */
const POLICY = [
  `default-src 'none'`,
  `style-src '${STYLE_HASH}'`,
  `script-src '${SCRIPT_HASH}'`,
  'img-src data:',
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ');

/** A dot in the colour of the verdict, for the browser's tab: a GIF of one pixel. */
const ICONS = {
  passed: 'R0lGODlhAQABAPAAAB96TQAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==',
  flaky: 'R0lGODlhAQABAPAAAJpfAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==',
  failed: 'R0lGODlhAQABAPAAAMI1KwAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==',
};

export type PageOptions = Pick<ReporterOptions, 'version' | 'verbose'>;

/** The whole document. */
export function page(suite: Suite, { version, verbose }: PageOptions): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="referrer" content="no-referrer">
<title>wxnotify: ${verdict(suite)}</title>
<link rel="icon" href="data:image/gif;base64,${ICONS[tone(suite)]}">
<style>${new Html(style)}</style>
</head>
<body>
<main>
${totals(suite, version)}${timeline(suite)}${histogram(suite)}${scenarioGroups(suite, { verbose })}</main>
<footer>
<p>Times count from the start of the suite, clock times are UTC. Keys are masked. Of a body the first 4,000 characters are kept; failures that are alike are told once.</p>
</footer>
<script>${new Html(script)}</script>
</body>
</html>
`.text;
}
