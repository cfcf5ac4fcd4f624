/** Text as it was captured → the message in it: bare XML, a whole HTTP request, a HAR file, JSON, or a log line. */
import type { Capture, ReadCapture } from './capture.ts';
import { decodeText } from './charset.ts';
import { readHttp, unchunked } from './http.ts';
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
  if (/^\s*\{/.test(found.body))
    return { ok: false, message: 'the body is JSON: an API v3 notification', fix: V3 };
  return { ok: true, capture: { ...found, notes: [...notes, ...found.notes] } };
}

const FORMS =
  'It may be the XML itself, a whole HTTP request as text, a HAR file, JSON with the XML in a string, a curl command, or a log line with <xml>…</xml> in it.';
const V3 = 'Only API v2 (XML) is read so far.';

/** A log line that begins with an angle bracket, as syslog has it; or one document after another. */
const SEVERAL = /^<\d+>|<\/xml>\s*<xml>/;

function readAs(text: string): Capture | undefined {
  const start = text.trimStart();
  if (/^<(?!!doctype html|html)/i.test(start))
    return (SEVERAL.test(start) ? findXml(text) : undefined) ?? xmlOf(text);
  const http = readHttp(text);
  if (http && /[<{]/.test(http.body)) return http;
  return readJson(start) ?? findXml(text) ?? http;
}

function xmlOf(text: string): Capture {
  return { form: 'xml', method: null, url: null, headers: [], body: text.trim(), notes: [] };
}
