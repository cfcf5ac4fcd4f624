/** How long answers took: a picture, and the numbers. */
import type { Latency } from '../../../run/events.ts';
import { count, duration, percent, plural } from '../amounts.ts';
import type { Suite } from '../collect.ts';
import { markup, nothing, type Html } from '../markup.ts';
import { logTicks } from './axis.ts';
import type { Distribution } from './buckets.ts';

/** So many bars can be told apart on a phone. */
const BARS = 40;
/** Where the bars begin, below the marks of the percentiles, and how high the highest is. */
const TOP = 54;
const HEIGHT = 130;

/** The section with the picture. */
export function histogram({ buckets, end }: Suite): Html {
  const distribution = buckets.read(BARS);
  const latency = end.summary.latency_ms;
  if (!distribution || !latency) return nothing;
  return markup`<section class="card" aria-labelledby="latency">
<h2 id="latency">Latency</h2>
<p class="hint">${hint(buckets.total(), end.summary.sent - end.summary.undelivered)}</p>
${numbers(latency)}
${picture(distribution, latency, buckets.total())}
</section>
`;
}

function hint(shown: number, answered: number): string {
  const rest =
    answered > shown
      ? ` The numbers are of all ${count(answered)} answers; the bars of the ${count(shown)} that were told one by one.`
      : '';
  return `From sending a notification to the end of its answer. Each bar is a range of times; the scale is logarithmic.${rest}`;
}

function numbers({ min, p50, p90, p99, max }: Latency): Html {
  const shown = { fastest: min, 'p50 (median)': p50, p90, p99, slowest: max };
  const pairs = Object.entries(shown).map(
    ([name, ms]) => markup`<div><dt>${name}</dt><dd>${duration(ms)}</dd></div>`,
  );
  return markup`<dl class="numbers">${pairs}</dl>`;
}

function picture(distribution: Distribution, latency: Latency, total: number): Html {
  const { counts, place, edge } = distribution;
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const bars = counts.map((value, index) => bar(value, index, { distribution, most }));
  const times = logTicks(edge(0), edge(counts.length), 7).map((ms) => {
    const x = percent(place(ms));
    return markup`<line x1="${x}" x2="${x}" y1="${TOP + HEIGHT}" y2="${TOP + HEIGHT + 4}"/><text x="${x}" y="${TOP + HEIGHT + 18}" text-anchor="middle">${duration(ms)}</text>`;
  });
  const text = `${plural(total, 'answer')}: half within ${duration(latency.p50)}, 90% within ${duration(latency.p90)}, 99% within ${duration(latency.p99)}, the slowest in ${duration(latency.max)}.`;
  return markup`<svg class="histogram" width="100%" height="${TOP + HEIGHT + 26}" role="img" aria-labelledby="latency-title latency-text">
<title id="latency-title">How long answers took</title>
<desc id="latency-text">${text}</desc>
<svg class="inset" x="2%" width="96%" height="100%">
<text class="most" x="0" y="${TOP - 6}">${plural(most, 'answer')}</text>
<line class="line" x1="0" x2="100%" y1="${TOP}" y2="${TOP}"/>
${bars}
<line class="base" x1="0" x2="100%" y1="${TOP + HEIGHT}" y2="${TOP + HEIGHT}"/>
<g class="times">${times}</g>
${percentiles(latency, place)}
</svg></svg>`;
}

interface Scale {
  readonly distribution: Distribution;
  /** What the highest bar stands for. */
  readonly most: number;
}

function bar(value: number, index: number, { distribution, most }: Scale): Html {
  if (value === 0) return nothing;
  const { counts, edge } = distribution;
  const height = Math.max(2, (HEIGHT * value) / most);
  const [x, width] = [percent((index + 0.06) / counts.length), percent(0.88 / counts.length)];
  const range = `${duration(edge(index))} to ${duration(edge(index + 1))}`;
  return markup`<rect class="bar" x="${x}" y="${(TOP + HEIGHT - height).toFixed(1)}" width="${width}" height="${height.toFixed(1)}"><title>${range}: ${plural(value, 'answer')}</title></rect>`;
}

/** Each mark has its name at a height of its own: they are often close to each other. */
function percentiles(latency: Latency, place: Distribution['place']): Html {
  const marks = (['p50', 'p90', 'p99'] as const).map((name, index) => {
    const x = place(latency[name]);
    const y = 10 + index * 13;
    const left = x > 0.6;
    return markup`<g class="mark"><line x1="${percent(x)}" x2="${percent(x)}" y1="${y - 8}" y2="${TOP + HEIGHT}"/><text x="${percent(x)}" y="${y}" dx="${left ? -4 : 4}" text-anchor="${left ? 'end' : 'start'}">${name} ${duration(latency[name])}</text></g>`;
  });
  return markup`${marks}`;
}
