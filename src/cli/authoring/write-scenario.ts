/** Scenario files are written in one way, whichever command makes them. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import { isBeside, schemaComment, writeSchema } from './schema-file.ts';

/** What is written, and where. */
export interface Writing {
  readonly file: string;
  /** The file as it is told. */
  readonly shown: string;
  readonly text: string;
  /** Over what is there. */
  readonly force: boolean;
  /** Where the program keeps the schema. */
  readonly home: string;
  /** The folder of the configuration. */
  readonly root: string;
}

/** What was written. */
export interface Written {
  readonly names: readonly string[];
  /** The text of the scenario, its first line included. */
  readonly yaml: string;
}

/** Writes a scenario, and where the schema speaks for it also that. */
export function writeScenario({ file, shown, text, force, home, root }: Writing): Result<Written> {
  if (existsSync(file) && !force) return fail(taken(shown));
  const beside = isBeside(root, file);
  const yaml = beside ? schemaComment(root, file) + text : text;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, yaml, { flag: force ? 'w' : 'wx' });
    return succeed({ names: [shown, ...(beside ? writeSchema(home, root) : [])], yaml });
  } catch (error) {
    return fail(unwritable(shown, error));
  }
}

function taken(shown: string): Problem {
  const fix = 'Choose another name, or overwrite it with --force.';
  return { code: 'unreadable', message: `${shown} is already there`, fix };
}

function unwritable(shown: string, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  const fix = 'Check the path and its permissions.';
  return { code: 'unreadable', message: `cannot write ${shown}: ${reason}`, fix };
}
