/** The page of an audit: what it tells, that it is valid, and that nothing in it is taken for markup. */
import { HtmlValidate, type RuleConfig } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { htmlReport } from '../../src/report/audit/html/page.ts';
import type { AuditResult } from '../../src/audit/result.ts';
import { answer, auditResult, auditSaying, finding, reportOptions } from '../support/audit-result.ts';

const HOSTILE = `</pre></code></title></style><script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;<!--`;

const pageOf = (result: AuditResult): string => htmlReport(result, reportOptions);

/** The text of a page, as it is read. */
function textOf(html: string): string {
  return html
    .replace(/<(style|script)>[^]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

describe('what it tells', () => {
  const html = pageOf(auditResult());
  const text = textOf(html);

  test('the sum, the endpoints and what the baseline no longer needs', () => {
    expect(text).toContain('4 of 9 cases failed');
    expect(text).toMatch(/1 critical 1 high 1 medium 1 low 3 not decided 1 accepted 1 passed/);
    expect(text).toContain('v2/payment http://127.0.0.1:1/notify v2/refund http://127.0.0.1:1/refund');
    expect(text).toContain('Baseline: hostile/xml/xxe-file is accepted, and was not found any more');
  });

  test('a finding: effect, why, fix, source, exchange and command', () => {
    expect(text).toContain('Seen what must be refused was credited');
    expect(text).toContain(
      'Order before: paid_count 0, status NEW → after it: paid_count 1, status PAID → after the authentic one: paid_count 2, status PAID',
    );
    expect(text).toContain(
      'Imitates Somebody without any key. Why Goods are handed out for nothing. Fix Refuse what has no `sign`.',
    );
    expect(html).toContain('<a href="https://github.com/Wechat-Group/WxJava/issues/1890" rel="noreferrer">');
    expect(text).toContain('The authentic one after it Request');
    expect(text).toContain('HTTP 200, SUCCESS in 12.5 ms');
    expect(text.replace(/ +/g, ' ')).toContain('wxnotify audit --case missing-signature --seed 42');
    expect(text).toContain('Asked us GET /oob/1');
    expect(text).toContain('No answer no answer within 5 s');
  });

  test('groups, the worst first; undecided cases of one reason together', () => {
    const groups = [...html.matchAll(/<h2 id="(\w+)"/g)].map(([, id]) => id);
    expect(groups).toEqual(['critical', 'high', 'medium', 'low', 'undecided', 'accepted', 'passed']);
    expect(text).toMatch(/nobody looked 2 Configure `audit.order_state`/);
    expect(text).toContain('Accepted until 2027-01-31: one appid only');
  });

  test('a body of a bomb is cut', () => {
    const { evidence } = finding();
    const bomb = answer({ request: { ...answer().request, body: 'x'.repeat(1_000_000) } });
    const bombed = pageOf(auditResult({ findings: [finding({ evidence: { ...evidence, hostile: bomb } })] }));
    expect(bombed.length).toBeLessThan(60_000);
    expect(bombed).toContain('996000 more characters are left out');
  });

  test.each([
    ['No finding in 1 case', { findings: [], accepted: [], undecided: [] }],
    ['No finding in 2 cases, 3 undecided', { findings: [] }],
    ['Nothing could be decided', { findings: [], accepted: [], passed: [] }],
    ['Interrupted', { findings: [], interrupted: true }],
  ])('%s', (verdict, own) => {
    expect(pageOf(auditResult(own))).toContain(`<h1>${verdict}</h1>`);
  });
});

test.each([
  ['usual', auditResult()],
  ['nothing', auditResult({ findings: [], accepted: [], undecided: [], passed: [], stale: [] })],
  ['hostile', auditSaying(HOSTILE)],
])('it is valid: %s', async (_, result) => {
  const rules: RuleConfig = { 'long-title': 'off', 'no-raw-characters': 'off' };
  const validator = new HtmlValidate({ extends: ['html-validate:standard'], rules });
  const report = await validator.validateString(pageOf(result));
  const told = report.results.flatMap(({ messages }) =>
    messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`),
  );
  expect(told).toEqual([]);
});

test('every link inside leads somewhere, and every one outside is http', () => {
  const html = pageOf(auditSaying(HOSTILE)) + pageOf(auditResult());
  const ids = new Set([...html.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id));
  const links = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, to = '']) => to);
  expect(links.length).toBeGreaterThan(8);
  for (const to of links)
    expect(to.startsWith('#') ? ids.has(to.slice(1)) : /^https?:\/\//.test(to), to).toBe(true);
});

test('a page has the same elements, whatever came', () => {
  const elements = (text: string): readonly string[] => pageOf(auditSaying(text)).match(/<\/?\w+/g) ?? [];
  expect(elements(HOSTILE)).toEqual(elements('two plain words'));
});
