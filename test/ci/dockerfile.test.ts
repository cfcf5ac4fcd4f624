/** The Dockerfile is well-formed, and keeps what matters of an image that others run. It is not built here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { root } from '../support/cli.ts';

const dockerfile = readFileSync(path.join(root, 'Dockerfile'), 'utf8');

test('is well-formed', () => {
  expect(wrongIn(dockerfile)).toEqual([]);
  expect(wrongIn(dockerfile.replace('ENTRYPOINT [', 'ENTRYPONT ['))).not.toEqual([]);
});

test('installs the package that is asked for, and not what lies beside it', () => {
  expect(dockerfile).toContain('ARG VERSION');
  expect(dockerfile).toContain('"wxnotify@${VERSION}"');
  expect(dockerfile).not.toMatch(/^(COPY|ADD)\b/m);
  expect(readFileSync(path.join(root, '.dockerignore'), 'utf8')).toMatch(/^\*$/m);
});

test('is based on a Node that wxnotify runs on', () => {
  const { engines } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const [, floor] = /^>=(\d+)/.exec(engines.node) ?? [];
  const [, base] = /^FROM node:(\d+)-slim$/m.exec(dockerfile) ?? [];
  expect(Number(base)).toBeGreaterThanOrEqual(Number(floor));
});

test('runs as nobody in particular', () => {
  const users = Array.from(dockerfile.matchAll(/^USER (.*)$/gm), ([, user]) => user);
  expect(users).toEqual(['1000:1000']);
  expect(dockerfile.lastIndexOf('\nUSER')).toBeGreaterThan(dockerfile.lastIndexOf('\nRUN'));
  expect(dockerfile).toContain('\nENTRYPOINT ["wxnotify"]\n');
});

function wrongIn(text: string): readonly string[] {
  return validate(text).map(({ code, range }) => `line ${range.start.line + 1}: ${code}`);
}
