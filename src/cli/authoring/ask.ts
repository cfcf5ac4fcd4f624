/** The questions of `new`: only about what no flag has said. */
import type { SomeKind } from '../../protocol/all-kinds.ts';
import type { FieldFacts } from '../../report/fields-text.ts';
import type { Problem } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';
import { ACK_WORDS, type AckName } from '../option-values.ts';
import { askSeveral, askTexts, type AnswerCheck, type TextQuestion } from '../prompt.ts';
import { findKind, kindFacts, kindList } from '../work/kinds.ts';
import { draftOf, wrongName, type NewOptions } from './answers.ts';
import { tampers } from './tampers.ts';

/** What the questions need to know. */
export interface Asking {
  readonly given: NewOptions;
  /** What is wrong with a scenario of these answers. */
  readonly wrong: (answers: NewOptions) => readonly Problem[];
  /** Whether there is a scenario of that name. */
  readonly taken: (name: string) => boolean;
}

/** The answers, those of the flags included; `undefined` when the questions were broken off. */
export async function askForScenario(cli: Cli, asking: Asking): Promise<NewOptions | undefined> {
  const steps = [askKind, askFields, askDamage, askOutcome, askName];
  let answers: NewOptions | undefined = asking.given;
  for (const step of steps) answers &&= await step(cli, answers, asking);
  return answers;
}

type Step = (cli: Cli, answers: NewOptions, asking: Asking) => Promise<NewOptions | undefined>;

const fine: AnswerCheck = () => undefined;

const askKind: Step = async (cli, answers) => {
  if (answers.kind !== undefined) return answers;
  const kinds = [...kindList()].sort((a, b) => rankOf(a.kind) - rankOf(b.kind));
  const width = Math.max(...kinds.map(({ kind }) => kind.length));
  const choices = kinds.map(({ kind, summary }) => ({
    name: `${kind.padEnd(width)}  ${summary}`,
    value: kind,
  }));
  const asked = await askTexts(cli, [{ name: 'kind', message: 'What arrives?', choices }], fine);
  return asked && { ...answers, ...asked };
};

/** What almost everybody writes first. */
function rankOf(kind: string): number {
  const first = ['v2/payment', 'v2/refund'];
  return first.includes(kind) ? first.indexOf(kind) : first.length;
}

const askFields: Step = async (cli, answers, { wrong }) => {
  const kind = kindOf(answers);
  if (answers.set !== undefined || !kind) return answers;
  const rows = fieldsToOffer(kind);
  const width = Math.max(...rows.map(({ name }) => name.length));
  const choices = rows.map(({ name, title, example }) => ({
    name: `${name.padEnd(width)}  ${title}${example === null ? '' : `  ${shortened(example)}`}`,
    value: name,
  }));
  const chosen = await askSeveral(cli, 'Which fields matter here? The others are generated.', choices);
  if (!chosen) return undefined;
  const questions = rows.filter(({ name }) => chosen.includes(name)).map(questionAbout);
  const check: AnswerCheck = (name, text, before) => {
    const problems = wrong({ ...answers, set: { ...before, [name]: text } });
    return told(problems.find(({ message }) => message.includes(name)) ?? problems[0]); // the field’s own first
  };
  const set = await askTexts(cli, questions, check);
  return set && { ...answers, set };
};

/** Amounts that every message has come first, and then what has a choice of values. */
function fieldsToOffer(kind: SomeKind): readonly FieldFacts[] {
  const owner = Object.values(kind.owner);
  const rows = kindFacts(kind).fields.filter(
    ({ name, values }) => !name.includes('$n') && !owner.includes(name) && values?.length !== 1,
  );
  const rank = ({ values, type, required }: FieldFacts): number =>
    type === 'fen' && required ? 0 : values !== null ? 1 : 2;
  return [...rows].sort((a, b) => rank(a) - rank(b));
}

function questionAbout({ name, title, meaning, values, example }: FieldFacts): TextQuestion {
  const message = `${name} (${title}): ${meaning}\n `;
  if (values) return { name, message, choices: values.map((value) => ({ name: value, value })) };
  return { name, message, ...(example !== null && { default: example }) };
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

const askDamage: Step = async (cli, answers) => {
  const kind = kindOf(answers);
  if (answers.tamper !== undefined || !kind) return answers;
  const choices = [
    { name: 'authentic, as the platform makes it', value: '' },
    ...tampers
      .filter((row) => row.of(kind) !== undefined)
      .map(({ name, title }) => ({ name: title, value: name })),
  ];
  const asked = await askTexts(cli, [{ name: 'tamper', message: 'How does it arrive?', choices }], fine);
  if (!asked) return undefined;
  const { tamper = '' } = asked;
  return { ...answers, tamper: tamper === '' ? [] : [tamper] };
};

const COPIES = 5;

const outcomeQuestions = (hostile: boolean): readonly TextQuestion[] => [
  {
    name: 'expect',
    message: 'What must your server answer?',
    choices: Object.entries(ACK_WORDS).map(([value, about]) => ({ name: `${value}  ${about}`, value })),
    default: hostile ? 'REJECTED' : 'SUCCESS',
  },
  {
    name: 'often',
    message: 'How often does it arrive?',
    choices: [
      { name: 'once', value: 'once' },
      { name: `${COPIES} copies, one after the other`, value: 'copies' },
      { name: `${COPIES} copies at the same instant, as a race`, value: 'race' },
    ],
  },
];

const askOutcome: Step = async (cli, answers) => {
  const said = [answers.expect && 'expect', (answers.times ?? answers.race) && 'often'];
  const open = outcomeQuestions((answers.tamper ?? []).length > 0).filter(({ name }) => !said.includes(name));
  const asked = await askTexts(cli, open, fine);
  if (!asked) return undefined;
  const { expect = answers.expect, often = 'once' } = asked;
  return { ...answers, ...(expect !== undefined && { expect: expect as AckName }), ...REPEATS[often] };
};

const REPEATS: Readonly<Record<string, Pick<NewOptions, 'times' | 'race'>>> = {
  copies: { times: COPIES },
  race: { times: COPIES, race: true },
};

const askName: Step = async (cli, answers, { taken }) => {
  const draft = draftOf({ ...answers, name: 'mine' });
  const questions: TextQuestion[] = [
    { name: 'summary', message: 'What does it show?', default: draft.ok ? draft.value.draft.summary : '' },
    { name: 'name', message: 'Its name', default: freeName(answers, taken) },
  ];
  const open = questions.filter(({ name }) => answers[name as 'name' | 'summary'] === undefined);
  const check: AnswerCheck = (name, text) => (name === 'name' ? told(wrongName(text)) : undefined);
  const asked = await askTexts(cli, open, check);
  return asked && { ...answers, ...asked };
};

/** A name that says what it is, and that no scenario has. */
function freeName({ kind = '', tamper = [] }: NewOptions, taken: Asking['taken']): string {
  const [damage = ''] = tamper;
  const last = tampers.some(({ name }) => name === damage) ? damage : 'mine';
  const base = `${kind.split('/').at(-1) ?? ''}/${last}`;
  let name = base;
  for (let number = 2; taken(name); number++) name = `${base}-${number}`;
  return name;
}

function told(problem: Problem | undefined): string | undefined {
  return problem && `${problem.message}. ${problem.fix}`;
}

function kindOf({ kind = '' }: NewOptions): SomeKind | undefined {
  const found = findKind(kind);
  return found.ok ? found.value : undefined;
}
