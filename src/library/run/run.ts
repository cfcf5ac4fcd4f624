/** Scenarios as a part of one’s own tests. */
import { credentialsOf, ownerOf } from '../credentials.ts';
import { InputError } from '../input-error.ts';
import { checkRunOptions } from './check-options.ts';
import type { SuiteDocument } from './document.ts';
import type { RunOptions } from './options.ts';

/**
 * Runs scenarios, against a function or a URL. Reads no configuration, writes no journal, prints nothing.
 *
 * @returns how it went, whatever that was: `ok`, and what was not as expected in `scenarios`
 * @throws InputError when a scenario or an option is wrong, in which case nothing was sent
 */
export async function run(options: RunOptions): Promise<SuiteDocument> {
  const { merchant } = (options as RunOptions | undefined) ?? {};
  ownerOf(merchant);
  const credentials = credentialsOf(merchant);
  checkRunOptions(options);
  const { runSuiteOf } = await import('./run-suite.ts'); // who only builds notifications does not load it
  const ran = await runSuiteOf(options, credentials);
  if (!ran.ok) throw new InputError(ran.problems);
  return ran.value;
}
