/** What a call or a command came to against what was expected: pure. Reasons tell everything: nothing is cut or masked yet. */
import type { ExpectedAnswer, ExpectedEnd } from '../scenario/fill/resolve-step.ts';
import type { Expected } from '../scenario/fill/pattern.ts';
import type { Reason } from './events.ts';
import { says, TOO_SLOW, withinLimit } from './match.ts';
import { isSameJson, shown } from './same-json.ts';
import { headerOf, type Material } from './steps/capture.ts';

/** An answer as it is judged. */
export interface CallAnswer extends Material {
  readonly status: number;
}

/** Judges the answer to a call. Without a status, any 2xx will do. */
export function judgeCall(answer: CallAnswer, expect: ExpectedAnswer): readonly Reason[] {
  return [
    ...judgeStatus(answer, expect),
    ...Object.entries(expect.headers).flatMap(([name, expected]) => judgeHeader(answer, name, expected)),
    ...Object.entries(expect.json).flatMap(([path, expected]) => judgeJson(answer, path, expected)),
    ...judgeText('body', answer.body.trim(), expect.body),
  ];
}

/** How a command ended. */
export interface CommandEnd {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no exit status. */
  readonly error: string | null;
  readonly started: boolean;
}

/** Judges how a command ended. */
export function judgeCommand(
  { exit, stdout, stderr, error, started }: CommandEnd,
  expect: ExpectedEnd,
): readonly Reason[] {
  if (error !== null) {
    if (!started) return [{ code: 'start', expected: `exit status ${expect.exit}`, actual: error }];
    return [{ code: 'exit', expected: expect.exit, actual: error }];
  }
  return [
    ...(exit === expect.exit
      ? []
      : [{ code: 'exit', expected: expect.exit, actual: exit ?? 'none' } as const]),
    ...judgeText('stdout', stdout.trim(), expect.stdout),
    ...judgeText('stderr', stderr.trim(), expect.stderr),
  ];
}

function judgeStatus({ status }: CallAnswer, expect: ExpectedAnswer): readonly Reason[] {
  if (expect.status === undefined) {
    return status >= 200 && status < 300 ? [] : [{ code: 'status', expected: '2xx', actual: status }];
  }
  return status === expect.status ? [] : [{ code: 'status', expected: expect.status, actual: status }];
}

function judgeHeader(answer: CallAnswer, name: string, expected: Expected): readonly Reason[] {
  const actual = headerOf(answer, name);
  const got = mismatch(() =>
    actual === undefined ? 'not there' : says(actual, expected) ? undefined : actual,
  );
  return got === undefined ? [] : [{ code: 'header', name, expected: expected.toString(), actual: got }];
}

function judgeJson({ json }: CallAnswer, path: string, expected: unknown): readonly Reason[] {
  const got = mismatch(() => {
    const found = json(path);
    if (!found.ok) return found.why;
    return isSameJson(expected, found.value) ? undefined : shown(found.value);
  });
  return got === undefined ? [] : [{ code: 'json', name: path, expected: shown(expected), actual: got }];
}

function judgeText(
  code: 'body' | 'stdout' | 'stderr',
  actual: string,
  expected: Expected | undefined,
): readonly Reason[] {
  if (expected === undefined) return [];
  const got = mismatch(() => (says(actual, expected) ? undefined : actual));
  return got === undefined ? [] : [{ code, expected: expected.toString(), actual: got }];
}

/** What is told in the place of what was expected; nothing when it holds. */
function mismatch(find: () => string | undefined): string | undefined {
  const found = withinLimit(find);
  return found.done ? found.value : TOO_SLOW;
}
