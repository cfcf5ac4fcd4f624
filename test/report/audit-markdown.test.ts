/** Markdown of an audit: what it tells, and that what came has no meaning in it. */
import { marked } from 'marked';
import { expect, test } from 'vitest';
import { markdownReport } from '../../src/report/audit/audit-markdown.ts';
import { auditResult, auditSaying, reportOptions } from '../support/audit-result.ts';

test('the findings, the worst first, and what is open', () => {
  const text = markdownReport(auditResult(), reportOptions);
  expect(text).toMatch(/^## wxnotify audit: 4 of 9 cases failed\n/);
  expect([...text.matchAll(/<summary>\S+ (\w+):/g)].map(([, severity]) => severity)).toEqual([
    'critical',
    'high',
    'medium',
    'low',
  ]);
  expect(text).toContain('**Fix**: Refuse what has no `sign`.');
  expect(text).toContain('**Try it alone**: `wxnotify audit --case missing-signature --seed 42`');
  expect(text).toContain('- 2 cases: nobody looked. Configure `audit.order_state`.');
  expect(text).toContain('- `hostile/value/wrong-appid` until 2027-01-31: one appid only');
});

test('what came is text', async () => {
  const hostile = '</summary></details> <img src=x> [a](http://127.0.0.1:9/) **b** # c ``d` ![e](f)\n# g';
  const html = await marked(markdownReport(auditSaying(hostile), reportOptions));
  expect(html).not.toMatch(/<img|<strong>b|<h1|>a</);
  expect(html.match(/<details>/g)).toHaveLength(1);
  expect(html.match(/<\/details>/g)).toHaveLength(1);
});
