/** What a call or a command came to against what was expected: pure. */
import type { CallExpectation, CommandStep } from '../scenario/scenario.ts';
import { PATTERN } from '../scenario/schema-parts.ts';
import type { Reason } from './events.ts';
import { says, TOO_SLOW, withinLimit } from './match.ts';
import { jsonAt } from './steps/capture.ts';

/** An answer as it is judged. */
export interface CallAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Judges the answer to a call. Without a status, any 2xx will do. */
export function judgeCall(answer: CallAnswer, expect: CallExpectation): readonly Reason[] {
  return [
    ...judgeStatus(answer, expect),
    ...Object.entries(expect.headers).flatMap(([name, expected]) => judgeHeader(answer, name, expected)),
    ...Object.entries(expect.json).flatMap(([path, expected]) => judgeJson(answer, path, expected)),
    ...judgeText('body', answer.body.trim(), expect.body),
  ];
}

/** Judges how a command ended. */
export function judgeCommand(
  {
    exit,
    stdout,
    stderr,
    error,
  }: { exit: number | null; stdout: string; stderr: string; error: string | null },
  expect: CommandStep['expect'],
): readonly Reason[] {
  if (error !== null) return [{ code: 'exit', expected: expect.exit, actual: error }];
  return [
    ...(exit === expect.exit
      ? []
      : [{ code: 'exit', expected: expect.exit, actual: exit ?? 'none' } as const]),
    ...judgeText('stdout', stdout.trim(), expect.stdout),
    ...judgeText('stderr', stderr.trim(), expect.stderr),
  ];
}

function judgeStatus({ status }: CallAnswer, expect: CallExpectation): readonly Reason[] {
  if (expect.status === undefined) {
    return status >= 200 && status < 300 ? [] : [{ code: 'status', expected: '2xx', actual: status }];
  }
  return status === expect.status ? [] : [{ code: 'status', expected: expect.status, actual: status }];
}

function judgeHeader({ headers }: CallAnswer, name: string, expected: string): readonly Reason[] {
  const actual = headers[name.toLowerCase()]?.toString();
  if (actual === undefined) return [{ code: 'header', name, expected, actual: 'not there' }];
  const wrong = mismatch(() => says(actual, expected), actual);
  return wrong === undefined ? [] : [{ code: 'header', name, expected, actual: wrong }];
}

function judgeJson({ body }: CallAnswer, path: string, expected: unknown): readonly Reason[] {
  const judged = withinLimit(() => {
    const actual = jsonAt(body, path);
    return isSameJson(expected, actual) ? undefined : actual === undefined ? 'nothing there' : shown(actual);
  });
  const wrong = judged.done ? judged.value : TOO_SLOW;
  return wrong === undefined ? [] : [{ code: 'json', name: path, expected: shown(expected), actual: wrong }];
}

function judgeText(
  code: 'body' | 'stdout' | 'stderr',
  actual: string,
  expected: string | undefined,
): readonly Reason[] {
  if (expected === undefined) return [];
  const got = actual.length > 400 ? `${actual.slice(0, 399)}…` : actual;
  const wrong = mismatch(() => says(actual, expected), got);
  return wrong === undefined ? [] : [{ code, expected, actual: wrong }];
}

/** What is told in the place of what was expected; nothing when it holds. */
function mismatch(holds: () => boolean, actual: string): string | undefined {
  const held = withinLimit(holds);
  if (!held.done) return TOO_SLOW;
  return held.value ? undefined : actual;
}

/** Scalars are the same when they are written the same: `1` and `"1"`. */
export function isSameJson(expected: unknown, actual: unknown): boolean {
  if (actual === undefined) return false;
  if (typeof expected === 'string' && PATTERN.test(expected)) return says(scalarText(actual), expected);
  if (isScalar(expected)) return isScalar(actual) && String(expected) === String(actual);
  if (Array.isArray(expected)) return Array.isArray(actual) && isSameList(expected, actual);
  return isRecord(expected) && isRecord(actual) && isSameRecord(expected, actual);
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
    names.every((name) => isSameJson(expected[name], actual[name]))
  );
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || typeof value !== 'object';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : shown(value);
}

function shown(value: unknown): string {
  return JSON.stringify(value);
}
