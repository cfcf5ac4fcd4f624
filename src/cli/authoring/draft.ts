/** What `new` is going to write: the answers, and the YAML that they make. */
import { fieldLine } from '../../capture/scenario-text.ts';
import { scalar } from '../../capture/yaml-scalar.ts';
import type { SomeKind } from '../../protocol/all-kinds.ts';
import type { AckName } from '../option-values.ts';
import type { Tamper } from './tampers.ts';

/** A scenario of one notification. */
export interface Draft {
  readonly kind: SomeKind;
  readonly summary: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly times: number | undefined;
  readonly race: boolean;
  /** What the damage is called, where it has a name, and what it is. */
  readonly tamper: { readonly titles: readonly string[]; readonly damage: Tamper } | undefined;
  readonly expect: AckName;
}

/** The text of the scenario file, but for the comment that names its schema. */
export function draftText({ kind, summary, fields, times, race, tamper, expect }: Draft): string {
  const named = Object.entries(fields);
  const lines = [
    `summary: ${scalar(summary)}`,
    `tags: [${tamper ? 'hostile' : (kind.id.split('/')[1] ?? 'mine')}]`,
    `notify: ${kind.id}`,
    `# What is not named is generated as the platform does; \`wxnotify fields ${kind.id}\` lists it all.`,
    ...(named.length > 0 ? ['fields:', ...named.map(([name, value]) => fieldLine(name, value, kind))] : []),
    ...(times === undefined ? [] : [`times: ${times}`]),
    ...(race ? ['race: true # all copies complete at the server at the same instant'] : []),
    ...(tamper ? [tamperLine(tamper.titles), ...mapping(tamper.damage, '  ')] : []),
    'expect:',
    `  ack: ${expect}`,
  ];
  return `${lines.join('\n')}\n`;
}

function tamperLine(titles: readonly string[]): string {
  return titles.length === 0 ? 'tamper:' : `tamper: # ${titles.join(', ')}`;
}

function mapping(values: Tamper, indent: string): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`${indent}${scalar(name)}: ${scalar(value)}`]
      : [`${indent}${scalar(name)}:`, ...mapping(value, `${indent}  `)],
  );
}

/** A sentence on what a draft shows, for those who give none. */
export function summaryOf({ kind, times = 1, race, tamper, expect }: Omit<Draft, 'summary'>): string {
  const copies = race ? `, ${times > 1 ? times : 'several'} copies at the same instant` : '';
  const repeats = !race && times > 1 ? `, ${times} copies` : '';
  return `${kind.id}${tamper ? ` ${tamper.titles.join(', ') || 'damaged'}` : ''}${copies}${repeats}: ${OUTCOMES[expect]}`;
}

const OUTCOMES: Readonly<Record<AckName, string>> = {
  SUCCESS: 'it is acknowledged',
  FAIL: 'it is answered with FAIL',
  REJECTED: 'it is not acknowledged',
  NONE: 'there is no answer',
};
