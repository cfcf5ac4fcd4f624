/** What others sent, safe for a terminal: control characters (but line feeds and tabs) become visible. */
export function printable(text: string): string {
  return text.replace(CONTROLS, (char) => {
    const code = char.charCodeAt(0).toString(16);
    if (char === '\r') return '';
    return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
  });
}

/** Also what turns text around, and what some take for the end of a line. */
const CONTROLS =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/g;

/** The same on one line, by anybody’s idea of one. */
export function printableLine(text: string): string {
  return printable(text.replace(/\s*[\n\u2028\u2029]\s*/g, ' ⏎ '));
}

/**
 * Lines that no CI system takes for commands of its own: GitHub reads `::error` at the start of a line, indented or not, Azure and
 * TeamCity `##vso[`.
 */
export function inert(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1\\x3a').replace(/#(?=#\w*\[)/g, '\\x23');
}
