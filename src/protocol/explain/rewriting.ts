/** How languages write JSON and numbers that they have parsed. */

export function goEscaped(value: string): string {
  return value.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}

/** JSON written by `write`; what is no object and no list stays as it is. */
export function json(value: string, write: (data: unknown) => string): string {
  if (!/^\s*[[{]/.test(value)) return value;
  try {
    return write(JSON.parse(value));
  } catch {
    return value;
  }
}

export function spacedJson(data: unknown): string {
  return JSON.stringify(data, null, 1)
    .replace(/,\n\s*/g, ', ')
    .replace(/\n\s*/g, '');
}

export function number(value: string, write: (number: number) => string): string {
  return /^-?\d+(\.\d+)?$/.test(value) ? write(Number(value)) : value;
}

export function phpNumber(value: number): string {
  return Number.isSafeInteger(value)
    ? String(value)
    : String(Number(value.toPrecision(14))).replace('e', 'E');
}

export function unicodeEscaped(value: string): string {
  return value.replace(
    /[\u0080-\uFFFF]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
