/** The scenario format as data: the one source of the validator, the JSON Schema and the types. */
import * as v from 'valibot';
import { auditBlock } from './schema-audit.ts';
import { notify, type expectation, type tamper } from './schema-notify.ts';
import { about, text, variable } from './schema-parts.ts';
import { checkedRowKeys, rowKeys } from './schema-rows.ts';
import { callStep, runStep, step } from './schema-steps.ts';
import { useStep } from './schema-use.ts';

const ownHead = {
  summary: about(v.pipe(text, v.transform(String)), 'One line on what this shows'),
  tags: about(v.array(v.string()), 'Words to select scenarios by'),
  serial: about(v.boolean(), 'Not beside other scenarios, when many run at once'),
  vars: about(v.record(variable, text), 'Values for ${name}; one named like a field is that field’s default'),
  audit: about(auditBlock, 'What makes it a case of `wxnotify audit`'),
};

/** What stands at the top of every scenario. */
const head = { ...ownHead, ...checkedRowKeys };

/** One notification: the step's keys stand at the top. */
export const shortForm = v.strictObject({ ...head, ...notify });

const notifyStep = v.strictObject({ ...step, ...notify });

/** Notifications of a group are sent whatever became of the others. */
const grouped = v.pipe(
  v.array(v.strictObject({ name: step.name, delay: step.delay, ...notify })),
  v.minLength(2, 'at least two notifications'),
);

const orderedGroup = v.strictObject({
  ...step,
  order: v.pipe(
    v.picklist(['shuffled', 'reversed']),
    v.description('How the notifications arrive, which are made in the order in which they stand here'),
  ),
  steps: v.pipe(grouped, v.description('Notifications that arrive in another order')),
});

const parallelGroup = v.strictObject({
  ...step,
  parallel: v.pipe(grouped, v.description('Notifications that arrive at once')),
});

const forms = {
  notify: notifyStep,
  call: callStep,
  run: runStep,
  parallel: parallelGroup,
  order: orderedGroup,
} as const;

/** The form of a step is told by its first word: a wrong key is then told of that form alone. */
function formOf(input: unknown): (typeof forms)[keyof typeof forms] {
  const has = (key: string): boolean =>
    input !== null && typeof input === 'object' && Object.hasOwn(input, key);
  const words = Object.keys(forms) as (keyof typeof forms)[];
  return forms[words.find(has) ?? 'notify'];
}

const stepsOf = <T extends v.GenericSchema>(one: T) =>
  v.pipe(v.array(one), v.minLength(1, 'at least one step'), v.description('What is done, in order'));

/** A flow: several steps that share variables. */
export const longForm = v.strictObject({ ...head, steps: stepsOf(v.lazy(formOf)) });

/** Both forms, for the JSON Schema. */
export const scenarioSchema = v.union([
  v.strictObject({ ...ownHead, ...rowKeys, ...notify }),
  v.strictObject({ ...ownHead, ...rowKeys, steps: stepsOf(v.union([...Object.values(forms), useStep])) }),
]);

export type ShortForm = v.InferOutput<typeof shortForm>;
export type LongForm = v.InferOutput<typeof longForm>;
export type NotifyForm = v.InferOutput<typeof notifyStep>;
export type CallForm = v.InferOutput<typeof callStep>;
export type RunForm = v.InferOutput<typeof runStep>;
export type GroupedForm = Omit<NotifyForm, 'when'>;
export type OrderForm = v.InferOutput<typeof orderedGroup>;
export type ParallelForm = v.InferOutput<typeof parallelGroup>;
export type StepForm = NotifyForm | CallForm | RunForm | OrderForm | ParallelForm;
export type ExpectForm = v.InferOutput<typeof expectation>;
export type TamperForm = v.InferOutput<typeof tamper>;
