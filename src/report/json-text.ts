/** The version of every JSON document that wxnotify prints. */
export const SCHEMA = 'wxnotify/1';

/** A document as JSON text that is safe on a terminal: what others sent may hold control characters. */
export function jsonText(document: object): string {
  return `${escapeControls(JSON.stringify(document, null, 2))}\n`;
}

/** The same on one line, for streams. */
export function jsonLine(document: object): string {
  return `${escapeControls(JSON.stringify(document))}\n`;
}

/** A value in a line of something else. */
export function inlineJson(value: unknown): string {
  return escapeControls(JSON.stringify(value));
}

/** JSON itself escapes only those below U+0020. */
function escapeControls(json: string): string {
  return json.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
