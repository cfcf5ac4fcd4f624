/** JSON values against what was expected of them: pure. */
import { isRecord, isSameNumber, numberText, writeJson } from '../scenario/fill/json.ts';
import { Pattern } from '../scenario/fill/pattern.ts';
import { says } from './match.ts';

/**
 * Whether a value is the expected one. Numbers are the same when they are the same number, to the last digit; a text is the
 * same as a number that is written so.
 */
export function isSameJson(expected: unknown, actual: unknown): boolean {
  if (expected instanceof Pattern) return says(jsonText(actual), expected);
  if (Array.isArray(expected)) return Array.isArray(actual) && isSameList(expected, actual);
  if (isRecord(expected)) return isRecord(actual) && isSameRecord(expected, actual);
  return isSameScalar(expected, actual);
}

function isSameScalar(expected: unknown, actual: unknown): boolean {
  const [wanted, got] = [numberText(expected), numberText(actual)];
  if (wanted !== undefined && got !== undefined) return isSameNumber(wanted, got);
  if (wanted !== undefined) return actual === wanted;
  return got === undefined ? expected === actual : expected === got;
}

function isSameList(expected: readonly unknown[], actual: readonly unknown[]): boolean {
  return (
    expected.length === actual.length && expected.every((item, index) => isSameJson(item, actual[index]))
  );
}

function isSameRecord(
  expected: Readonly<Record<string, unknown>>,
  actual: Readonly<Record<string, unknown>>,
): boolean {
  const names = Object.keys(expected);
  return (
    names.length === Object.keys(actual).length &&
    names.every((name) => Object.hasOwn(actual, name) && isSameJson(expected[name], actual[name]))
  );
}

/** A value as text: what a text says, and the JSON of anything else. */
export function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : writeJson(value);
}

/** An expectation as it is told. */
export function shown(expected: unknown): string {
  return writeJson(plain(expected));
}

function plain(expected: unknown): unknown {
  if (expected instanceof Pattern) return expected.toString();
  if (Array.isArray(expected)) return expected.map(plain);
  if (!isRecord(expected)) return expected;
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, plain(value)]));
}
