/** Round times for the axis of a picture. */

/** Where the marks of an axis from 0 to `span` go: about `wanted` of them, at 1, 2 or 5 times a power of ten. */
export function ticks(span: number, wanted: number): readonly number[] {
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((times) => times * power >= rough * (1 - 1e-9)) ?? 10) * power;
  const last = Math.floor(span / step + 1e-9);
  return Array.from({ length: last + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

/** The times between two that are 1, 2 or 5 times a power of ten; only some of them when there are more than `most`. */
export function logTicks(from: number, to: number, most: number): readonly number[] {
  const choices: readonly (readonly number[])[] = [[1, 2, 5], [1, 3], [1]];
  const found = choices.map((steps) => between(steps, from, to));
  return found.find((marks) => marks.length <= most) ?? found.at(-1)?.filter((_, at) => at % 2 === 0) ?? [];
}

function between(steps: readonly number[], from: number, to: number): readonly number[] {
  const marks: number[] = [];
  for (let power = Math.floor(Math.log10(from)); 10 ** power <= to; power++) {
    marks.push(...steps.map((step) => Number((step * 10 ** power).toPrecision(3))));
  }
  return marks.filter((mark) => mark >= from && mark <= to);
}
