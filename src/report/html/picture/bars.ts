/** Marks on a time axis as few bars as the eye can tell apart: what touches and came to the same is one. */

/** Something that took some time. */
export interface Span<Sort extends string> {
  readonly from: number;
  readonly to: number;
  readonly sort: Sort;
}

export interface Bar<Sort extends string> extends Span<Sort> {
  /** How many are in it. */
  readonly count: number;
}

/** The bars of one row; gaps shorter than `gap` are closed, so that there are never more than fit. */
export function barsOf<Sort extends string>(spans: readonly Span<Sort>[], gap: number): readonly Bar<Sort>[] {
  const open = new Map<Sort, Bar<Sort>>();
  const bars: Bar<Sort>[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = open.get(span.sort);
    if (last && span.from <= last.to + gap) {
      open.set(span.sort, { ...last, to: Math.max(last.to, span.to), count: last.count + 1 });
      continue;
    }
    if (last) bars.push(last);
    open.set(span.sort, { ...span, count: 1 });
  }
  return [...bars, ...open.values()];
}

/** Puts spans that overlap into different lanes, as few as possible, and no more than `most`. */
export function lanesOf<Sort extends string>(
  spans: readonly Span<Sort>[],
  most: number,
): readonly (readonly Span<Sort>[])[] {
  const lanes: { end: number; readonly spans: Span<Sort>[] }[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const lane =
      lanes.find(({ end }) => end <= span.from) ?? (lanes.length >= most ? soonest(lanes) : undefined);
    if (!lane) {
      lanes.push({ end: span.to, spans: [span] });
      continue;
    }
    lane.end = Math.max(lane.end, span.to);
    lane.spans.push(span);
  }
  return lanes.map((lane) => lane.spans);
}

function soonest<Lane extends { readonly end: number }>(lanes: readonly Lane[]): Lane | undefined {
  return lanes.reduce<Lane | undefined>(
    (best, lane) => (best && best.end <= lane.end ? best : lane),
    undefined,
  );
}
