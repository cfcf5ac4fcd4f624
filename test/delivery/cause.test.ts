/** Errors of the HTTP client, and what is said of them. */
import { expect, test } from 'vitest';
import { causeOf } from '../../src/delivery/cause.ts';

const coded = (code: string, message = 'it broke'): Error => Object.assign(new Error(message), { code });

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'dns'],
  ['EAI_AGAIN', 'dns'],
  ['ECONNRESET', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['EHOSTUNREACH', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['CERT_NOT_YET_VALID', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
  ['EPROTO', 'tls'],
  ['HPE_INVALID_CONSTANT', 'protocol'],
  ['UND_ERR_HEADERS_OVERFLOW', 'protocol'],
])('%s is %s', (code, cause) => {
  expect(causeOf(coded(code), false)).toEqual({ cause, detail: `it broke (${code})` });
});

test.each([
  ['a code that the message has', coded('ECONNRESET', 'read ECONNRESET'), 'read ECONNRESET'],
  [
    'an error around it',
    new Error('fetch failed', { cause: coded('ECONNRESET', 'read ECONNRESET') }),
    'read ECONNRESET',
  ],
  [
    'an error around an error',
    new Error('a', { cause: new Error('b', { cause: coded('ECONNRESET') }) }),
    'it broke (ECONNRESET)',
  ],
  [
    'several addresses',
    new AggregateError([coded('ECONNRESET'), coded('ENOTFOUND')], ''),
    'it broke (ECONNRESET)',
  ],
])('%s', (_, error, detail) => {
  expect(causeOf(error, false)).toEqual({ cause: 'reset', detail });
});

test.each([
  [new Error('odd'), 'odd'],
  ['a text', 'a text'],
  [undefined, 'undefined'],
  [null, 'null'],
  [new AggregateError([], 'none'), 'none'],
])('%s without a code is not HTTP', (error, detail) => {
  expect(causeOf(error, false)).toEqual({ cause: 'protocol', detail });
});

test('what was interrupted is interrupted, whatever broke by it', () => {
  expect(causeOf(coded('ECONNRESET'), true)).toEqual({ cause: 'aborted', detail: 'interrupted' });
});
