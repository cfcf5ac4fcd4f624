/** Golden cases: each broken scenario beside the problems that are told about it; the good ones have none. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readScenario } from '../../src/scenario/check/validate.ts';
import { readScenarios } from '../../src/scenario/expand/read-scenarios.ts';
import type { Result } from '../../src/scenario/problem.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

const cases = path.resolve(import.meta.dirname, '../cases');
const yamls = (folder: string): string[] =>
  readdirSync(path.join(cases, folder)).filter((name) => name.endsWith('.yaml'));

/** Reads a case as a file, with what it names beside it. */
function readCase(folder: string, file: string): Result<readonly Scenario[]> {
  const full = path.join(cases, folder, file);
  const text = readFileSync(full, 'utf8');
  const source = { text, file, name: 'case', reference: file, path: full };
  return readScenarios({ ...source, folders: [], cwd: path.join(cases, folder) });
}

/** The problems of a file, one a line: `line:col message | fix`. */
function problemsOf(folder: string, file: string): string {
  const result = readCase(folder, file);
  if (result.ok) return '';
  return result.problems
    .map(({ at, message, fix }) => {
      const other = at?.file === file ? '' : `${at?.file} `;
      return `${other}${at?.line ?? 0}:${at?.col ?? 0} ${message} | ${fix}\n`;
    })
    .join('');
}

describe('broken', () => {
  test.each(yamls('err'))('%s', async (file) => {
    const expected = path.join(cases, 'err', file.replace('.yaml', '.out'));
    expect(existsSync(expected), `${expected} is missing`).toBe(true);
    await expect(problemsOf('err', file)).toMatchFileSnapshot(expected);
  });

  test('every problem names its file and says what to do', () => {
    for (const file of yamls('err')) {
      const result = readCase('err', file);
      for (const { at, message, fix } of result.ok ? [] : result.problems) {
        expect(at).toMatchObject({
          file: expect.stringMatching(/\S/) as string,
          line: expect.any(Number) as number,
          col: expect.any(Number) as number,
        });
        expect(message).not.toMatch(/undefined|\[object|Invalid (key|type)/);
        expect(fix).toMatch(/^[A-Z].*[.?]$/s);
      }
    }
  });

  test('no expectation is left without its case', () => {
    const outs = readdirSync(path.join(cases, 'err')).filter((name) => name.endsWith('.out'));
    expect(outs.map((name) => name.replace('.out', '.yaml')).sort()).toEqual(yamls('err').sort());
  });
});

describe('names of Object.prototype as fields', () => {
  test.each(['constructor', '__proto__', 'prototype', 'toString'])(
    '%s is a field, or refused, and never ignored',
    (name) => {
      const result = readScenario(`notify: v2/payment\nfields: { ${name}: x }`, 'x.yaml', 'x');
      const [step] = result.ok ? result.value.steps : [];
      if (result.ok) expect(step?.does === 'notify' && Object.entries(step.fields)).toEqual([[name, 'x']]);
      else expect(result.problems[0].at).toMatchObject({ line: 2, col: 11 });
    },
  );
});

describe('good', () => {
  test.each(yamls('ok'))('%s', (file) => {
    expect(problemsOf('ok', file)).toBe('');
  });
});
