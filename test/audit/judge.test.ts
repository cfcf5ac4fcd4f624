/** What was seen → what is said of it: for each duty what passes, what fails and how badly, and what nobody can know. */
import { describe, expect, test } from 'vitest';
import { judge } from '../../src/audit/judge/judge.ts';
import type { Seen } from '../../src/audit/judge/verdict.ts';
import type { Observation } from '../../src/audit/observe.ts';
import { usualWords } from '../../src/audit/order-state.ts';
import type { AnswerFacts } from '../../src/audit/result.ts';
import type { AuditBlock } from '../../src/scenario/schema/schema-audit.ts';

const request = { method: 'POST', url: 'http://127.0.0.1/notify', headers: [], body: '<xml></xml>' };

function answer(ack: string | null, more: Partial<AnswerFacts> = {}): AnswerFacts {
  const status = ack === null ? null : 200;
  const error = ack === null ? 'connection refused' : null;
  return { request, status, body: '', ack, error, duration_ms: 3, amount: '100', authentic: false, ...more };
}

const yes = answer('SUCCESS');
const no = answer('FAIL');
const none = answer(null);
const right = answer('SUCCESS', { authentic: true });
const rightRefused = answer('FAIL', { authentic: true });

const nothing: Observation = {
  uncreated: undefined,
  unprepared: undefined,
  hostile: [],
  control: undefined,
  before: undefined,
  patience: 0,
  after: undefined,
  settled: undefined,
  otherBefore: undefined,
  otherAfter: undefined,
  gone: undefined,
  unseen: undefined,
  callbacks: [],
};

const unpaid = { paid_count: '0', status: 'CREATED', refunded: '0' };
const paid = { paid_count: '1', status: 'PAID', refunded: '0' };
const twice = { paid_count: '2', status: 'PAID', refunded: '0' };

function seen(
  must: AuditBlock['must'],
  observation: Partial<Observation>,
  more: Partial<Omit<Seen, 'block'>> & { readonly block?: Partial<AuditBlock> } = {},
): Seen {
  const { block, ...rest } = more;
  const texts = { finding: 'f', imitates: 'i', why: 'w', fix: 'x', source: 's' };
  return {
    isRefund: false,
    isRace: false,
    words: usualWords,
    ...rest,
    block: { severity: 'critical', must, ...texts, ...block },
    observation: { ...nothing, ...observation },
  };
}

type Row = [what: string, seen: Seen, as: string, severity?: string];

function check(rows: readonly Row[]): void {
  test.each<Row>(rows)('%s', (_, given, as, severity) => {
    const verdict = judge(given);
    expect(verdict).toMatchObject({ as, ...(severity !== undefined && { severity }) });
  });
}

describe('refuse', () => {
  check([
    ['refused, and the right one taken', seen('refuse', { hostile: [no], control: right }), 'passed'],
    ['no answer, and the right one taken', seen('refuse', { hostile: [none], control: right }), 'passed'],
    ['acknowledged, nobody looked', seen('refuse', { hostile: [yes], control: right }), 'failed', 'critical'],
    [
      'credited',
      seen('refuse', { hostile: [yes], before: unpaid, after: paid, control: right }),
      'failed',
      'critical',
    ],
    [
      'refused in words, and credited',
      seen('refuse', { hostile: [no], before: unpaid, after: paid }),
      'failed',
      'critical',
    ],
    [
      'acknowledged, not credited',
      seen('refuse', { hostile: [yes], before: unpaid, after: unpaid, control: right }),
      'failed',
      'low',
    ],
    [
      'the other order was credited',
      seen('refuse', {
        hostile: [yes],
        before: unpaid,
        after: unpaid,
        otherBefore: unpaid,
        otherAfter: paid,
      }),
      'failed',
      'critical',
    ],
    [
      'an authentic one that belongs to the case was credited, and the forged one refused',
      seen('refuse', { hostile: [right, no], before: unpaid, after: paid, control: right }),
      'passed',
    ],
    [
      'an authentic one and the forged one were credited',
      seen('refuse', { hostile: [right, yes], before: unpaid, after: twice, control: right }),
      'failed',
      'critical',
    ],
    [
      'afterwards the right one is refused',
      seen('refuse', { hostile: [no], control: rightRefused }),
      'failed',
      'medium',
    ],
    [
      'afterwards nobody answers',
      seen('refuse', { hostile: [none], control: answer(null, { authentic: true }) }),
      'failed',
      'high',
    ],
    [
      'afterwards the server is gone',
      seen('refuse', { hostile: [none], gone: 'connection refused' }),
      'failed',
      'critical',
    ],
    [
      'the right one is acknowledged, and not credited',
      seen('refuse', { hostile: [no], before: unpaid, after: unpaid, control: right, settled: unpaid }),
      'failed',
      'medium',
    ],
    [
      'a status alone shows a credit',
      seen('refuse', { hostile: [yes], before: { status: 'NEW' }, after: { status: 'paid' } }),
      'failed',
      'critical',
    ],
  ]);
});

describe('not-credit', () => {
  check([
    [
      'acknowledged, not credited',
      seen('not-credit', { hostile: [right], before: unpaid, after: unpaid }),
      'passed',
    ],
    [
      'refused, not credited, whatever the right one does',
      seen('not-credit', { hostile: [rightRefused], before: unpaid, after: unpaid, control: rightRefused }),
      'passed',
    ],
    ['credited', seen('not-credit', { hostile: [right], before: unpaid, after: paid }), 'failed', 'critical'],
    ['acknowledged, nobody looked', seen('not-credit', { hostile: [right] }), 'undecided'],
    [
      'refused, nobody looked, the right one taken',
      seen('not-credit', { hostile: [rightRefused], control: right }),
      'passed',
    ],
    [
      'refused, nobody looked, the right one refused',
      seen('not-credit', { hostile: [rightRefused], control: rightRefused }),
      'undecided',
    ],
    [
      'paid before, and a status cannot tell',
      seen('not-credit', { hostile: [right], before: { status: 'PAID' }, after: { status: 'PAID' } }),
      'undecided',
    ],
    [
      'a refund was booked',
      seen(
        'not-credit',
        { hostile: [right], before: paid, after: { ...paid, refunded: '100' } },
        { isRefund: true },
      ),
      'failed',
      'critical',
    ],
  ]);
});

describe('credit-once', () => {
  const three = [right, right, right];
  check([
    [
      'once, each acknowledged',
      seen('credit-once', { hostile: three, before: unpaid, after: paid }),
      'passed',
    ],
    ['twice', seen('credit-once', { hostile: three, before: unpaid, after: twice }), 'failed', 'critical'],
    [
      'paid before, and once more',
      seen('credit-once', { hostile: [right], before: paid, after: twice }),
      'failed',
      'critical',
    ],
    [
      'paid before, and left alone',
      seen('credit-once', { hostile: [right], before: paid, after: paid }),
      'passed',
    ],
    [
      'acknowledged, and never credited',
      seen('credit-once', { hostile: three, before: unpaid, after: unpaid }),
      'failed',
      'high',
    ],
    [
      'the second refused',
      seen('credit-once', { hostile: [right, rightRefused], before: unpaid, after: paid }),
      'failed',
      'medium',
    ],
    [
      'the second refused, nobody looked',
      seen('credit-once', { hostile: [right, rightRefused] }),
      'failed',
      'medium',
    ],
    [
      'in a race the others may be refused',
      seen('credit-once', { hostile: [right, rightRefused], before: unpaid, after: paid }, { isRace: true }),
      'passed',
    ],
    ['nobody looked', seen('credit-once', { hostile: three }), 'undecided'],
    [
      'a status cannot tell once from twice',
      seen('credit-once', { hostile: three, before: { status: 'NEW' }, after: { status: 'PAID' } }),
      'undecided',
    ],
    ...['fen', 'yuan', 'count'].map((unit): Row => {
      const refunded = { fen: '100', yuan: '1', count: '1' }[unit] ?? '';
      return [
        `a refund once, in ${unit}`,
        seen(
          'credit-once',
          { hostile: three, before: paid, after: { ...paid, refunded } },
          { isRefund: true },
        ),
        'passed',
      ];
    }),
    ...['fen', 'yuan', 'count'].map((unit): Row => {
      const refunded = { fen: '200', yuan: '2', count: '2' }[unit] ?? '';
      return [
        `a refund twice, in ${unit}`,
        seen(
          'credit-once',
          { hostile: three, before: paid, after: { ...paid, refunded } },
          { isRefund: true },
        ),
        'failed',
        'critical',
      ];
    }),
  ]);
});

describe('accept', () => {
  check([
    ['acknowledged, nobody looked', seen('accept', { hostile: [right] }), 'passed'],
    [
      'acknowledged and credited',
      seen('accept', { hostile: [right], before: unpaid, after: paid }),
      'passed',
    ],
    ['refused', seen('accept', { hostile: [rightRefused] }), 'failed', 'critical'],
    [
      'acknowledged, not credited',
      seen('accept', { hostile: [right], before: unpaid, after: unpaid }),
      'failed',
      'critical',
    ],
    ['no answer', seen('accept', { hostile: [answer(null, { authentic: true })] }), 'failed', 'critical'],
  ]);
});

describe('survive', () => {
  check([
    ['refused, and the right one taken', seen('survive', { hostile: [no], control: right }), 'passed'],
    [
      'the connection was closed, and the right one taken',
      seen('survive', { hostile: [none], control: right }),
      'passed',
    ],
    [
      'no answer in time',
      seen('survive', { hostile: [answer(null, { duration_ms: 5003 })], control: right }),
      'failed',
      'critical',
    ],
    [
      'the right one is not answered any more',
      seen('survive', { hostile: [no], control: answer(null) }),
      'failed',
      'critical',
    ],
    ['believed', seen('survive', { hostile: [yes], control: right }), 'failed', 'critical'],
    [
      'acknowledged, and nothing booked',
      seen('survive', { hostile: [yes], before: unpaid, after: unpaid, control: right }),
      'passed',
    ],
    [
      'what is authentic inside may be taken',
      seen('survive', { hostile: [right], control: right }),
      'passed',
    ],
  ]);
});

describe('whatever the duty', () => {
  const signed = `<xml><sign><![CDATA[${'AB12'.repeat(8)}]]></sign></xml>`;
  const oracle = answer('FAIL', {
    request: { ...request, body: signed },
    body: `wrong sign, expected ${'ab12'.repeat(8).slice(0, -1)}f`,
  });
  check([
    [
      'it asked at our listener',
      seen('survive', { hostile: [no], control: right, callbacks: ['GET /c1'] }),
      'failed',
      'critical',
    ],
    [
      'its answer has a file',
      seen(
        'survive',
        { hostile: [answer('FAIL', { body: 'root:x:0:0' })], control: right },
        { block: { reveals: ['root:x:0:0'] } },
      ),
      'failed',
    ],
    [
      'its answer has the right signature',
      seen('refuse', { hostile: [oracle], control: right }, { block: { severity: 'low' } }),
      'failed',
      'critical',
    ],
    [
      'its answer has the wrong signature that was sent',
      seen('refuse', {
        hostile: [answer('FAIL', { request: { ...request, body: signed }, body: 'AB12'.repeat(8) })],
        control: right,
      }),
      'passed',
    ],
    ['there is no order', seen('accept', { hostile: [rightRefused], uncreated: 'HTTP 500' }), 'undecided'],
    [
      'the order could not be paid before',
      seen('not-credit', { hostile: [right], unprepared: 'refused' }),
      'undecided',
    ],
    ['nothing was sent', seen('refuse', {}), 'undecided'],
    ['the look showed nothing', seen('credit-once', { hostile: [right], unseen: 'HTTP 404' }), 'undecided'],
  ]);
});

test('what is said names what changed, and nothing else', () => {
  const verdict = judge(seen('refuse', { hostile: [yes], before: unpaid, after: paid }));
  expect(verdict).toMatchObject({
    says: expect.stringContaining('(paid_count 0 → 1, status CREATED → PAID)') as string,
  });
});
