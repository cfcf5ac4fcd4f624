/** How a merchant is audited: where its endpoints are, and how its own API is asked. */
import { usualWords, STATE_NAMES, type StatusWords } from '../../../audit/order-state.ts';
import type { Probe, Probes } from '../../../audit/compose.ts';
import { millis } from '../../../scenario/schema/schema-parts.ts';
import { toScenario } from '../../../scenario/check/validate.ts';
import { compose, valueAt } from '../../../scenario/expand/compose.ts';
import { collect, fail, succeed, type Problem, type Result } from '../../../scenario/problem.ts';
import type { Path, YamlFile } from '../../../scenario/yaml/yaml.ts';
import type { Env } from '../../context.ts';
import { expand } from '../references.ts';
import type { AuditForm } from './schema.ts';

/** The block, and where it stands. */
export interface AuditText {
  readonly form: AuditForm;
  readonly yaml: YamlFile;
  readonly path: Path;
}

export interface AuditSettings {
  /** URLs by kind or version. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly probes: Probes;
  readonly words: StatusWords;
  /** How long an order may take to be booked after the answer, in milliseconds; unless said, it is measured. */
  readonly settleMs: number | undefined;
}

/** What holds when nothing is configured. */
export const noAudit: AuditSettings = { endpoints: {}, probes: {}, words: usualWords, settleMs: undefined };

/** Reads the block, and says what is wrong with it where it stands. */
export function readAuditSettings(text: AuditText | undefined, env: Env): Result<AuditSettings> {
  if (!text) return succeed(noAudit);
  const { form } = text;
  const names = (['create_order', 'order_state', 'close_order'] as const).filter((name) => form[name]);
  const read = names.map((name) => [name, readProbe(name, text)] as const);
  const problems = [
    ...read.flatMap(([, probe]) => (probe.ok ? [] : probe.problems)),
    ...endpointProblems(text, env),
    ...(form.order_state && !form.create_order ? [nothingToSee(text)] : []),
  ];
  const probes = Object.fromEntries(read.flatMap(([name, probe]) => (probe.ok ? [[name, probe.value]] : [])));
  return collect(problems, () => ({
    endpoints: endpointsOf(form, env),
    probes,
    words: wordsOf(form),
    settleMs: form.settle === undefined ? undefined : millis(form.settle),
  }));
}

function readProbe(name: keyof Probes, { yaml, path }: AuditText): Result<Probe> {
  const from = [...path, name];
  const alone = { ...yaml, value: { steps: [] }, hidden: false };
  const scenario = toScenario(compose(alone, [{ at: ['steps', 0], yaml, from }]), name);
  if (!scenario.ok) return scenario;
  const [step] = scenario.value.steps;
  if (!step || step.does === 'notify') throw new Error('the schema lets calls and commands through');
  const needed = neededBy[name];
  const has = step.captures.map((capture) => capture.name);
  if (needed.length > 0 && !needed.some((one) => has.includes(one)))
    return fail(capturesNothing(name, yaml, from));
  return succeed({ step, place: (below, key) => yaml.place([...from, ...below], key) });
}

/** What a probe must capture one of. */
const neededBy: Readonly<Record<keyof Probes, readonly string[]>> = {
  create_order: ['out_trade_no'],
  order_state: STATE_NAMES,
  close_order: [],
};

function capturesNothing(name: keyof Probes, yaml: YamlFile, from: Path): Problem {
  const needed = neededBy[name].map((one) => `\`${one}\``);
  const example =
    name === 'create_order' ? 'out_trade_no: $.id' : 'paid_count: $.paid_count, status: $.status';
  return {
    code: 'missing',
    at: yaml.place(valueAt(yaml, [...from, 'capture']) === undefined ? from : [...from, 'capture'], 'key'),
    message: `\`${name}\` must capture ${needed.length > 1 ? `at least one of ${needed.join(', ')}` : needed.join('')}`,
    fix: `Write \`capture: { ${example} }\`: JSONPaths into the answer.`,
  };
}

function nothingToSee({ yaml, path }: AuditText): Problem {
  return {
    code: 'missing',
    at: yaml.place([...path, 'order_state'], 'key'),
    message: '`order_state` looks at orders, and nothing places any',
    fix: 'Configure `create_order`, which captures `out_trade_no`, as well.',
  };
}

function endpointProblems({ form, yaml, path }: AuditText, env: Env): readonly Problem[] {
  return Object.entries(form.endpoints ?? {}).flatMap(([name, url]): readonly Problem[] => {
    const full = expand(url, env);
    if (full !== undefined && URL.canParse(full)) return [];
    return [
      {
        code: 'bad-value',
        at: yaml.place([...path, 'endpoints', name]),
        message:
          full === undefined
            ? `${url} refers to a variable that is not set`
            : `${JSON.stringify(full)} is no URL`,
        fix: 'Write it in full: http://127.0.0.1:8080/notify.',
      },
    ];
  });
}

function endpointsOf({ endpoints = {} }: AuditForm, env: Env): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(endpoints).map(([name, url]) => [name, expand(url, env) ?? url]));
}

/** The merchant's own words come in the place of the usual ones. */
function wordsOf({ status = {} }: AuditForm): StatusWords {
  const own = (name: keyof StatusWords): readonly string[] => {
    const given = status[name];
    return given === undefined ? usualWords[name] : [given].flat();
  };
  return { paid: own('paid'), refunded: own('refunded'), closed: own('closed') };
}
