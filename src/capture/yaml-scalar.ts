/** A text as YAML writes it, so that it is read as the same text and as nothing else. */

/** Words that YAML, or older readers of it, take for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n|~|\.nan|[-+]?\.inf)$/i;
const PLAIN = /^[A-Za-z_][\w.-]*$/;

/** Plain where that is safe, in single quotes where it can be, else in double quotes. */
export function scalar(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text)) return text;
  if (/^[\x20-\x7e\u00a1-\ud7ff\ue000-\ufefe\uff00-\uffef]*$/.test(text))
    return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, escape);
}

function escape(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
