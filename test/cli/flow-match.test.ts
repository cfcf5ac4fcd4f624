/** Flows: what is expected of texts, and how long that may take. */
import { expect, test } from 'vitest';
import { sendFlow } from '../support/flow.ts';
import { startServer } from '../support/server.ts';

const SLOW = '/^(a+)+$/';

test.each([
  ['body', `call: GET \${target.origin}/\n    expect: { body: '/^\\["(a+)+$/' }`],
  ['a value', `call: GET \${target.origin}/\n    expect: { json: { $: ['${SLOW}'] } }`],
  ['a header', `call: GET \${target.origin}/\n    expect: { headers: { x-a: '${SLOW}' } }`],
  ['a capture', `call: GET \${target.origin}/\n    capture: { a: { regex: '/"(a+)+$/' } }`],
  ['a path', `call: GET \${target.origin}/\n    expect: { json: { '$[?search(@, "^(a+)+$")]': [] } }`],
  ['output', `run: [echo, ${'a'.repeat(40)}!]\n    expect: { stdout: '${SLOW}' }`],
])('%s on which an expression would go on for ever fails after a second', async (_, step) => {
  const text = `${'a'.repeat(40)}!`;
  const { url } = await startServer((_request, response) => {
    response.setHeader('x-a', text).end(`["${text}"]`);
  });
  const { status, stdout } = await sendFlow(`steps:\n  - ${step}\n`, url);
  expect(stdout).toContain('got       the expression took longer than 1 s on this text');
  expect(status).toBe(1);
});
