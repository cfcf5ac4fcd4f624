/** How a message may be written in a text. */

/** A way to write a message in a text, and how it is undone. */
export interface Escape {
  readonly note: string;
  readonly undo: (text: string) => string;
}

/** How a message may be written in a text, the plainest first. */
export const escapes: readonly Escape[] = [
  { note: '', undo: (text) => text },
  { note: 'It was escaped as in JSON.', undo: jsonUnescaped },
  { note: 'It was escaped as in HTML.', undo: htmlUnescaped },
  { note: 'It was URL-encoded.', undo: urlDecoded },
  { note: 'It was encoded as base64.', undo: base64Decoded },
];

/** `<xml>`, or the beginnings that an envelope has. */
function base64Decoded(text: string): string {
  return text.replace(/(?:PHhtbD|eyJpZC|eyJjcm|eyAgI|ewog)[A-Za-z0-9+/]+={0,2}/g, (code) =>
    Buffer.from(code, 'base64').toString('utf8'),
  );
}

/** Undoes the escapes of a text in JSON. */
export function jsonUnescaped(text: string): string {
  return text.replace(/\\(u[0-9a-fA-F]{4}|[^u])/g, (whole, code: string) => {
    if (code.startsWith('u')) return String.fromCharCode(parseInt(code.slice(1), 16));
    return { n: '\n', r: '\r', t: '\t', '"': '"', '/': '/', '\\': '\\' }[code] ?? whole;
  });
}

function htmlUnescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

function urlDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}
