/** What makes several scenarios of one file: a matrix, or rows. */
import * as v from 'valibot';
import { about, text, variable } from './schema-parts.ts';

const row = v.record(variable, text);

/** A list of rows, as it stands in a file of its own. */
export const table = v.pipe(v.array(row), v.minLength(1, 'at least one row'));

const TABLE = 'a list of rows, or the name of a .csv or .json file';
const tableName = v.pipe(v.string(), v.minLength(1, TABLE));

const matrix = v.pipe(
  v.record(variable, v.pipe(v.array(text), v.minLength(1, 'at least one value'))),
  v.check((lists) => Object.keys(lists).length > 0, 'at least one name with its values'),
);

const MATRIX = 'One scenario for each combination of these values, which stand for ${name}';
const CASES =
  'One scenario for each row of values, which stand for ${name}; in the file, or in a .csv or .json';

/** The keys, as the JSON Schema has them. */
export const rowKeys = { matrix: about(matrix, MATRIX), cases: about(v.union([tableName, table]), CASES) };

/** The same for the validator, which is to say what is wrong inside a row. */
export const checkedRowKeys = {
  matrix: rowKeys.matrix,
  cases: about(
    v.lazy((input) => (Array.isArray(input) ? table : v.pipe(v.string(TABLE), v.minLength(1, TABLE)))),
    CASES,
  ),
};
