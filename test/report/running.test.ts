/** The line of what is running now fits, in columns and not in characters. */
import { Chalk } from 'chalk';
import truncatedWidth from 'fast-string-truncated-width';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitting } from '../../src/report/fitting.ts';
import { createRunning } from '../../src/report/running.ts';
import { scenario } from '../support/suite-events.ts';

test('a Chinese name takes two columns a character', () => {
  const running = createRunning({ of: 18, columns: () => 40, chalk: new Chalk({ level: 0 }) });
  running.began(scenario({ number: 1, name: '支付通知成功的时候应该只记账一次而且不能重复' }));
  running.began(scenario({ number: 2, name: '退款' }));
  expect(truncatedWidth(running.text()).width).toBeLessThan(40);
  expect(running.text()).toContain('支付通知');
});

test('whatever is cut fits, and begins as it began', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', '支', 'あ', '-', ' ') }),
      fc.integer({ min: 0, max: 80 }),
      (text, columns) => {
        const cut = fitting(text, columns);
        expect(truncatedWidth(cut).width).toBeLessThanOrEqual(columns);
        if (cut !== text) expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      },
    ),
  );
});
