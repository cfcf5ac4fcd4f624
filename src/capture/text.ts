/** A message somewhere in a text: a log line, a curl command, a mail. */
import type { Capture } from './capture.ts';
import { escapes, jsonUnescaped } from './escapes.ts';

/** Finds the first `<xml>…</xml>` of a text, escaped or not. */
export function findXml(text: string): Capture | undefined {
  for (const { note, undo } of escapes) {
    const plain = undo(text);
    const found = messagesIn(plain);
    const first = found.find((message) => SEALED.test(message)) ?? found[0]; // an answer is no notification
    if (first === undefined) continue;
    const more = found.length > 1 ? [`There are ${found.length - 1} more in it; this is the first.`] : [];
    const quoted = note === '' && isJsonEscaped(first);
    const body = shellUnescaped(quoted ? jsonUnescaped(first) : first, plain);
    const notes = [quoted ? 'It was escaped as in JSON.' : note, ...more].filter((line) => line !== '');
    return { version: 'v2', form: 'text', method: null, url: null, headers: [], body, notes };
  }
  return undefined;
}

/** Every `<xml>…</xml>` and `<root>…</root>`, in one pass: a log may be made to take long. */
function messagesIn(text: string): readonly string[] {
  const opener = /<(xml|root)>/g;
  const found: string[] = [];
  for (let at = opener.exec(text); at; at = opener.exec(text)) {
    const close = `</${at[1] ?? ''}>`;
    const end = text.indexOf(close, opener.lastIndex);
    if (end === -1) break;
    found.push(text.slice(at.index, end + close.length));
    opener.lastIndex = end + close.length;
  }
  return found;
}

const SEALED = /<(?:sign|req_info)>/;

/** JSON leaves the tags as they are: it shows by its escapes, and by quotes that are nowhere bare. */
function isJsonEscaped(message: string): boolean {
  return /\\["nrt/]/.test(message) && !/(?<!\\)(?:\\\\)*"/.test(message) && !/[\n\r]/.test(message);
}

/** In a shell's single quotes, a quote is `'\''`. */
function shellUnescaped(message: string, text: string): string {
  return /\bcurl\b/.test(text) ? message.replaceAll(`'\\''`, `'`) : message;
}
