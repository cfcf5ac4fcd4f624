/** Answers, and what the platform makes of them: it goes by the status, and what the body says against it is told. */
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../src/protocol/dialect.ts';
import { readAck } from '../../../src/protocol/v3/ack.ts';

const answer = (status: number, body: string, more: Partial<Answer> = {}): Answer => ({ status, headers: {}, body: Buffer.from(body), truncated: false, ...more }); // prettier-ignore

describe('acknowledged', () => {
  test.each([
    { status: 200, body: '', message: '' },
    { status: 204, body: '', message: '' },
    { status: 200, body: '{"code":"SUCCESS","message":"成功"}', message: '成功' },
    { status: 200, body: '{"code":"SUCCESS"}', message: '' },
    { status: 200, body: '\uFEFF {"code":"SUCCESS"}\n', message: '' },
    { status: 200, body: 'success', message: '' },
    { status: 200, body: '{}', message: '' },
    { status: 200, body: 'null', message: '' },
    { status: 200, body: '[]', message: '' },
    { status: 200, body: '{"code":"success","message":"ok"}', message: 'ok' },
    { status: 200, body: '{"code":0,"msg":"ok"}', message: '' },
    { status: 200, body: '<html>', message: 'HTTP 200 acknowledges; the body is an HTML page: did the handler see it at all?' },
    { status: 200, body: '<!-- a --> <html>', message: 'HTTP 200 acknowledges; the body is an HTML page: did the handler see it at all?' },
    { status: 200, body: 'fail', message: 'HTTP 200 acknowledges, although the body says "fail"' },
    { status: 200, body: '{"code":500,"msg":"oops"}', message: 'HTTP 200 acknowledges, although the body says "500" (oops)' },
    { status: 200, body: '{"return_code":"FAIL","return_msg":"no"}', message: 'HTTP 200 acknowledges, although the body says "FAIL" (no)' },
    { status: 200, body: '{"errcode":40001}', message: 'HTTP 200 acknowledges, although the body says "40001"' },
    { status: 200, body: '<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>', message: 'HTTP 200 acknowledges; the body is XML, as API v2 wants it' },
    { status: 200, body: '{"code":"FAIL","message":"失败"}', message: 'HTTP 200 acknowledges, although the body says "FAIL" (失败)' },
    { status: 200, body: '{"code":"ERROR"}', message: 'HTTP 200 acknowledges, although the body says "ERROR"' },
    { status: 200, body: '<xml><return_code>FAIL</return_code></xml>', message: 'HTTP 200 acknowledges, although the body says "FAIL"; the body is XML, as API v2 wants it' },
  ])('$status $body', ({ status, body, message }) => {
    expect(readAck(answer(status, body))).toEqual({ as: 'SUCCESS', message });
  }); // prettier-ignore

  test('by the status, when the body was not read to its end', () => {
    expect(readAck(answer(200, '{"code":"FAIL"', { truncated: true }))).toEqual({
      as: 'SUCCESS',
      message: '',
    });
  });
});

describe('refused', () => {
  test.each([
    { status: 500, body: '{"code":"FAIL","message":"失败"}', message: '失败' },
    { status: 401, body: '{"code":"SIGN_ERROR"}', message: '' },
    { status: 400, body: '{"code":"ERROR","message":7}', message: '' },
  ])('$status $body', ({ status, body, message }) => {
    expect(readAck(answer(status, body))).toEqual({ as: 'FAIL', message });
  });
});

describe('neither', () => {
  test.each([
    { status: 201, body: '', message: 'HTTP 201, where only 200 and 204 count; the body is empty, and not {"code","message"}' },
    { status: 202, body: '{"code":"SUCCESS"}', message: 'HTTP 202, where only 200 and 204 count; its body says "SUCCESS"' },
    { status: 304, body: '{"code":"FAIL","message":"no"}', message: 'HTTP 304, where only 200 and 204 count; its body says "FAIL" (no)' },
    { status: 500, body: '', message: 'HTTP 500 refuses, and the body is empty, and not {"code","message"}' },
    { status: 500, body: '{"code":"SUCCESS"}', message: 'HTTP 500 refuses, and its body says "SUCCESS"' },
    { status: 400, body: '{"code":"success"}', message: 'HTTP 400 refuses, and its body says "success"' },
    { status: 404, body: '<!DOCTYPE html><html>', message: 'HTTP 404 refuses, and the body is an HTML page' },
    { status: 500, body: 'oops', message: 'HTTP 500 refuses, and the body is plain text ("oops"), and not {"code","message"}' },
    { status: 500, body: '{"error":1}', message: 'HTTP 500 refuses, and the body is JSON without a code that is text' },
    { status: 500, body: '<xml><return_code>FAIL</return_code></xml>', message: 'HTTP 500 refuses, and the body is XML, and not {"code","message"}' },
  ])('$status $body', ({ status, body, message }) => {
    expect(readAck(answer(status, body))).toEqual({ as: 'INVALID', message });
  }); // prettier-ignore

  test('compressed, which was not asked for', () => {
    const { message } = readAck(answer(400, 'xyz', { headers: { 'content-encoding': 'br' } }));
    expect(message).toBe('HTTP 400 refuses, and the answer is br-compressed, which was not asked for');
  });

  test('a redirect, which the platform does not follow', () => {
    const ack = readAck(answer(302, '', { headers: { location: '/login' } }));
    expect(ack).toEqual({ as: 'INVALID', message: 'HTTP 302 redirects to /login; the platform does not follow redirects' }); // prettier-ignore
  });
});
