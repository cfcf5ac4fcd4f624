/** The page in a browser, as it is read: without scripts, on a phone and on a desk, in the light and in the dark. */
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SuiteEvent } from '../../src/run/events.ts';
import {
  axeViolations,
  launchChromium,
  openPage,
  tooWide,
  withoutChromium,
  type Opened,
} from '../support/browser.ts';
import { pageOf, suiteSaying } from '../support/html-report.ts';
import { largeSuite } from '../support/large-suite.ts';
import { suite } from '../support/suite-events.ts';

const HOSTILE = `</pre></code></script></style><script>window.hit=1</script><img src="http://127.0.0.1:9/x" onerror="window.hit=1"><svg onload=window.hit=1>"'>`;
const LONG = 'a-name-without-a-single-space-'.repeat(40);
const SUITES: Readonly<Record<string, readonly SuiteEvent[]>> = {
  small: suite,
  large: largeSuite({ scenarios: 320, deliveries: 4 }),
  hostile: suiteSaying(HOSTILE),
  long: suiteSaying(LONG.replaceAll('-', 'x')),
};

// only a developer without Chromium goes without these
describe.skipIf(withoutChromium)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  const open = async (events: readonly SuiteEvent[], options?: BrowserContextOptions): Promise<Opened> =>
    openPage(browser, pageOf(events), options);

  const sizes = [360, 390, 1280].map((width) => ({ width, height: 800 }));
  describe.each(Object.keys(SUITES))('%s', (name) => {
    test.each(sizes)('fits a width of $width px, without scripts', async (viewport) => {
      const { page, noise } = await open(SUITES[name] ?? [], { viewport });
      expect(await tooWide(page)).toEqual([]);
      expect(noise).toEqual([]);
    });
  });

  test('what matters can be seen without scripts', async () => {
    const { page } = await open(suite, { viewport: { width: 390, height: 800 } });
    for (const text of [
      '3 of 6 scenarios failed',
      'Timeline',
      'Latency',
      'hostile/forged',
      'scenarios/hostile/forged.yaml:4:3',
      'wxnotify run hostile/forged --seed 42',
      'The handler accepted what it must refuse',
      'connect ECONNREFUSED 127.0.0.1:1',
      'payment/last',
    ]) {
      const found = page.getByText(text, { exact: false }).filter({ visible: true });
      expect(await found.count(), text).toBeGreaterThan(0);
    }
    const bars = page.locator('.timeline rect.failed');
    expect(await bars.count()).toBe(2);
    expect(
      await page.evaluate(`getComputedStyle(document.querySelector('.timeline rect.failed')).fill`),
    ).toBe('rgb(213, 68, 58)');
    expect(await page.locator('button').count()).toBe(0);
  });

  test('the picture shows when and how long', async () => {
    const { page } = await open(suite, { viewport: { width: 1280, height: 800 } });
    const boxes = `[...document.querySelectorAll('.timeline rect:not(.ran)')].map((bar) => { const { x, width } = bar.getBBox(); return { x, width }; })`;
    const bars = await page.evaluate<readonly { readonly x: number; readonly width: number }[]>(boxes);
    expect(bars).toHaveLength(5);
    const [first, second] = bars;
    const plot = Number(
      await page.evaluate(`document.querySelector('.timeline .plot').getBoundingClientRect().width`),
    );
    // the suite ends 74 ms after it began; the second one is sent after 20 ms, and takes 12.5 ms
    expect(first?.x).toBe(0);
    expect((second?.x ?? 0) / plot).toBeCloseTo(20 / 73, 2);
    expect((second?.width ?? 0) / plot).toBeCloseTo(12.5 / 73, 2);
  });

  test('a link opens what it leads to', async () => {
    const { page } = await open(SUITES['large'] ?? [], { viewport: { width: 1280, height: 800 } });
    const link = page.locator('.brief a').nth(2);
    const target = page.locator((await link.getAttribute('href')) ?? '');
    expect(await target.isVisible()).toBe(false);
    await link.click();
    await expect.poll(() => target.isVisible()).toBe(true);
  });

  test('a click selects the whole command', async () => {
    const { page } = await open(suite);
    await page.locator('.command code').first().click();
    expect(await page.evaluate('getSelection().toString()')).toBe('wxnotify run hostile/forged --seed 42');
  });

  test('with scripts, a button copies it', async () => {
    const { page, noise } = await open(suite, {
      javaScriptEnabled: true,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const button = page.locator('.command button').first();
    await button.click();
    await expect.poll(() => button.textContent()).toBe('Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      'wxnotify run hostile/forged --seed 42',
    );
    expect(noise).toEqual([]);
  });

  test('what came is text, and stays it', async () => {
    const { page, noise } = await open(SUITES['hostile'] ?? [], { javaScriptEnabled: true });
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('img, iframe, object, [onload], [onerror]').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('h3').first().textContent()).toBe(HOSTILE);
    expect(noise).toEqual([]);
  });

  test('what is not its own would not run', async () => {
    const { page, noise } = await open(suite, { javaScriptEnabled: true });
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.hit = 1';
      document.body.append(script);
      document.body.setAttribute('style', 'display: none');
      new Image().src = 'http://127.0.0.1:9/x';
    }`);
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('h1').isVisible()).toBe(true);
    await expect.poll(() => noise.filter((each) => each.includes('Content Security Policy')).length).toBe(3);
  });

  test('on paper everything that failed is told', async () => {
    const { page } = await open(SUITES['large'] ?? []);
    const closed = page.locator('details.story:not([open]) h4').first();
    expect(await closed.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await closed.isVisible()).toBe(true);
  });

  test.each([
    ...Object.keys(SUITES).map((name) => ({ name, colorScheme: 'light' as const })),
    { name: 'small', colorScheme: 'dark' as const },
    { name: 'large', colorScheme: 'dark' as const },
  ])('axe finds nothing: $name, $colorScheme', async ({ name, colorScheme }) => {
    const { page } = await open(SUITES[name] ?? [], { javaScriptEnabled: true, colorScheme });
    expect(await axeViolations(page)).toEqual([]);
  });
});
