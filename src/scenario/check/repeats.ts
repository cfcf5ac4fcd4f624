/** Whether what a step says of its repeats goes together: what would mean nothing is an error, and not ignored. */
import { allRows, rowOf } from '../../protocol/notification.ts';
import type { Problem } from '../problem.ts';
import { MOST_RACERS, type NotifyStep } from '../scenario.ts';
import { suggest } from '../suggest.ts';
import type { YamlFile } from '../yaml/yaml.ts';

/** What does not go together, at the key that must go. */
export function repeatProblems(step: NotifyStep, yaml: YamlFile): readonly Problem[] {
  const found = [
    ...excluded(step, yaml),
    ...alone(step, yaml),
    ...firstOf(step),
    ...racers(step),
    ...streams(step),
    ...unvarying(step),
  ];
  return found.map(({ key, message, fix }) => ({
    code: 'bad-value',
    at: yaml.place([...step.path, ...key], 'key'),
    message,
    fix,
  }));
}

interface Found {
  readonly key: readonly string[];
  readonly message: string;
  readonly fix: string;
}

/** What each of these leaves no room for. */
export const EXCLUDES = {
  race: {
    others: ['schedule', 'concurrency', 'every', 'jitter'],
    because: 'all copies of a race go at once',
  },
  schedule: {
    others: ['times', 'concurrency', 'every', 'jitter', 'unique'],
    because: 'the schedule says when and how often',
  },
  unique: { others: ['vary'], because: 'different orders have fresh values anyway' },
} as const;

function excluded(step: NotifyStep, yaml: YamlFile): readonly Found[] {
  const words = Object.keys(EXCLUDES) as (keyof typeof EXCLUDES)[];
  return words
    .filter((word) => (word === 'schedule' ? step.schedule !== undefined : step[word]))
    .flatMap((word) =>
      EXCLUDES[word].others
        .filter((other) => isGiven(step, other, yaml))
        .map((other) => ({
          key: [other],
          message: `\`${other}\` means nothing beside \`${word}\`: ${EXCLUDES[word].because}`,
          fix: `Take one of them out.`,
        })),
    );
}

/** What means nothing without a schedule. */
function alone(step: NotifyStep, yaml: YamlFile): readonly Found[] {
  if (step.schedule) return [];
  return [['speed'], ['expect', 'acknowledged_by']]
    .filter((key) => has(step, key, yaml))
    .map((key) => ({
      key,
      message: `\`${key.join('.')}\` means nothing without a schedule`,
      fix: 'Add `schedule: wechat`.',
    }));
}

/** Nobody knows which copy of a race comes first; the first attempt of a schedule may be refused. */
function firstOf({ expect, race, schedule }: NotifyStep): readonly Found[] {
  if (!expect.first || !(race || schedule)) return [];
  const message = `\`expect.first\` means nothing beside \`${race ? 'race' : 'schedule'}\``;
  const fix = race ? 'Count instead: `acks: { SUCCESS: 1, FAIL: 4 }`.' : 'Say `acknowledged_by: 1`.';
  return [{ key: ['expect', 'first'], message, fix }];
}

function racers({ race, times }: NotifyStep): readonly Found[] {
  if (!race || (times > 1 && times <= MOST_RACERS)) return [];
  const message = `a race has 2 to ${MOST_RACERS} copies, and not ${times}`;
  return [{ key: ['times'], message, fix: 'For more, leave `race` out and use `concurrency`.' }];
}

/** A race has a way of its own to send a body. */
function streams({ race, tamper }: NotifyStep): readonly Found[] {
  const transfer = tamper?.transfer;
  if (!race || (transfer !== 'chunked' && transfer !== 'slow')) return [];
  const message = `\`transfer: ${transfer}\` means nothing beside \`race\`: all copies complete at the same instant`;
  return [{ key: ['tamper', 'transfer'], message, fix: 'Take one of them out.' }];
}

/** Only what is generated can be generated again. */
function unvarying({ vary, kind }: NotifyStep): readonly Found[] {
  const names = allRows(kind).flatMap((row) => (row.make ? [row.name] : []));
  return vary
    .filter((name) => !rowOf(kind, name)?.make)
    .map((name) => ({
      key: ['vary'],
      message: `${name} is not generated in ${kind.id}, so it cannot be made again`,
      fix: suggest(name, names),
    }));
}

function isGiven(step: NotifyStep, key: string, yaml: YamlFile): boolean {
  return key === 'schedule' ? step.schedule !== undefined : has(step, [key], yaml);
}

function has(step: NotifyStep, key: readonly string[], { value }: YamlFile): boolean {
  let inside: unknown = value;
  for (const part of [...step.path, ...key]) {
    if (inside === null || typeof inside !== 'object') return false;
    inside = (inside as Readonly<Record<string | number, unknown>>)[part];
  }
  return inside !== undefined;
}
