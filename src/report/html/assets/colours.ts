/** The colours, light and dark. Each of those that stand for an outcome can be read on the card and on its own tint. */
export const colours = `
:root {
  color-scheme: light dark;
  --page: #f4f6f8; --card: #fff; --inset: #f6f8fa; --ink: #1b2430; --soft: #566172; --line: #e4e8ed; --edge: #b9c2cd;
  --passed: #18714a; --failed: #b92d24; --undelivered: #7443b6; --flaky: #8d5600; --skipped: #5f6b7a; --refused: #2468ab;
  --passed-tint: #e3f4ea; --failed-tint: #fdeae8; --undelivered-tint: #f1e9fb; --flaky-tint: #fdf1dc; --skipped-tint: #edf0f3; --refused-tint: #e6f0fa;
  --passed-fill: #35a06f; --failed-fill: #d5443a; --undelivered-fill: #8f5fd3; --flaky-fill: #dd9a23; --skipped-fill: #aab4c0; --refused-fill: #5b9bdc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f1318; --card: #171d25; --inset: #11161d; --ink: #e6ebf1; --soft: #9ba7b6; --line: #29323d; --edge: #465262;
    --passed: #58c894; --failed: #ff8a80; --undelivered: #c3a3f7; --flaky: #e5b04e; --skipped: #9ba7b6; --refused: #7db6f0;
    --passed-tint: #14301f; --failed-tint: #3a1a19; --undelivered-tint: #2b2042; --flaky-tint: #33270f; --skipped-tint: #252d37; --refused-tint: #16283b;
    --passed-fill: #37a374; --failed-fill: #e5594e; --undelivered-fill: #9a72dd; --flaky-fill: #d4982f; --skipped-fill: #5a6676; --refused-fill: #4d8fd1;
  }
}
.count, .badge { color: var(--skipped); background: var(--skipped-tint); }
.count.passed, .badge.passed { color: var(--passed); background: var(--passed-tint); }
.count.failed, .badge.failed { color: var(--failed); background: var(--failed-tint); }
.count.refused, .badge.refused { color: var(--refused); background: var(--refused-tint); }
.count.critical, .badge.critical { color: var(--card); background: var(--failed); }
.count.undelivered, .badge.undelivered { color: var(--undelivered); background: var(--undelivered-tint); }
.count.flaky, .badge.flaky { color: var(--flaky); background: var(--flaky-tint); }
svg .passed, svg .accepted { fill: var(--passed-fill); }
svg .critical { fill: var(--failed); }
svg .failed { fill: var(--failed-fill); }
svg .undelivered { fill: var(--undelivered-fill); }
svg .flaky { fill: var(--flaky-fill); }
svg .refused { fill: var(--refused-fill); }
svg .skipped, svg .interrupted { fill: var(--skipped-fill); }
@media print { svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
