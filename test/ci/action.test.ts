/** `action.yml`: right for GitHub, run as GitHub runs it, and nothing that is put into it becomes a command. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { merchantEnv, root } from '../support/cli.ts';
import { action, runAction } from './github.ts';
import { setUp, shells, type Machine } from './machine.ts';
import { wrongIn } from './schema.ts';

const SCHEMA = 'github-actions.json';

describe('action.yml', () => {
  test('is what GitHub’s metadata schema asks for', () => {
    const document = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as object;
    expect(wrongIn(document, SCHEMA)).toEqual([]);
    expect(wrongIn({ ...document, runs: { using: 'composite' } }, SCHEMA)).not.toEqual([]);
  });

  test('writes no expression into a script', () => {
    for (const { run = '' } of action.runs.steps) expect(run).not.toContain('${{');
  });

  test('hands every input over', () => {
    const used = Object.values(action.runs.steps[0]?.env ?? {});
    expect(used).toEqual(expect.arrayContaining(inputNames().map((name) => `\${{ inputs.${name} }}`)));
  });

  test('what is given becomes arguments, in their places', async () => {
    const machine = await setUp();
    await runAction(machine, {
      paths: 'scenarios/paid-1.yaml\nscenarios/with space.yaml\n',
      target: 'http://127.0.0.1:1/',
      profile: 'demo',
      tag: 'smoke,!slow',
      shard: '1/2',
      wait: '0s',
      reporters: 'dot\njunit=/out/junit.xml\n',
      args: '--retries=2\n--grep=a b\n',
      version: '1.2.3',
    });
    expect(argumentsOf(machine)).toEqual([
      '--yes',
      'wxnotify@1.2.3',
      'run',
      '--target=http://127.0.0.1:1/',
      '--profile=demo',
      '--tag=smoke,!slow',
      '--shard=1/2',
      '--wait=0s',
      '--reporter=dot',
      '--reporter=junit=/out/junit.xml',
      '--retries=2',
      '--grep=a b',
      '--',
      'scenarios/paid-1.yaml',
      'scenarios/with space.yaml',
    ]);
  });

  test('what is not given is left to wxnotify, in the version that is installed', async () => {
    const machine = await setUp();
    const { outputs } = await runAction(machine, {});
    expect(argumentsOf(machine)).toEqual([
      '--yes',
      'wxnotify',
      'run',
      '--wait=30s',
      '--reporter=junit=reports/junit.xml',
      '--reporter=html=reports/report.html',
      '--',
    ]);
    expect(outputs).toMatchObject({ junit: './reports/junit.xml', html: './reports/report.html' });
  });

  test('reports are found from the workspace', async () => {
    const machine = await setUp();
    const reporters = 'junit=out.xml\nhtml=/absolute/report.html';
    const { outputs } = await runAction(machine, { 'working-directory': 'scenarios', reporters });
    expect(outputs).toMatchObject({ junit: 'scenarios/out.xml', html: '/absolute/report.html' });
  });

  test.each(['$(touch pwned)', '`touch pwned`', '"; touch pwned; "', "'; touch pwned; '", '& touch pwned'])(
    'an input of %s is text',
    async (evil) => {
      const machine = await setUp();
      const names = inputNames().filter((name) => name !== 'working-directory');
      await runAction(machine, Object.fromEntries(names.map((name) => [name, evil])));
      expect(machine.has('pwned')).toBe(false);
      expect(argumentsOf(machine).filter((argument) => argument.includes(evil))).toHaveLength(names.length);
    },
  );

  test('waits for the server, sends, reports, and passes', async () => {
    const machine = await setUp();
    await startMerchant(machine);
    const target = `http://127.0.0.1:${machine.port}/notify`;
    const { status, output, outputs } = await runAction(machine, { target, tag: '!slow' }, merchantEnv);
    expect(status, output).toBe(0);
    expect(outputs).toEqual({ status: '0', junit: './reports/junit.xml', html: './reports/report.html' });
    expect(machine.read('reports/junit.xml')).toContain('<testsuite');
    expect(machine.read('reports/report.html')).toContain('<html');
    expect(machine.read('.github-summary')).not.toBe('');
  });

  test('fails with the status of the run, and has reports all the same', async () => {
    const machine = await setUp();
    await startMerchant(machine);
    const target = `http://127.0.0.1:${machine.port}/notify`;
    const { status, outputs } = await runAction(machine, { target }, merchantEnv);
    expect({ status, outputs }).toMatchObject({ status: 1, outputs: { status: '1' } });
    expect(machine.read('reports/junit.xml')).toContain('<failure');
  });
});

function inputNames(): readonly string[] {
  return Object.keys(action.inputs);
}

function argumentsOf(machine: Machine): readonly string[] {
  return machine.read('npx.log').trimEnd().split('\n');
}

async function startMerchant(machine: Machine): Promise<void> {
  await machine.run({ shell: shells.githubDefault, script: 'npm start &' });
}
