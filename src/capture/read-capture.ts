/** Text as it was captured → the message in it: bare XML or JSON, a whole HTTP request, a HAR file, or a log line. */
import type { Capture, ReadCapture } from './capture.ts';
import { decodeText } from './charset.ts';
import { readHttp, unchunked } from './http.ts';
import { findEnvelope } from './json-text.ts';
import { readJson } from './json.ts';
import { findXml } from './text.ts';

/** Finds the message in what was captured. */
export function readCapture(bytes: Uint8Array): ReadCapture {
  const { text, notes } = decodeText(unchunked(bytes));
  if (text.trim() === '') {
    return {
      ok: false,
      message: 'the capture is empty',
      fix: 'Give a file, or pipe the notification in: `wxnotify explain -`.',
    };
  }
  const found = readAs(text);
  if (!found) return { ok: false, message: 'there is no notification in the capture', fix: FORMS };
  return { ok: true, capture: { ...found, notes: [...notes, ...found.notes] } };
}

const FORMS =
  'It may be the body itself (XML, or JSON with a resource), a whole HTTP request as text, a HAR file, JSON with the body in a string, a curl command, or a log line with the body in it.';

/** A log line that begins with an angle bracket, as syslog has it; or one document after another. */
const SEVERAL = /^<\d+>|<\/xml>\s*<xml>/;

function readAs(text: string): Capture | undefined {
  const start = text.trimStart();
  if (/^<(?!!doctype html|html)/i.test(start)) return readXmlFirst(text);
  const http = readHttp(text);
  if (http && isMessage(http)) return http;
  return readJson(start) ?? findXml(text) ?? found(text) ?? http;
}

function readXmlFirst(text: string): Capture {
  return (SEVERAL.test(text.trimStart()) ? (findXml(text) ?? found(text)) : undefined) ?? xmlOf(text);
}

/** A request with a body that may be a message, or with the headers of one. */
function isMessage({ body, headers }: Capture): boolean {
  return /^\s*[<{\uFEFF]/.test(body) || headers.some(([name]) => /^wechatpay-signature$/i.test(name));
}

/** An envelope in a log; a line that begins with a moment says when it came. */
function found(text: string): Capture | undefined {
  const capture = findEnvelope(text);
  const line =
    text
      .slice(0, capture ? Math.max(0, text.indexOf('"ciphertext"')) : 0)
      .split('\n')
      .at(-1) ?? '';
  const at = new Date(MOMENT.exec(line)?.[1] ?? NaN);
  return capture && { ...capture, ...(!Number.isNaN(at.getTime()) && { at }) };
}

/** With its zone: without, nobody knows when that was. */
const MOMENT = /^\W{0,3}(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))/;

function xmlOf(text: string): Capture {
  return { version: 'v2', form: 'xml', method: null, url: null, headers: [], body: text.trim(), notes: [] };
}
