/** A capture from a file or from standard input. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Capture } from '../../capture/capture.ts';
import { readCapture } from '../../capture/read-capture.ts';
import { fail, succeed, type Problem, type Result } from '../../scenario/problem.ts';
import type { Cli } from '../context.ts';

/** Reads what was captured; `-` is standard input. */
export async function captureFrom(cli: Cli, file: string): Promise<Result<Capture>> {
  const bytes = await bytesOf(cli, file);
  if (typeof bytes === 'string') {
    return fail({
      code: 'unreadable',
      message: `cannot read ${file}: ${bytes}`,
      fix: 'Check the path; - is standard input.',
    });
  }
  const read = readCapture(bytes);
  return read.ok ? succeed(read.capture) : fail({ code: 'bad-value', message: read.message, fix: read.fix });
}

/** What was captured is no XML, or not all of it. */
export function notXml(why: string): Problem {
  const fix = 'Was it cut, or re-encoded on the way? A whole message goes from <xml> to </xml>.';
  return { code: 'bad-value', message: `the notification cannot be read: ${why}`, fix };
}

async function bytesOf(cli: Cli, file: string): Promise<Uint8Array | string> {
  try {
    return file === '-'
      ? await standardInput(cli)
      : await readFile(path.resolve(cli.cwd, file), { signal: cli.signal });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function standardInput({ streams, signal }: Cli): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  const stop = (): void => void streams.stdin.destroy(new Error('interrupted'));
  signal.addEventListener('abort', stop, { once: true });
  for await (const chunk of streams.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
  signal.removeEventListener('abort', stop);
  return Buffer.concat(chunks);
}
