/** Texts in Markdown: what others wrote is neither markup nor HTML in it. */
import { printableLine } from '../printable.ts';

/** Text of a case: what stands in backticks is code, and nothing else has a meaning. */
export function markdownText(text: string): string {
  const parts = printableLine(text).split(/(`[^`]+`)/);
  return parts
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/[\\`*[\]<>&#|~!]|(?<!\w)_|_(?!\w)/g, '\\$&'),
    )
    .join('');
}

/** Text as code, whatever is in it. GitHub makes no links of names and numbers there. */
export function codeSpan(text: string): string {
  const line = printableLine(text);
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const gap = /^[` ]|[` ]$/.test(line) || line === '' ? ' ' : '';
  return `${fence}${gap}${line}${gap}${fence}`;
}
