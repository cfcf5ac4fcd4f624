/** A scenario file, with what it includes → its scenarios: one, or one a row. */
import { readScenario } from '../check/validate.ts';
import { succeed, type Result } from '../problem.ts';
import type { Scenario } from '../scenario.ts';

/** A scenario file that was found and read. */
export interface ScenarioSource {
  readonly text: string;
  /** The file as messages name it. */
  readonly file: string;
  /** The scenario's name. */
  readonly name: string;
  /** The file, absolute. */
  readonly path: string;
  /** The folders that have a say in it, the outermost first. */
  readonly folders: readonly string[];
}

/** Reads every scenario of a file. */
export function readScenarios({ text, file, name, path }: ScenarioSource): Result<readonly Scenario[]> {
  const scenario = readScenario(text, file, name);
  return scenario.ok ? succeed([{ ...scenario.value, sources: [path] }]) : scenario;
}
