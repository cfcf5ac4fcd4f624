/** Counts, times and durations as people read them. */

/** `1,234`. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 scenario`, `2 scenarios`; what does not just take an `s` is given. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Milliseconds in the unit that suits them. */
export function duration(ms: number): string {
  if (ms < 1000) return `${digits(ms)} ms`;
  if (ms < 60_000) return `${digits(ms / 1000)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Three digits are enough, and no more than two after the point. */
function digits(value: number): string {
  const after = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return String(Number(value.toFixed(after)));
}

/** A moment, to the second: `2026-11-25 12:00:00 UTC`. */
export function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A part of a whole, as SVG takes it. */
export function percent(part: number): string {
  return `${Number((part * 100).toFixed(2))}%`;
}
