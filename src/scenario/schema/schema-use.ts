/** Steps that stand in a file of their own. */
import * as v from 'valibot';
import { about } from './schema-parts.ts';

/** Is replaced by the steps of the file. */
export const useStep = v.strictObject({
  use: v.pipe(
    v.string(),
    v.description('The steps of this file, in place of this one: _steps/create-order.yaml'),
  ),
});

/** A file of steps that is a mapping. What the steps are is checked where they are used. */
export const stepsFile = v.strictObject({
  summary: about(v.string(), 'One line on what the steps do'),
  steps: v.pipe(v.array(v.unknown()), v.minLength(1, 'at least one step')),
});
