/** Why a captured notification does, or does not, verify: for people. */
import type { ChalkInstance } from 'chalk';
import { isV3, openingLines, tableLines, UNCHECKED, wordsOf, type OpeningFacts } from './explain-words.ts';
import { printable } from './printable.ts';

export interface MistakeFacts {
  readonly code: string;
  readonly title: string;
  readonly fix: string;
  readonly detail: string;
}

export interface ExplainFacts {
  readonly form: string;
  readonly notes: readonly string[];
  /** `null` when it is of no kind that is known. */
  readonly kind: string | null;
  readonly ok: boolean;
  readonly checks: readonly { readonly step: string; readonly ok: boolean; readonly saw: string }[];
  readonly fields: Readonly<Record<string, string>>;
  readonly string_to_sign: string | null;
  readonly received: string | null;
  /** Whether `received` is what somebody's code computed, and not what the message carries. */
  readonly own: boolean;
  readonly signatures: readonly {
    readonly type: string;
    readonly computed: string;
    readonly matches: boolean;
  }[];
  /** Each is one explanation, of one mistake or two together. */
  readonly diagnoses: readonly (readonly MistakeFacts[])[];
  /** Of API v3 only: whose key made the signature. */
  readonly signed_by?: string | null;
  readonly opening?: OpeningFacts | null;
  /** Steps for which there was no key. */
  readonly unchecked?: readonly ('sign' | 'decrypt')[];
  /** What the table of the kind does not allow. */
  readonly table?: readonly string[];
}

/** The whole story, in the order in which one would look. */
export function explainText(facts: ExplainFacts, chalk: ChalkInstance): string {
  const sections = [
    [
      `${chalk.bold(facts.kind ?? 'a kind that is not known')}, read from ${forms[facts.form] ?? facts.form}`,
      ...facts.notes,
    ],
    fieldLines(facts, chalk),
    signatureLines(facts, chalk),
    [
      ...facts.checks.map(({ step, ok, saw }) => `${mark(ok, chalk)} ${step}: ${printable(saw)}`),
      ...openingLines(facts.opening).map((line) => `  ${chalk.dim(printable(line))}`),
    ],
    tableLines(facts.table).map((line) => chalk.yellow(printable(line))),
    verdict(facts, chalk),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

const forms: Readonly<Record<string, string>> = {
  xml: 'XML',
  http: 'an HTTP request',
  har: 'a HAR file',
  json: 'JSON',
  text: 'text with the message in it',
};

function mark(ok: boolean, chalk: ChalkInstance): string {
  return ok ? chalk.green('✓') : chalk.red('✗');
}

function fieldLines({ fields }: ExplainFacts, chalk: ChalkInstance): readonly string[] {
  const width = Math.max(0, ...Object.keys(fields).map((name) => name.length));
  return Object.entries(fields).map(([name, value]) => {
    const shown = value.length > 200 ? `${value.slice(0, 199)}…` : value;
    return `${chalk.dim(name.padEnd(width))}  ${printable(visible(shown))}`;
  });
}

/** White space at the ends, and nothing at all, would not be seen. */
function visible(value: string): string {
  if (value === '') return '(empty)';
  return value === value.trim() ? value : JSON.stringify(value);
}

function signatureLines(facts: ExplainFacts, chalk: ChalkInstance): readonly string[] {
  const { string_to_sign, received, signatures, own } = facts;
  const { none, by } = wordsOf(facts);
  if (string_to_sign === null) return [];
  return [
    chalk.dim('string to sign'),
    printable(string_to_sign).replaceAll('\n', '\\n'),
    '',
    ...signatures.map(
      ({ type, computed, matches }) => `${mark(matches, chalk)} ${type.padEnd(11)}  ${computed}`,
    ),
    `  ${(own ? 'your code' : 'received').padEnd(11)}  ${printable(received ?? none)}${by}`,
  ];
}

function verdict(facts: ExplainFacts, chalk: ChalkInstance): readonly string[] {
  const { ok, diagnoses, own } = facts;
  if (ok && own) return ownIsRight(facts, chalk);
  if (ok)
    return [
      chalk.green.bold('It verifies.'),
      ...(facts.string_to_sign === null ? [] : [wordsOf(facts).ifRefused]),
    ];
  if (diagnoses.length === 0) return unexplained(facts, chalk);
  return diagnoses.flatMap((mistakes, index) => [
    ...(index === 0 ? [] : ['', chalk.dim('or, with the same effect:')]),
    ...mistakes.flatMap((mistake) => mistakeLines(mistake, chalk)),
  ]);
}

/** The right signature, of a message whose own may be wrong. */
function ownIsRight(facts: ExplainFacts, chalk: ChalkInstance): readonly string[] {
  const { fields, signatures, checks } = facts;
  const forged = isV3(facts)
    ? checks.some(({ step, ok }) => step === 'sign' && !ok)
    : !signatures.some(({ computed }) => computed === fields['sign']);
  const right = chalk.green.bold(wordsOf(facts).ownIsRight);
  return forged
    ? [right, chalk.yellow('The message carries another one: it is right to refuse it.')]
    : [right];
}

function unexplained(facts: ExplainFacts, chalk: ChalkInstance): readonly string[] {
  const { own, string_to_sign } = facts;
  if (own) return string_to_sign === null ? [chalk.red.bold(wordsOf(facts).noOwn)] : another(facts, chalk);
  const [missing] = facts.unchecked ?? [];
  return missing === undefined ? refused(facts, chalk) : [chalk.red.bold(NOT_CHECKED), UNCHECKED[missing]];
}

function refused(facts: ExplainFacts, chalk: ChalkInstance): readonly string[] {
  const { checks } = facts;
  const { notOpened, otherKey } = wordsOf(facts);
  const wrong = checks.find((check) => !check.ok);
  const isSigned = checks.some(({ step, ok }) => step === 'sign' && ok);
  if (wrong?.step === 'decrypt')
    return isSigned ? [chalk.red.bold(notOpened), otherKey] : another(facts, chalk);
  return wrong?.step === 'sign'
    ? another(facts, chalk)
    : [chalk.red.bold(`It is refused: ${printable(wrong?.saw ?? '')}`)];
}

function another(facts: ExplainFacts, chalk: ChalkInstance): readonly string[] {
  return [chalk.red.bold(NOT_EXPLAINED), wordsOf(facts).another];
}

function mistakeLines({ title, detail, fix }: MistakeFacts, chalk: ChalkInstance): readonly string[] {
  return [chalk.red.bold(`${title}${detail === '' ? '' : `: ${printable(detail)}`}`), `  ${fix}`];
}

const NOT_CHECKED = 'Not everything was checked.';
const NOT_EXPLAINED = 'None of the known mistakes explains it.';
