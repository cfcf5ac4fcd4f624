/** The end of docs/audit.md, and docs/audit-cases.md: snapshots of the catalogue, and their generator. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { caseOf, type AuditCase } from '../../src/audit/case.ts';
import { everyCase } from '../../src/cli/work/audit/plan.ts';
import { libraryOf } from '../../src/cli/work/load.ts';
import { markdownText } from '../../src/report/audit/markdown-text.ts';
import { root } from '../support/cli.ts';

const PAGE = path.join(root, 'docs/audit.md');
const CASES_PAGE = path.join(root, 'docs/audit-cases.md');
const CASES_HEAD =
  '<!-- Generated from scenarios/hostile by `npm run generate`. Do not edit. -->\n\n# The cases of an audit\n\nWhat each case of `wxnotify audit` sends, what it means when a handler fails, and what to do. How they are judged is in [audit.md](audit.md).';
const HINT = 'run `npm run generate`';
const MARK = '<!-- The rest is generated from scenarios/hostile by `npm run generate`. Do not edit. -->\n';

/** What the folders of the catalogue are about, in the order of the page. */
const GROUPS: Readonly<Record<string, string>> = {
  signature: 'Whoever has no key sends, or changes, a notification.',
  value: 'The notification is authentic, and is not what pays for the order.',
  replay: 'The notification is authentic, and comes again, at the same instant, late, or to another URL.',
  refund:
    'Refunds of API v2 are not signed but encrypted. Whoever has no key must not be able to report one.',
  xml: 'The document is meant for the parser.',
  http: 'The request is unusual, or meant for the server.',
  injection: 'Values are authentic, and hurt whoever puts them into SQL, HTML, templates, commands or paths.',
  v3: 'The same for API v3: signatures in headers, resources that are encrypted, JSON.',
};

const VERBS = {
  refuse: 'must be refused',
  'not-credit': 'must not be credited',
  'credit-once': 'must be credited once',
  accept: 'must be accepted',
  survive: 'must be survived',
} as const;

test('docs/audit.md names the cases, and docs/audit-cases.md says what each means', async () => {
  const cases = catalogue();
  expect(Object.keys(GROUPS), 'every group has words').toEqual(
    expect.arrayContaining([...new Set(cases.map(groupOf))]),
  );
  const groups = Object.entries(GROUPS).flatMap(([name, words]): readonly Group[] => {
    const own = cases.filter((one) => groupOf(one) === name);
    return own.length === 0 ? [] : [{ name, words, cases: own }];
  });
  const [head = ''] = readFileSync(PAGE, 'utf8').split(MARK);
  await expect(await formatted([`${head}${MARK}`, ...groups.map(tableOf)])).toMatchFileSnapshot(PAGE, HINT);
  await expect(await formatted([CASES_HEAD, ...groups.map(storiesOf)])).toMatchFileSnapshot(CASES_PAGE, HINT);
});

interface Group {
  readonly name: string;
  readonly words: string;
  readonly cases: readonly AuditCase[];
}

async function formatted(parts: readonly string[]): Promise<string> {
  const config = await resolveConfig(PAGE);
  return format(`${parts.join('\n\n')}\n`, { ...config, parser: 'markdown' });
}

function catalogue(): readonly AuditCase[] {
  const loaded = everyCase(libraryOf({ home: root, cwd: root }, path.join(root, 'test')));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value.flatMap((scenario) => caseOf(scenario) ?? []);
}

/** `hostile/v3/json/x` is of `v3`. */
function groupOf({ scenario }: AuditCase): string {
  return scenario.name.split('/')[1] ?? '';
}

function shortName({ scenario }: AuditCase): string {
  return path.posix.basename(scenario.name);
}

function tableOf({ name, words, cases }: Group): string {
  const rows = cases.map((one) => {
    const short = shortName(one);
    return `| [${short}](audit-cases.md#${short}) | ${one.block.severity} | ${markdownText(one.block.finding)} |`;
  });
  const table = ['| case | severity | what may happen |', '| --- | --- | --- |', ...rows].join('\n');
  return [`### ${name}`, words, table].join('\n\n');
}

function storiesOf({ name, words, cases }: Group): string {
  return [`## ${name}`, words, ...cases.map(caseText)].join('\n\n');
}

function caseText(one: AuditCase): string {
  const { scenario, block } = one;
  const sources = [block.source].flat().map((text) => (/^https?:\/\/\S+$/.test(text) ? `<${text}>` : text));
  return [
    `### ${shortName(one)}`,
    `**${markdownText(block.finding)}** (${block.severity}, ${VERBS[block.must]})`,
    `${markdownText(scenario.summary)}. _Imitates_: ${markdownText(block.imitates)}`,
    markdownText(block.why),
    `_What to do_: ${markdownText(block.fix)}`,
    `_Source_: ${sources.join(', ')}`,
  ].join('\n\n');
}
