/** Whether what is done to a document can be done to it. */
import type { DocumentDamage } from '../../protocol/damage/document.ts';
import type { XmlDamage } from '../../protocol/v2/damage.ts';
import { suggest } from '../../scenario/suggest.ts';
import type { ImpossibleDamage } from './damage.ts';

/** A part of `tamper` that is overwritten by another, or has nothing to be put into. */
export function impossibleDocument(
  damage: XmlDamage | DocumentDamage,
  names: readonly string[],
): ImpossibleDamage | undefined {
  return overwritten(damage) ?? absentMarkup(damage, names);
}

/** What stands in the text that `body` replaces. */
const WRITTEN = ['markup', 'first', 'last', 'root'] as const;

function overwritten(damage: XmlDamage): ImpossibleDamage | undefined {
  const part = WRITTEN.find((key) => damage[key] !== undefined);
  if (damage.body === undefined || part === undefined) return undefined;
  const fix = 'Take one of them out.';
  return { part, message: `\`${part}\` means nothing beside \`body\`, which is sent instead`, fix };
}

function absentMarkup(
  { markup = {} }: DocumentDamage,
  names: readonly string[],
): ImpossibleDamage | undefined {
  const absent = Object.keys(markup).find((name) => !names.includes(name));
  if (absent === undefined) return undefined;
  const message = `${absent} is not in the message, so there is nothing to put \`markup\` in`;
  return { part: 'markup', message, fix: `${suggest(absent, names)} More of them go under \`last\`.` };
}

/** The same of what is encrypted. */
export function impossibleInner(
  inner: XmlDamage | undefined,
  names: readonly string[],
): ImpossibleDamage | undefined {
  const impossible = inner && impossibleDocument(inner, names);
  return impossible && { ...impossible, part: 'inner', message: `inner: ${impossible.message}` };
}
