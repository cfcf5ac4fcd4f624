/** Counts what passed and what failed, and says so. */
import { numbersOf } from './document.mjs';
import { APIS, matrix, SYMBOLS } from './matrix.mjs';
import { idleDeviations, inWords, verdictOf } from './verdicts.mjs';

/** @param {{ ci: boolean }} options with `ci`, what is skipped or not up to date fails */
export function createOutcome({ ci }) {
  let passed = 0;
  let failed = 0;
  const fail = (text) => {
    failed++;
    console.log(`FAILED ${text}`);
  };
  return {
    ci,
    failed: () => failed > 0,
    skipped({ name }, missing) {
      console.log(`skipped: ${name} (no ${missing.join(', ')})`);
      if (ci) fail(`${name}: skipped, which CI must not do`);
    },
    broken: ({ name }, error) => fail(`${name}: ${error.message}`),
    exercised(receiver, results) {
      const wrong = [...results.filter(isWrong).map(describe), ...idleDeviations(receiver, results)];
      passed += results.filter((result) => !isWrong(result)).length;
      console.log(
        `${receiver.name}: ${results.length} deliveries to ${receiver.sdk.package} ${receiver.sdk.version}`,
      );
      for (const known of receiver.known) console.log(`  known: ${inWords(known)}. Why: ${known.why}`);
      for (const text of wrong) fail(`${receiver.name}: ${text}`);
    },
    agreed(count, runs, wrong) {
      passed += count - wrong.length;
      console.log(`agreement: ${count} properties, ${runs} random inputs each`);
      wrong.forEach(fail);
    },
    matrix: (runs) => runs.length > 0 && console.log(matrixText(runs)),
    documentLeft: () => console.log('docs/interop.md is left as it is: not everything was tried and right'),
    document(state) {
      if (state === 'differs')
        return fail('docs/interop.md is not up to date: npm run test:interop rewrites it');
      passed++;
      if (state === 'written') console.log('docs/interop.md is rewritten');
    },
    /** The last line, and the exit status. */
    finish() {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 ? 0 : 1;
    },
  };
}

function isWrong(result) {
  return verdictOf(result) === 'wrong';
}

function describe({ scenario, step, kind, mode, twin, tampered, expected, observed }) {
  const damage = tampered ? `tampered with (${twin})` : 'authentic';
  const what = twin === undefined || tampered ? damage : `harmless (${twin})`;
  const where = mode === undefined ? '' : `, mode ${mode}`;
  return `${scenario}, step ${step}, ${kind}, ${what}${where}: expected ${expected}, but ${observed}`;
}

function matrixText(runs) {
  const numbers = numbersOf(runs);
  const tables = APIS.map((api) => matrix(runs, { api, numbers })).filter((rows) => rows.length > 1);
  const legend = SYMBOLS.map(([symbol, meaning]) => `${symbol} ${meaning}`);
  const deviations = [...numbers].map(([known, number]) => `${number}: ${inWords(known)}`);
  const lines = tables.flatMap((rows) => [...aligned(rows), '']);
  return ['', 'authentic / tampered', ...lines, ...legend, ...deviations, ''].join('\n');
}

function aligned(table) {
  const rows = table.map((row) => row.map((cell) => cell.replaceAll('`', '')));
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
}
