/** Flows as a user writes them: a file, sent as the demo merchant. */
import { reported, temporaryFolder, wxnotify, type CliResult, type Report } from './cli.ts';

/** Where nothing listens: for flows that send no notification. */
export const NOWHERE = 'http://127.0.0.1:1/';

/** Sends a flow. */
export async function sendFlow(yaml: string, url = NOWHERE, ...more: string[]): Promise<CliResult> {
  const cwd = temporaryFolder({ 'flow.yaml': yaml });
  return wxnotify(['send', './flow.yaml', '--profile', 'demo', '--target', url, ...more], { cwd });
}

/** A call or a command, in the document of `--json`. */
export interface StepReport {
  readonly step: number;
  readonly name: string;
  readonly does: string;
  readonly ok: boolean;
  readonly captured?: Readonly<Record<string, string>>;
  readonly request?: { readonly url: string; readonly body: string };
}

/** Sends a flow with `--json`, and reads its document. */
export async function reportFlow(
  yaml: string,
  url = NOWHERE,
): Promise<{
  readonly status: number | null;
  readonly steps: readonly StepReport[];
  readonly report: Report;
}> {
  const cwd = temporaryFolder({ 'flow.yaml': yaml });
  const args = ['send', './flow.yaml', '--profile', 'demo', '--target', url];
  const { status, report } = await reported(args, { cwd });
  const { steps = [] } = report as unknown as { steps?: readonly StepReport[] };
  return { status, steps, report };
}
