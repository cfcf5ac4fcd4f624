/** How the page looks: light and dark, wide and narrow, and on paper. */
import { colours } from './colours.ts';
import { pictures } from './pictures.ts';

const frame = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
}
main, footer { max-width: 1080px; margin: 0 auto; padding: 0 24px; }
main { padding-top: 24px; }
footer { padding-bottom: 40px; color: var(--soft); font-size: 13px; }
h1, h2, h3, h4, h5, p, dl, dd, ul { margin: 0; padding: 0; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; }
h2 { font-size: 18px; line-height: 1.4; font-weight: 650; }
h3 { font-size: 15px; font-weight: 600; }
h4 { font-size: 14px; font-weight: 600; }
h5 { font-size: 12px; font-weight: 600; color: var(--soft); margin-bottom: 4px; }
ul { list-style: none; }
a { color: inherit; text-decoration-color: var(--edge); text-underline-offset: 3px; }
a:hover { text-decoration-color: currentColor; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
code { font-size: 0.87em; }
:focus-visible { outline: 2px solid var(--refused); outline-offset: 2px; border-radius: 4px; }
.about { scroll-margin-top: 4rem; }
.hint, .facts, .again { color: var(--soft); font-size: 13px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 20px 24px; margin-bottom: 20px; }
.card > h2 + .hint { margin-bottom: 14px; max-width: 46rem; }
.count { display: inline-block; min-width: 1.7em; padding: 0 0.55em; border-radius: 1em; font-size: 13px; text-align: center; vertical-align: 1px; }
`;

const top = `
.top { border-top: 4px solid var(--tone); padding-bottom: 22px; }
.top.failed { --tone: var(--failed); }
.top.flaky { --tone: var(--flaky); }
.top.passed { --tone: var(--passed); }
.brand { color: var(--soft); font-size: 13px; font-weight: 600; letter-spacing: 0.02em; margin-bottom: 2px; }
.top h1 { color: var(--tone); margin-bottom: 16px; }
.notice { background: var(--flaky-tint); color: var(--flaky); border-radius: 8px; padding: 8px 12px; margin-bottom: 12px; font-size: 14px; }
.bar { display: block; border-radius: 7px; background: var(--line); }
.tiles { display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 12px 0 0; font-size: 14px; color: var(--soft); }
.tiles a { text-decoration: none; border-bottom: 1px solid transparent; }
.tiles a:hover { border-bottom-color: currentColor; }
.tiles b { font-size: 22px; font-weight: 650; font-variant-numeric: tabular-nums; letter-spacing: -0.01em; }
.tiles .passed { color: var(--passed); }
.tiles .flaky { color: var(--flaky); }
.tiles .refused { color: var(--refused); }
.tiles .critical { color: var(--failed); }
.tiles .failed { color: var(--failed); }
.tiles .undelivered { color: var(--undelivered); }
.tiles .skipped { color: var(--skipped); }
.brief { margin-top: 16px; padding: 12px 16px; background: var(--inset); border-radius: 8px; font-size: 14px; color: var(--soft); }
.brief li + li { margin-top: 4px; }
.brief a { color: var(--ink); font-weight: 600; }
.facts-list { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 14px 24px; margin-top: 20px; padding-top: 18px; border-top: 1px solid var(--line); font-size: 14px; }
.facts-list dt, .numbers dt { color: var(--soft); font-size: 12px; }
`;

const stories = `
.group { margin-bottom: 20px; }
.group > h2 { margin-top: 32px; }
.group > .hint { margin-bottom: 12px; }
summary { cursor: pointer; display: flex; align-items: baseline; gap: 10px; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: ""; flex: none; width: 7px; height: 7px; border: solid var(--soft); border-width: 0 1.8px 1.8px 0; transform: rotate(-45deg) translate(-2px, -1px); }
details[open] > summary::before { transform: rotate(45deg) translate(-2px, -2px); }
.story { padding: 14px 24px; margin-bottom: 10px; }
.story[open] { padding-bottom: 22px; }
.story[open] > summary { margin-bottom: 10px; }
.story summary h3 { flex: 1; }
.badge { flex: none; padding: 1px 9px; border-radius: 1em; font-size: 12px; font-weight: 600; }
.took { flex: none; min-width: 64px; text-align: right; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums; }
.facts > * + *::before { content: "·"; margin-right: 6px; color: var(--edge); }
.facts > * { display: inline-block; margin-right: 2px; }
.again { margin-top: 12px; }
.command { position: relative; margin: 4px 0 0; padding: 9px 12px; background: var(--inset); border: 1px solid var(--line); border-radius: 8px; white-space: pre-wrap; line-height: 1.5; }
.select { user-select: all; -webkit-user-select: all; }
.select span { display: inline-block; white-space: pre-wrap; }
.command code { font-size: 13px; }
.command:has(button) { padding-right: 84px; }
.command button { position: absolute; top: 6px; right: 6px; padding: 3px 10px; font: 12px/1.5 system-ui, sans-serif; color: var(--soft); background: var(--card); border: 1px solid var(--edge); border-radius: 6px; cursor: pointer; }
.command button:hover { color: var(--ink); }
.failure { margin-top: 18px; padding-top: 16px; border-top: 1px solid var(--line); }
.told { margin-top: 10px; font-size: 14px; }
.told > div { display: grid; grid-template-columns: 78px minmax(0, 1fr); gap: 0 12px; padding: 2px 0; }
.told dt { color: var(--soft); }
.told .expected, .told .got { white-space: pre-wrap; font-weight: 600; }
.told .expected, .difference .expected { color: var(--passed); }
.told .got, .difference .got { color: var(--failed); }
.told > div:last-child { color: var(--soft); }
.told > div:last-child code { color: var(--ink); }
mark { color: inherit; background: none; text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: 3px; font-weight: 700; }
.panels { display: grid; grid-template-columns: minmax(0, 1.3fr) minmax(0, 1fr); gap: 16px; margin-top: 14px; }
.panels pre, .difference { margin: 0; padding: 11px 13px; max-height: 34rem; overflow: auto; background: var(--inset); border: 1px solid var(--line); border-radius: 8px; font-size: 12px; line-height: 1.55; white-space: pre-wrap; tab-size: 2; }
.panels .headers { color: var(--soft); }
.difference { margin-top: 10px; }
.difference span { display: block; margin: 0 -13px; padding: 0 13px; }
.difference .expected { background: var(--passed-tint); }
.difference .got { background: var(--failed-tint); }
.tag { padding: 0 7px; border: 1px solid var(--line); border-radius: 1em; font-size: 12px; }
.facts > .tag::before { content: none; }
.table > .hint { margin: 6px 0 10px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 500; }
thead th { color: var(--soft); font-size: 12px; padding: 4px 0; }
td, tbody th { padding: 8px 0; border-top: 1px solid var(--line); vertical-align: top; }
small { color: var(--soft); font-weight: 400; font-size: 13px; }
tbody small:last-child { display: block; }
tbody code { margin-left: 6px; font-size: 12px; }
td, thead th + th { padding-left: 16px; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; width: 84px; }
tr:target { background: var(--inset); }
`;

const narrow = `
@media (max-width: 640px) {
  main, footer { padding-left: 12px; padding-right: 12px; }
  main { padding-top: 12px; }
  h1 { font-size: 24px; }
  .card { padding: 16px; margin-bottom: 14px; border-radius: 10px; }
  .story { padding: 12px 14px; margin-bottom: 8px; }
  .story summary { flex-wrap: wrap; }
  .story summary h3 { flex: 1 0 calc(100% - 24px); }
  .story summary .badge { margin-left: 17px; }
  .took { min-width: 0; }
  .tiles { gap: 4px 16px; }
  .facts-list { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .facts-list > :first-child { grid-column: 1 / -1; }
  .panels { grid-template-columns: minmax(0, 1fr); gap: 12px; }
  .told > div { grid-template-columns: minmax(0, 1fr); padding: 3px 0; }
  .told dt { font-size: 12px; }
  tbody code { display: block; margin-left: 0; }
  .number { width: 62px; }
  td, thead th + th { padding-left: 8px; }
}
@media print {
  body { background: #fff; font-size: 12px; }
  main { max-width: none; padding: 0; }
  .card { break-inside: auto; box-shadow: none; }
  .story summary, .told, h2, h4 { break-inside: avoid; break-after: avoid; }
  .story::details-content { content-visibility: visible; block-size: auto; }
  .scroll, .panels pre, .difference { max-height: none; overflow: visible; }
  .command button { display: none; }
  .command:has(button) { padding-right: 12px; }
}
`;

/** All of it, as it stands in the page. */
export const style = [colours, frame, top, pictures, stories, narrow].join('');
