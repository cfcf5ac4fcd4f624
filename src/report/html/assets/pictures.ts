/** How the timeline and the histogram look. They are as wide as the page, so their texts keep their size. */
export const pictures = `
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin-bottom: 12px; font-size: 13px; color: var(--soft); }
.legend b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.key { margin-right: 6px; vertical-align: -1px; }
.scroll {
  max-height: 26rem; overflow: hidden auto; scrollbar-width: thin;
  background: linear-gradient(var(--card), var(--card)) bottom / 100% 16px no-repeat local, linear-gradient(transparent, var(--line)) bottom / 100% 10px no-repeat scroll;
}
.scroll svg { display: block; }
.axis { position: sticky; top: 0; background: var(--card); border-bottom: 1px solid var(--line); }
svg text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--soft); font-variant-numeric: tabular-nums; }
.labels { width: 232px; }
.plot { x: 244px; width: calc(100% - 250px); }
.plot rect { stroke-width: 1.5; }
.timeline .labels text { font-size: 12px; fill: var(--ink); }
.timeline.rows12 .labels text { font-size: 10px; }
.timeline .labels text.passed { fill: var(--soft); }
.timeline .labels text.failed { fill: var(--failed); font-weight: 600; }
.timeline .labels text.undelivered { fill: var(--undelivered); font-weight: 600; }
.timeline .labels text.flaky { fill: var(--flaky); font-weight: 600; }
.narrow { display: none; }
.grid line, .histogram line { stroke: var(--line); }
.plot rect.passed, .plot rect.accepted { stroke: var(--passed-fill); }
.plot rect.failed { stroke: var(--failed-fill); }
.plot rect.undelivered { stroke: var(--undelivered-fill); }
.plot rect.flaky { stroke: var(--flaky-fill); }
.plot rect.refused { stroke: var(--refused-fill); }
.plot rect.skipped, .plot rect.interrupted { stroke: var(--skipped-fill); }
.plot .ran { fill: var(--line); }
.numbers { display: flex; flex-wrap: wrap; gap: 8px 36px; margin-bottom: 14px; }
.numbers dd { font-size: 18px; font-weight: 600; font-variant-numeric: tabular-nums; letter-spacing: -0.01em; }
.histogram { display: block; }
.histogram .inset { overflow: visible; }
.histogram .bar { fill: var(--refused-fill); }
.histogram .base, .histogram .times line { stroke: var(--edge); }
.histogram .mark line { stroke: var(--soft); stroke-dasharray: 3 3; }
.histogram .mark text { fill: var(--ink); font-weight: 600; }
@media (max-width: 640px) {
  .labels { width: 112px; }
  .plot { x: 118px; width: calc(100% - 122px); }
  .wide { display: none; }
  .narrow { display: inline; }
  .timeline .labels text { font-size: 10px; }
  .numbers { gap: 8px 24px; }
  .numbers dd { font-size: 16px; }
}
@media (max-width: 480px) { .axis text:nth-child(even) { display: none; } }
`;
