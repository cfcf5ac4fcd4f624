/** Runs suites, and reads what is said of them. */
import { merchantEnv, wxnotify, type CliOptions, type CliResult, type Report } from './cli.ts';

/** The document of `run --json`. */
export interface SuiteReport {
  readonly schema: string;
  readonly command: string;
  readonly ok: boolean;
  readonly exit: number;
  readonly seed: string;
  readonly interrupted?: true;
  readonly down?: { readonly target: string; readonly detail: string };
  readonly summary: {
    readonly scenarios: number;
    readonly passed: number;
    readonly flaky: number;
    readonly failed: number;
    readonly skipped: number;
    readonly sent: number;
    readonly undelivered: number;
    readonly acks: Readonly<Record<string, number>>;
  };
  readonly scenarios: readonly ScenarioReport[];
  readonly warnings: readonly { readonly message: string }[];
}

export interface ScenarioReport extends Pick<Report, 'deliveries' | 'failures'> {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly status: string;
  readonly why?: string;
  readonly attempts: number;
  readonly seed: string;
  readonly duration_ms: number;
  readonly reproduce: string;
}

/** Runs a suite of the test merchant with --json, and reads its document. */
export async function suiteOf(
  args: readonly string[],
  { env, ...options }: CliOptions = {},
): Promise<CliResult & { readonly report: SuiteReport }> {
  const result = await wxnotify(['run', ...args, '--json'], { env: { ...merchantEnv, ...env }, ...options });
  if (result.stdout === '') throw new Error(`status ${result.status}, no document:\n${result.stderr}`);
  return { ...result, report: JSON.parse(result.stdout) as SuiteReport };
}

/** The names of the scenarios with a status. */
export function namesOf(report: SuiteReport, status: string): readonly string[] {
  return report.scenarios.filter((one) => one.status === status).map(({ name }) => name);
}

/** The value of a field of an XML notification. */
export function fieldOf(body: string, name: string): string | undefined {
  return new RegExp(`<${name}>(?:<!\\[CDATA\\[)?([^<\\]]*)`).exec(body)?.[1];
}

/** A shell's words, as {@link ScenarioReport.reproduce} quotes them. */
export function wordsOf(command: string): readonly string[] {
  return Array.from(command.matchAll(/(?:'[^']*'|\\'|[^\s'])+/g), ([word]) =>
    word.replace(
      /'([^']*)'|\\(')/g,
      (_, quoted: string | undefined, mark: string | undefined) => quoted ?? mark ?? '',
    ),
  );
}
