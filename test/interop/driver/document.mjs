/** docs/interop.md: what a complete run found. The same run gives the same text: no times, no dates. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { APIS, matrix, SYMBOLS } from './matrix.mjs';
import { packageFolder } from './places.mjs';
import { isForEach } from './twins-v3.mjs';
import { tamperings } from './twins.mjs';
import { inWords } from './verdicts.mjs';

const FILE = path.join(packageFolder, 'docs/interop.md');

/** Known deviation → its number on the page. */
export function numbersOf(runs) {
  const all = runs.flatMap(({ receiver }) => receiver.known);
  return new Map(all.map((known, index) => [known, index + 1]));
}

/** The page, formatted. */
export async function documentText({ runs, sending, agreement }) {
  const text = [
    '# Interoperability',
    'Real SDKs, as HTTP receivers, verify, decrypt and parse what wxnotify sends, and refuse what it tampers with. This page is written by `npm run test:interop`, which did what it says.',
    ...sdkSection(runs),
    ...matrixSection(runs),
    ...deviationSection(runs),
    ...sentSection(sending),
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
  const rows = runs.map(({ receiver: { sdk, api, language, note } }) => [
    api.slice(1),
    `\`${sdk.package}\``,
    sdk.version,
    language,
    note,
  ]);
  return [table([['API', 'SDK', 'version', 'language', 'remark'], ...rows])];
}

function matrixSection(runs) {
  const numbers = numbersOf(runs);
  const tables = APIS.flatMap((api) => [`### API ${api}`, table(matrix(runs, { api, numbers }))]);
  const legend = SYMBOLS.filter(([symbol]) => symbol !== '✗').map(
    ([symbol, meaning]) => `- ${symbol} ${meaning}`,
  );
  return [
    '## Matrix',
    `In each cell: authentic / tampered. API v3 is sent to a server that trusts the platform’s certificate (mode \`certificate\`), and to one that trusts its public key (\`public-key\`).`,
    ...tables,
    legend.join('\n'),
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

function sentSection({ v2, v3, left, tamperings: v3Tamperings }) {
  const messages = v2.flatMap((scenario) => scenario.messages).length;
  const twins = v2.flatMap((scenario) => scenario.twins).length;
  const untouched = v3.sent.filter(({ twin }) => twin === undefined).length;
  const kinds = new Set(v3.sent.map(({ kind }) => kind)).size;
  return [
    '## What is sent',
    'Each built-in scenario to every SDK that has something for its kind, with `wxnotify send`. An authentic notification must be acknowledged, and the fields that the SDK parsed must be those that `wxnotify build --json` says were set: all names, all values. A tampered twin must be answered, and neither acknowledged nor handed on.',
    `### API v2: ${v2.length} scenarios`,
    `${messages} authentic notifications, where native mode one must be answered with an order whose signature is right; and ${twins} tampered twins:`,
    list(tamperings),
    `### API v3: ${v3.scenarios} scenarios`,
    `${untouched} authentic notifications of ${kinds} kinds, in both modes. One of \`v3/transaction\` comes with every damage, in both modes too. What does no harm must be accepted:`,
    list(v3Tamperings.filter(({ harmless }) => harmless)),
    `The rest must be refused. So must the first of every other kind with ${v3Tamperings
      .filter(isForEach)
      .map(({ name }) => `\`${name}\``)
      .join(', ')}:`,
    list(v3Tamperings.filter(({ harmless }) => !harmless)),
    '### Not sent',
    `What is not authentic, or asks nothing of an SDK: ${[...left.filter(isNamed).map((name) => `\`${name}\``), 'all of `hostile/`'].join(', ')}.`,
  ];
}

function list(tampering) {
  return tampering.map(({ name, doc }) => `- \`${name}\`: ${doc}`).join('\n');
}

function agreementSection({ sdk, runs, properties }) {
  return [
    '## Agreement',
    `On ${runs} random inputs of API v2 each, wxnotify and \`${sdk.package}\` ${sdk.version} agree:`,
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

/** The cases of an audit are many, and all of one folder. */
function isNamed(name) {
  return !name.startsWith('hostile/');
}
