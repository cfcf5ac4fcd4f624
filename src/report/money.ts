/** Fen as yuan: `100` is `1.00`. Text that is no whole number stays as it is. */
export function yuan(fen: string): string {
  if (!/^\d+$/.test(fen)) return fen;
  const padded = fen.padStart(3, '0');
  return `${padded.slice(0, -2)}.${padded.slice(-2)}`;
}
