/** The page of an audit in a browser: without scripts, on a phone and on a desk, in the light and in the dark. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditResult } from '../../src/audit/result.ts';
import { htmlReport } from '../../src/report/audit/html/page.ts';
import { auditResult, auditSaying, reportOptions } from '../support/audit-result.ts';
import { axeViolations, launchChromium, openPage, tooWide, withoutChromium } from '../support/browser.ts';

const HOSTILE = `</pre></code></script></style><script>window.hit=1</script><img src="http://127.0.0.1:9/x" onerror="window.hit=1">"'>`;
const RESULTS: Readonly<Record<string, AuditResult>> = {
  usual: auditResult(),
  hostile: auditSaying(HOSTILE),
  long: auditSaying('https://example.com/a-name-without-a-single-space'.repeat(30)),
};
const pageOf = (name: string): string => htmlReport(RESULTS[name] ?? auditResult(), reportOptions);

describe.skipIf(withoutChromium)('in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  const sizes = Object.keys(RESULTS).flatMap((name) => [360, 768, 1280].map((width) => ({ name, width })));
  test.each(sizes)('$name fits a width of $width px, without scripts', async ({ name, width }) => {
    const { page, noise } = await openPage(browser, pageOf(name), { viewport: { width, height: 800 } });
    expect(await tooWide(page)).toEqual([]);
    expect(noise).toEqual([]);
  });

  test('what matters can be seen without scripts', async () => {
    const { page } = await openPage(browser, pageOf('usual'), { viewport: { width: 390, height: 800 } });
    for (const text of [
      '4 of 9 cases failed',
      'Anybody who knows the URL can mark orders as paid',
      'Refuse what has no `sign`.',
      'wxnotify audit --case missing-signature --seed 42',
      'Configure `audit.order_state`.',
    ]) {
      const found = page.getByText(text, { exact: false }).filter({ visible: true });
      expect(await found.count(), text).toBeGreaterThan(0);
    }
  });

  test('what came is text, and stays it', async () => {
    const { page, noise } = await openPage(browser, pageOf('hostile'), { javaScriptEnabled: true });
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(await page.locator('img, iframe, object, [onload], [onerror]').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(noise).toEqual([]);
  });

  const schemes = Object.keys(RESULTS).flatMap((name) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ name, colorScheme })),
  );
  test.each(schemes)('axe finds nothing: $name, $colorScheme', async ({ name, colorScheme }) => {
    const { page } = await openPage(browser, pageOf(name), { javaScriptEnabled: true, colorScheme });
    expect(await axeViolations(page)).toEqual([]);
  });
});
