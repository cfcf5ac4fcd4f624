/** What docs/ci.md shows is right for each platform, and its commands do what it says. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { merchant, merchantEnv, root } from '../support/cli.ts';
import { runJob, type Ended, type Job } from './github.ts';
import { environmentOf, sectionsOf, shellSteps } from './jenkins.ts';
import { isGone, setUp, shells, type Machine } from './machine.ts';
import { wrongIn } from './schema.ts';

interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}

interface GitlabJob {
  readonly parallel: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly script: readonly string[];
  readonly artifacts: {
    readonly when: string;
    readonly paths: readonly string[];
    readonly reports: { readonly junit: string };
  };
}

const page = readFileSync(path.join(root, 'docs/ci.md'), 'utf8');
const [withAction = '', withoutAction = '', gitlab = ''] = blocks('yaml');
const [jenkinsfile = ''] = blocks('groovy');
const GITHUB = 'github-workflows.json';
const GITLAB = 'gitlab-ci.json';

describe('GitHub Actions', () => {
  test.each([
    ['with the action', withAction],
    ['without it', withoutAction],
  ])('%s: is what the schema asks for', (_, yaml) => {
    expect(wrongIn(parse(yaml), GITHUB)).toEqual([]);
    expect(wrongIn(parse(yaml.replace('runs-on', 'runs-in')), GITHUB)).not.toEqual([]);
  });

  test('with the action: runs', async () => {
    const machine = await setUp();
    const { status, output } = await runJob(machine, jobOf(withAction, machine), {});
    expect(status, output).toBe(0);
    expectReports(machine, 8);
  });

  test('without it: each shard runs, and together they are all', async () => {
    const shards = jobOf(withoutAction, await setUp()).strategy?.matrix['shard'] ?? [];
    const counts = await inTurn(shards, async (shard, index) => {
      const machine = await setUp();
      const matrix = { 'matrix.shard': shard, 'strategy.job-index': String(index) };
      const { status, output } = await runJob(machine, jobOf(withoutAction, machine), matrix);
      expect(status, output).toBe(0);
      return reportedCases(machine);
    });
    expect(total(counts)).toBe(8);
  });
});

describe('GitLab CI', () => {
  test('is what the schema asks for', () => {
    expect(wrongIn(parse(gitlab), GITLAB)).toEqual([]);
    expect(wrongIn(parse(gitlab.replace('when: always', 'when: sometimes')), GITLAB)).not.toEqual([]);
  });

  test('each of the parallel jobs runs, and together they are all', async () => {
    const { parallel } = gitlabJobOf(await setUp());
    const indices = Array.from({ length: parallel }, (_, index) => index + 1);
    const counts = await inTurn(indices, async (index) => {
      const machine = await setUp();
      const job = gitlabJobOf(machine);
      const { status, output } = await runGitlab(machine, index);
      expect(status, output).toBe(0);
      for (const file of [...job.artifacts.paths, job.artifacts.reports.junit]) {
        expect(machine.has(file), file).toBe(true);
      }
      expect(await isGone(machine)).toBe(true);
      return reportedCases(machine);
    });
    expect(total(counts)).toBe(8);
  });

  test('a server that does not start: 3', async () => {
    const { status, output } = await runGitlab(await broken(), 1);
    expect(status, output).toBe(3);
  });
});

describe('Jenkins', () => {
  test('has the sections of a declarative pipeline', () => {
    const [pipeline, ...others] = sectionsOf(jenkinsfile);
    expect(others).toEqual([]);
    expect(pipeline?.name).toBe('pipeline');
    const names = pipeline?.sections.map(({ name }) => name);
    expect(names).toEqual(['agent', 'options', 'environment', 'stages', 'post']);
    const stages = pipeline?.sections[3]?.sections ?? [];
    expect(stages).toMatchObject([{ name: 'stage', sections: [{ name: 'steps' }] }]);
    expect(() => sectionsOf(jenkinsfile.trim().slice(0, -1))).toThrow('not closed: pipeline');
  });

  test('runs', async () => {
    const machine = await setUp();
    const { status, output } = await runJenkins(machine);
    expect(status, output).toBe(0);
    expect(output).not.toContain(merchant.api_key);
    expect(jenkinsfile).toContain("junit 'reports/junit.xml'");
    expectReports(machine, 8);
    expect(await isGone(machine)).toBe(true);
  });

  test('a server that does not start: 3', async () => {
    const { status, output } = await runJenkins(await broken());
    expect(status, output).toBe(3);
  });
});

test('the image is built with an argument that the Dockerfile has, and runs a command that there is', async () => {
  const [script = ''] = blocks('sh');
  const argument = /--build-arg (\w+)=/.exec(script)?.[1];
  expect(readFileSync(path.join(root, 'Dockerfile'), 'utf8')).toContain(`ARG ${argument}`);
  const command = / wxnotify (run .*)$/m.exec(script)?.[1];
  expect(command).toBeDefined();
  const machine = await setUp();
  const env = { ...merchantEnv, WXNOTIFY_TARGET: `http://127.0.0.1:${machine.port}/notify` };
  const { status, output } = await machine.run({
    shell: shells.gitlab,
    script: `npm start & npx wxnotify ${command} --tag '!slow'`,
    env,
  });
  expect(status, output).toBe(0);
});

test('every link leads somewhere', () => {
  const links = Array.from(page.matchAll(/\]\((?!https?:)([^)#]+)\)/g), ([, target = '']) => target);
  expect(links).not.toEqual([]);
  for (const target of links) expect(() => readFileSync(path.join(root, 'docs', target))).not.toThrow();
});

function blocks(language: string): readonly string[] {
  const found = page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'));
  return Array.from(found, ([, text = '']) => text);
}

/** A machine whose merchant does not start. */
async function broken(): Promise<Machine> {
  const machine = await setUp();
  writeFileSync(path.join(machine.folder, 'broken'), '');
  return machine;
}

async function runGitlab(machine: Machine, index: number): Promise<Ended> {
  const { parallel, variables, script } = gitlabJobOf(machine);
  const node = { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(parallel) };
  const env = { ...merchantEnv, ...variables, ...node };
  return machine.run({ shell: shells.gitlab, script: patient(script.join('\n'), machine), env });
}

/** Its shell steps, until one fails. */
async function runJenkins(machine: Machine): Promise<Ended> {
  const env = {
    ...Object.fromEntries(environmentOf(here(jenkinsfile, machine))),
    HOME: machine.folder,
    WXNOTIFY_API_KEY: merchant.api_key,
  };
  let ended: Ended = { status: null, output: '' };
  for (const step of shellSteps(jenkinsfile)) {
    ended = await machine.run({ shell: shells.jenkins, script: patient(step, machine), env });
    if (ended.status !== 0) break;
  }
  return ended;
}

/** Nobody need wait as long as the page says for what never starts. */
function patient(script: string, machine: Machine): string {
  return machine.has('broken') ? script.replace('--wait 30s', '--wait 1s') : script;
}

/** The page names a port; the test takes a free one. */
function here(text: string, machine: Machine): string {
  return text.replaceAll('127.0.0.1:8080', `127.0.0.1:${machine.port}`);
}

function jobOf(workflow: string, machine: Machine): Job {
  const [job, ...others] = Object.values((parse(here(workflow, machine)) as Workflow).jobs);
  if (!job || others.length > 0) throw new Error('not one job');
  return job;
}

function gitlabJobOf(machine: Machine): GitlabJob {
  const [job, ...others] = Object.values(parse(here(gitlab, machine)) as Readonly<Record<string, GitlabJob>>);
  if (!job || others.length > 0) throw new Error('not one job');
  return job;
}

function expectReports(machine: Machine, cases: number): void {
  expect(reportedCases(machine)).toBe(cases);
  expect(machine.read('reports/report.html')).toContain('<html');
}

function reportedCases(machine: Machine): number {
  return machine.read('reports/junit.xml').match(/<testcase\b/g)?.length ?? 0;
}

async function inTurn<Item>(
  items: readonly Item[],
  each: (item: Item, index: number) => Promise<number>,
): Promise<readonly number[]> {
  const results: number[] = [];
  for (const [index, item] of items.entries()) results.push(await each(item, index));
  return results;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
