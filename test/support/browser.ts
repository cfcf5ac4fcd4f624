/** Pages of reports in Chromium, as they are read. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './cli.ts';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Only a developer without Chromium goes without it. */
export const withoutChromium = !existsSync(CHROMIUM) && process.env['CI'] === undefined;

/** A browser, to be closed by the test. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

export interface Opened {
  readonly page: Page;
  /** What the page asked the network for, or complained of. */
  readonly noise: readonly string[];
}

/** Opens a page from a file, without scripts unless they are asked for. */
export async function openPage(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const folder = temporaryFolder({ 'report.html': html });
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  onTestFinished(async () => {
    await context.close();
  });
  const page = await context.newPage();
  const noise: string[] = [];
  const url = pathToFileURL(path.join(folder, 'report.html')).href;
  page.on('request', (request) => {
    if (request.url() !== url && !request.url().startsWith('data:')) noise.push(`request ${request.url()}`);
  });
  page.on('console', (message) => noise.push(`console ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`error ${error.message}`));
  page.on('dialog', (dialog) => noise.push(`dialog ${dialog.message()}`));
  await page.goto(url);
  return { page, noise };
}

/** What is wider than the screen, everything being open. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  await page.evaluate(OPEN_ALL);
  return page.evaluate<readonly string[]>(`(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const outside = [...document.querySelectorAll('main *:not(svg *)')]
      .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
      .map((each) => each.outerHTML.slice(0, 200));
    return [...(scrollWidth > clientWidth ? ['the page: ' + scrollWidth] : []), ...outside];
  })()`);
}

/** What axe finds, everything being open. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(OPEN_ALL);
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate<readonly string[]>(`axe.run().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' | ')))`);
}

const OPEN_ALL = `document.querySelectorAll('details').forEach((each) => { each.open = true; })`;
