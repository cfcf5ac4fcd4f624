/** Bytes → text, in the charset that they are most likely in. */

export interface Decoded {
  readonly text: string;
  readonly notes: readonly string[];
}

/** UTF-8; or what a prolog or a header declares; or else GBK, which Chinese systems write by themselves. */
export function decodeText(bytes: Uint8Array): Decoded {
  const wide = utf16(bytes);
  if (wide) return { text: decodeAs(wide, bytes), notes: ['It was UTF-16, as PowerShell writes it.'] };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), notes: [] };
  } catch {
    const charset = declared(bytes) ?? 'gbk';
    const notes = [`It is not UTF-8, and was read as ${charset}: the platform sends UTF-8.`];
    return { text: decodeAs(charset, bytes), notes };
  }
}

function utf16([first, second]: Uint8Array): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function declared(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 4096)).toString('latin1');
  const found = /(?:encoding\s*=\s*["']|charset\s*=\s*"?)([\w-]+)/i.exec(head)?.[1];
  return found === undefined || /^utf-?8$/i.test(found) ? undefined : found;
}

function decodeAs(charset: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder('gbk').decode(bytes);
  }
}
