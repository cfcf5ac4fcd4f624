/** A secret never shows itself, however it is printed. */
import { format, inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { masked, Secret } from '../../src/protocol/secret.ts';
import { KEY } from './setup.ts';

const secret = new Secret(KEY);

describe('Secret', () => {
  test.each<[string, () => string]>([
    ['String()', () => String(secret)],
    // eslint-disable-next-line @typescript-eslint/restrict-template-expressions -- what a careless line would do
    ['a template', () => `${secret}`],
    ['toString()', () => secret.toString()],
    ['toJSON()', () => secret.toJSON()],
    ['inspect', () => inspect(secret)],
    ['inspect, with everything', () => inspect(secret, { showHidden: true, depth: 9, getters: true })],
    ['format', () => format('%s', secret)],
  ])('%s shows the mask', (_, print) => {
    expect(print()).toBe(masked);
    expect(masked).toBe('********');
  });

  test.each<[string, () => string]>([
    ['JSON', () => JSON.stringify({ merchant: { api_key: secret } })],
    ['inspect, nested', () => inspect({ a: [{ b: { c: { d: secret } } }] }, { depth: 9, showHidden: true })],
    ['format as an object', () => format('%o %O %j', secret, { secret }, secret)],
    ['a copy of its own properties', () => JSON.stringify(Object.assign({}, secret))],
    ['its names', () => Reflect.ownKeys(secret).map(String).join()],
    ['a clone', () => inspect(structuredClone(Object.assign({}, secret)))],
    ['an error', () => inspect(new Error('x', { cause: secret }))],
  ])('%s does not show it', (_, print) => {
    expect(print()).not.toContain(KEY);
  });

  test('reveals itself when asked', () => {
    expect(secret.reveal()).toBe(KEY);
  });

  test('the mask tells nothing about the length', () => {
    expect(String(new Secret(''))).toBe(String(new Secret('x'.repeat(99))));
  });
});
