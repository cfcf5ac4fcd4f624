/** A scenario becomes requests, all of them, before anything is sent: what is wrong shows up while nothing has happened. */
import type { AnyKind, Notification, Source } from '../../protocol/dialect.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { unknownMessage } from '../../scenario/fill/reader.ts';
import { resolveVars } from '../../scenario/fill/resolve.ts';
import { resolveCall, resolveCommand } from '../../scenario/fill/resolve-step.ts';
import type { CallStep, CommandStep, Scenario, Step } from '../../scenario/scenario.ts';
import { namesIn, type Scope } from '../../scenario/fill/template.ts';
import { prepareNotification, type StepContext } from './prepare-notification.ts';
import type { CapturedValue, Preparation, Prepared, PreparedStep, Walk } from './prepared.ts';
import { rulesBroken } from './rules.ts';
import { capturedNames, wrongSetting } from './set.ts';
import { seededSource } from '../source.ts';

/** Builds and seals every step of a scenario. */
export function prepare(input: Preparation): Result<Prepared> {
  const wrong = wrongSetting(input.scenario, input.overriding.set);
  if (wrong) return fail(wrong);
  const walk = startWalk(input);
  if (!walk.ok) return walk;
  const { scenario, seed } = input;
  const steps: PreparedStep[] = [];
  const warnings: Problem[] = [];
  let captured = false as boolean;
  for (const step of scenario.steps) {
    const built = walk.value.next(step);
    if (!built.ok) return built;
    steps.push(built.value);
    if (step.does === 'notify') {
      if (!captured) warnings.push(...rulesOf(built.value, input));
    } else {
      captured ||= step.captures.length > 0;
      walk.value.learn(standIns(step, input));
    }
  }
  return succeed({ scenario, seed, steps, warnings, walk: () => walkAgain(input) });
}

/** What the tables say of a notification that is sent as it is told here. A case of an audit is odd on purpose. */
function rulesOf(prepared: PreparedStep, input: Preparation): readonly Problem[] {
  if (input.scenario.audit) return [];
  return prepared.does === 'notify' ? rulesBroken(prepared.notification, prepared.step, input) : [];
}

/** Until a step runs, what it captures is what `--set` says, or its own name. */
function standIns(
  { captures }: CallStep | CommandStep,
  { overriding }: Preparation,
): ReadonlyMap<string, CapturedValue> {
  return new Map(captures.map(({ name }) => [name, { text: overriding.set[name] ?? name, typed: false }]));
}

function walkAgain(input: Preparation): Walk {
  const walk = startWalk(input);
  if (!walk.ok) throw new Error('what could be prepared once cannot be prepared again');
  return walk.value;
}

function startWalk(input: Preparation): Result<Walk> {
  const source = seededSource(input.seed).fork(input.scenario.name);
  const scope = createScope(input, source);
  const own = resolveVars(input.scenario, scope);
  if (!own.ok) return own;
  const vars = new Map(own.value);
  const late = new Set<string>();
  const typed = new Set(scope.typed);
  const next = (step: Step): Result<PreparedStep> => {
    const target = targetOf(step, input);
    const here = {
      ...scope,
      vars,
      typed,
      origin: originOf(target),
      source: source.fork(`step ${step.number}`),
    };
    const built = prepareAny(step, input, { scope: here, target, late });
    if (!built.ok) return fail(...uncaptured(built.problems, input.scenario));
    if (built.value.does === 'notify' && !built.value.step.keepsToItself) {
      for (const [name, value] of shared(built.value.notification)) {
        vars.set(name, value);
        typed.delete(name);
        if (late.size > 0) late.add(name); // it may be what was captured
      }
    }
    return built;
  };
  const learn = (captured: ReadonlyMap<string, CapturedValue>): void => {
    for (const [name, value] of captured) {
      vars.set(name, value.text);
      late.add(name);
      if (value.typed) typed.add(name);
      else typed.delete(name);
    }
  };
  return succeed({ next, learn });
}

function targetOf(step: Step, { targetFor }: Preparation): string | undefined {
  if (step.does !== 'notify') return targetFor('');
  return step.target ?? targetFor(step.kind.id);
}

function createScope({ env, overriding, scenario, targetFor }: Preparation, source: Source): Scope {
  const set = Object.entries(overriding.set).filter(([name]) => Object.hasOwn(scenario.vars, name));
  const texts = new Set(set.filter(([, value]) => !LITERAL.test(value)).map(([name]) => name));
  const typed = new Set([...scenario.typed].filter((name) => !texts.has(name)));
  return { vars: new Map(set), typed, env, origin: originOf(targetFor('')), source: source.fork('vars') };
}

/** What stays a number, true or false in JSON. */
const LITERAL = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false)$/;

/** A variable that an earlier step should have captured is known, and only has no value. */
function uncaptured(
  [first, ...rest]: readonly [Problem, ...Problem[]],
  scenario: Scenario,
): readonly [Problem, ...Problem[]] {
  const names = capturedNames(scenario);
  const explained = (problem: Problem): Problem => {
    const name = names.find((one) => problem.message === unknownMessage(one));
    return name === undefined ? problem : { ...problem, fix: 'An earlier step captures it, and did not.' };
  };
  return [explained(first), ...rest.map(explained)];
}

function prepareAny(
  step: Step,
  input: Preparation,
  context: StepContext & { readonly late: ReadonlySet<string> },
): Result<PreparedStep> {
  switch (step.does) {
    case 'notify':
      return prepareNotification(step, input, context);
    case 'call': {
      const call = resolveCall(step, input.scenario, context.scope);
      const late = namesIn(step.url).some((name) => context.late.has(name));
      return call.ok ? succeed({ does: 'call', step, late, ...call.value }) : call;
    }
    case 'run': {
      const command = resolveCommand(step, input.scenario, context.scope);
      return command.ok ? succeed({ does: 'run', step, ...command.value }) : command;
    }
  }
}

/** What later steps take over from a notification. */
function shared({ kind, fields }: Notification<AnyKind>): readonly (readonly [string, string])[] {
  return kind.shares.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const]));
}

function originOf(target: string | undefined): string | undefined {
  return target !== undefined && URL.canParse(target) ? new URL(target).origin : undefined;
}
