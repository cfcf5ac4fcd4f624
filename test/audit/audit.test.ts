/** A few of what `npm run test:audit` does with all of them. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const program = path.join(import.meta.dirname, 'run.mjs');

/** Its status, and its last line. */
function testAudit(...args: readonly string[]): { readonly status: number | null; readonly end: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });
  return { status, end: (stdout + stderr).trimEnd().split('\n').at(-1) ?? '' };
}

it('finds nothing wrong with the correct merchant', () => {
  expect(testAudit('merchant')).toEqual({ status: 0, end: '1 passed, 0 failed' });
}, 180_000);

it('finds what is wrong with mutants of every kind', () => {
  const names = [
    'v2/signature/only-if-there-is-one',
    'v2/value/amount-not-compared',
    'v2/replay/race',
    'v2/http/crash-without-signature',
    'v2/xml/external-entities',
  ];
  expect(testAudit(...names)).toEqual({ status: 0, end: '5 passed, 0 failed' });
}, 120_000);

it('has no change that can no longer be made', () => {
  const { status, end } = testAudit('--check');
  expect(status, end).toBe(0);
  expect(end).toMatch(/^\d{3} passed, 0 failed$/);
});

it('says what there is when there is no such subject', () => {
  expect(testAudit('no-such')).toEqual({
    status: 2,
    end: expect.stringContaining('no subject no-such') as string,
  });
});
