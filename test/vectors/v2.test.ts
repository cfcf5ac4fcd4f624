/** Published v2 vectors: signatures and refunds, byte for byte, in both directions. */
import { describe, expect, test } from 'vitest';
import type { SignType } from '../../src/protocol/dialect.ts';
import { kinds } from '../../src/protocol/kinds.gen.ts';
import { buildNotification } from '../../src/protocol/notification.ts';
import { Secret } from '../../src/protocol/secret.ts';
import { decrypt, encrypt } from '../../src/protocol/v2/cipher.ts';
import { v2 } from '../../src/protocol/v2/index.ts';
import { sign } from '../../src/protocol/v2/sign.ts';
import { readXml } from '../../src/protocol/v2/xml.ts';
import { seededSource } from '../../src/run/source.ts';
import { merchant } from '../support/cli.ts';
import { elements } from '../support/verifier.ts';
import vectors from './v2.json' with { type: 'json' };

const captures = vectors.req_info.filter(({ plaintext }) => plaintext.startsWith('<root>'));

describe('sign', () => {
  test.each(vectors.sign)('$name ($type; $source)', ({ fields, key, type, sign: expected }) => {
    expect(sign(Object.entries(fields), new Secret(key), type as SignType)).toBe(expected);
  });
});

describe('req_info', () => {
  test.each(vectors.req_info)('encrypts $name', ({ plaintext, key, req_info }) => {
    expect(encrypt(plaintext, new Secret(key))).toBe(req_info);
  });

  test.each(vectors.req_info)('decrypts $name', ({ plaintext, key, req_info }) => {
    expect(decrypt(req_info, new Secret(key))).toBe(plaintext);
  });
});

describe('a captured refund', () => {
  test('there are two, with all 13 fields', () => {
    expect(captures.map(({ plaintext }) => elements(plaintext).length)).toEqual([13, 13]);
  });

  test.each(captures)('$name is read', ({ plaintext }) => {
    expect(readXml(plaintext)).toEqual({ ok: true, root: 'root', pairs: elements(plaintext) });
  });

  test.each(captures)('$name is written again, byte for byte, from its fields', (vector) => {
    const { appid, mch_id } = merchant;
    const credentials = { appid, mch_id, api_key: new Secret(vector.key), sign_type: 'MD5' as const };
    const notification = buildNotification({
      kind: kinds['v2/refund'],
      fields: Object.fromEntries(elements(vector.plaintext)),
      merchant: credentials,
      source: seededSource('any'),
    });
    const body = Buffer.from(v2.seal(notification, credentials).body).toString('utf8');
    expect(new Map(elements(body)).get('req_info')).toBe(vector.req_info);
    const verified = v2.verify(Buffer.from(body), credentials);
    expect(verified.ok).toBe(true);
    expect(verified.fields).toMatchObject(Object.fromEntries(elements(vector.plaintext)));
  });
});
