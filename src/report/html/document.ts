/** The document around a report: it needs no network and no script, and lets nothing else in. */
import { SCRIPT_HASH, STYLE_HASH } from './assets/hashes.gen.ts';
import { script } from './assets/script.ts';
import { style } from './assets/style.ts';
import { Html, markup } from './markup.ts';

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

/** The colour of a verdict. */
export type Tone = keyof typeof ICONS;

export interface DocumentParts {
  readonly title: string;
  readonly tone: Tone;
  readonly main: Html;
  /** A line below everything. */
  readonly footer: string;
}

/** The whole document. */
export function htmlDocument({ title, tone, main, footer }: DocumentParts): string {
  return markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="format-detection" content="telephone=no">
<meta name="referrer" content="no-referrer">
<title>wxnotify: ${title}</title>
<link rel="icon" href="data:image/gif;base64,${ICONS[tone]}">
<style>${new Html(style)}</style>
</head>
<body>
<main>
${main}</main>
<footer>
<p>${footer}</p>
</footer>
<script>${new Html(script)}</script>
</body>
</html>
`.text;
}
