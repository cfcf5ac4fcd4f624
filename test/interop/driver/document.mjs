/** docs/interop.md: what a complete run found. The same run gives the same text: no times, no dates. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { matrix, SYMBOLS } from './matrix.mjs';
import { packageFolder } from './places.mjs';
import { tamperings } from './twins.mjs';
import { inWords } from './verdicts.mjs';

const FILE = path.join(packageFolder, 'docs/interop.md');

/** Known deviation → its number on the page. */
export function numbersOf(runs) {
  const all = runs.flatMap(({ receiver }) => receiver.known);
  return new Map(all.map((known, index) => [known, index + 1]));
}

/** The page, formatted. */
export async function documentText({ runs, scenarios, left, agreement }) {
  const text = [
    '# Interoperability',
    'Real SDKs, as HTTP receivers, verify, decrypt and parse what wxnotify sends, and refuse what it tampers with. This page is written by `npm run test:interop`, which did what it says.',
    ...sdkSection(runs),
    ...matrixSection(runs),
    ...deviationSection(runs),
    ...sentSection({ scenarios, left }),
    ...agreementSection(agreement),
    ...runSection(),
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(FILE)), parser: 'markdown' });
}

/**
 * Writes the page, or only looks whether it would be another one.
 *
 * @returns {'same' | 'written' | 'differs'}
 */
export function updateDocument(text, { check }) {
  if (readText() === text) return 'same';
  if (check) return 'differs';
  writeFileSync(FILE, text);
  return 'written';
}

function readText() {
  try {
    return readFileSync(FILE, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function sdkSection(runs) {
  const rows = runs.map(({ receiver: { sdk, language, note } }) => [
    `\`${sdk.package}\``,
    sdk.version,
    language,
    note,
  ]);
  return [table([['SDK', 'version', 'language', 'remark'], ...rows])];
}

function matrixSection(runs) {
  return [
    '## Matrix',
    'In each cell: authentic / tampered.',
    table(matrix(runs, numbersOf(runs))),
    SYMBOLS.filter(([symbol]) => symbol !== '✗')
      .map(([symbol, meaning]) => `- ${symbol} ${meaning}`)
      .join('\n'),
  ];
}

function deviationSection(runs) {
  const lines = runs.flatMap(({ receiver: { sdk, known } }) =>
    known.map((one) => `**${sdk.package} ${sdk.version}**: ${inWords(one)}. Why: ${one.why}.`),
  );
  return [
    '## Deviations',
    'Where an SDK refuses what is authentic, loses a value, or accepts what was tampered with. The run fails when one of them does not occur any more.',
    lines.map((line, index) => `${index + 1}. ${line}`).join('\n'),
  ];
}

function sentSection({ scenarios, left }) {
  const messages = scenarios.flatMap((scenario) => scenario.messages).length;
  const twins = scenarios.flatMap((scenario) => scenario.twins).length;
  return [
    '## What is sent',
    `${scenarios.length} built-in scenarios with ${messages} notifications, each to every SDK that has something for its kind, with \`wxnotify send\`. An authentic one must be acknowledged, a call of native mode one with an order whose signature is right, and the fields that the SDK parsed must be those that \`wxnotify build --json\` says were set: all names, all values.`,
    `${twins} tampered twins must neither be acknowledged nor handed on:`,
    tamperings.map(({ name, doc }) => `- \`${name}\`: ${doc}`).join('\n'),
    `Not sent, because it is not authentic or asks nothing of an SDK: ${left.map((name) => `\`${name}\``).join(', ')}.`,
  ];
}

function agreementSection({ sdk, runs, properties }) {
  return [
    '## Agreement',
    `On ${runs} random inputs each, wxnotify and \`${sdk.package}\` ${sdk.version} agree:`,
    properties.map(({ doc }) => `- ${doc}`).join('\n'),
  ];
}

function runSection() {
  return [
    '## Run it',
    '```\nnpm run test:interop                  # all; it rewrites this page\nnpm run test:interop -- node-tenpay   # some, by folder\n```',
    'It needs Node, and Java with Maven, Python and Go for the SDKs in these languages. A missing one is skipped by name; with `CI` set, that fails, and so does a page that is not up to date. The receivers install from lock files, run on loopback ports, and have no outbound network. How to add one: [test/interop/README.md](../test/interop/README.md).',
  ];
}

function table([head, ...rows]) {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
