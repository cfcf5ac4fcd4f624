/** The positive controls: one authentic notification of each kind, before everything else. */
import type { AuditCase } from '../../../audit/case.ts';
import { plain } from '../../../audit/compose.ts';
import type { SomeKind } from '../../../protocol/all-kinds.ts';
import type { Scenario } from '../../../scenario/scenario.ts';

/** The case that asks whether an authentic notification of this kind is accepted. */
export function controlCase(kind: SomeKind): AuditCase {
  const about = plain(kind, 'an authentic one', []);
  const name = `control/${kind.id.replace('/', '-')}`;
  const isRefund = kind.id.endsWith('/refund');
  return {
    scenario: controlScenario(name, about),
    about,
    block: {
      severity: 'high',
      must: 'accept',
      finding: `An authentic notification of ${kind.id} is refused`,
      imitates: 'WeChat Pay itself.',
      why: 'Orders that were paid stay unpaid, and the platform repeats what is not acknowledged for a day.',
      fix: 'See what the answer says. `wxnotify explain` shows step by step why a signature does not verify.',
      source: 'https://pay.weixin.qq.com/doc/v2/merchant/4011984754',
      control: 'none',
      ...(isRefund && { setup: ['paid'] }),
    },
  };
}

function controlScenario(name: string, about: AuditCase['about']): Scenario {
  const place = { file: name, line: 1, col: 1 };
  return {
    name,
    family: name,
    file: name,
    reference: name,
    summary: `An authentic notification of ${about.kind.id} is accepted`,
    tags: ['control'],
    vars: {},
    typed: new Set(),
    rows: new Set(),
    serial: false,
    audit: undefined,
    steps: [about],
    sources: [],
    place: () => place,
    isDefault: () => false,
  };
}
