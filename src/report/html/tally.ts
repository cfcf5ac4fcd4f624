/** How much of what there was: a bar, and a number for each. */
import { count, percent } from './amounts.ts';
import { markup, type Html } from './markup.ts';

/** No part of the bar is narrower, or it could not be seen. */
const VISIBLE = 0.006;

export interface Counted {
  /** Where its number leads to. */
  readonly anchor: string;
  /** The class that colours it. */
  readonly tone: string;
  readonly label: string;
  readonly value: number;
}

/** The bar and the numbers, in this order. */
export function tally(counted: readonly Counted[]): Html {
  const text = counted.map(({ label, value }) => `${count(value)} ${label.toLowerCase()}`).join(', ');
  const tiles = counted.map(({ anchor, tone, label, value }) => {
    const inside = markup`<b>${count(value)}</b> ${label.toLowerCase()}`;
    return value > 0
      ? markup`<li class="${tone}"><a href="#${anchor}">${inside}</a></li>`
      : markup`<li class="none">${inside}</li>`;
  });
  return markup`${bar(counted, text)}
<ul class="tiles">${tiles}</ul>`;
}

function bar(counted: readonly Counted[], text: string): Html {
  const total = counted.reduce((sum, { value }) => sum + value, 0);
  const there = counted.filter(({ value }) => value > 0);
  const widths = there.map(({ value }) => Math.max(VISIBLE, value / Math.max(1, total)));
  const whole = widths.reduce((a, b) => a + b, 0);
  let x = 0;
  const parts = there.map(({ tone }, index) => {
    const width = (widths[index] ?? 0) / whole;
    const part = markup`<rect class="${tone}" x="${percent(x)}" width="${percent(width)}" height="14"/>`;
    x += width;
    return part;
  });
  return markup`<svg class="bar" width="100%" height="14" role="img" aria-label="${text}">${parts}</svg>`;
}

/** Names and values below the numbers; without those that have none. */
export function factsList(shown: Readonly<Record<string, Html | string | null>>): Html {
  const pairs = Object.entries(shown).filter(([, value]) => value !== null);
  return markup`<dl class="facts-list">${pairs.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
