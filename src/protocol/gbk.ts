let table: ReadonlyMap<string, number> | undefined;

/** Text as GBK, which Node reads and does not write: its table is the decoder's, turned round. */
export function gbk(text: string): Uint8Array {
  table ??= gbkTable();
  const bytes: number[] = [];
  for (const char of text) {
    const code = char <= '\u007F' ? char.charCodeAt(0) : (table.get(char) ?? 0x3f);
    if (code > 0xff) bytes.push(code >> 8);
    bytes.push(code & 0xff);
  }
  return Uint8Array.from(bytes);
}

function gbkTable(): ReadonlyMap<string, number> {
  const decoder = new TextDecoder('gbk');
  const codes = new Map<string, number>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if (char.length === 1 && char !== '\uFFFD' && !codes.has(char)) codes.set(char, (lead << 8) | trail);
    }
  }
  return codes;
}
