/** A text that fits on one line of a terminal, where a Chinese character takes two columns. */
import truncatedWidth from 'fast-string-truncated-width';

/** The beginning of a text that is so many columns wide at most. */
export function fitting(text: string, columns: number): string {
  const limit = Math.max(0, columns);
  const { index, truncated } = truncatedWidth(text, { limit, ellipsis: limit > 0 ? '…' : '' });
  return truncated ? `${text.slice(0, index)}${limit > 0 ? '…' : ''}` : text;
}
