import { trusted } from './html.ts'

/** The page's look. Chart colours are the variables that charts.ts names. */
export const style = trusted(`
:root {
  --paper: #fdfcfa; --card: #fff; --ink: #1f2328; --soft: #5d6570; --line: #dfdcd5;
  --accent: #0f766e; --left: #c2410c; --right: #1d4ed8; --other: #6b7079;
  --first: #1d4ed8; --second: #c2410c; --third: #0f766e; --fourth: #9333ea; --fifth: #8b8f97; --sixth: #a16207;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --card: #1d2126; --ink: #e6e4df; --soft: #a2a8b1; --line: #363c44;
    --accent: #2dd4bf; --left: #fb923c; --right: #7aa8ff; --other: #7d838c;
    --first: #7aa8ff; --second: #fb923c; --third: #2dd4bf; --fourth: #c084fc; --fifth: #9aa0a8; --sixth: #facc15;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", sans-serif;
}
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; letter-spacing: -.01em; }
h2 { font-size: 1.4rem; margin: 3.2rem 0 .6rem; padding-bottom: .3rem; border-bottom: 2px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.8rem 0 .4rem; }
p { margin: .5rem 0; max-width: 46rem; }
.soft { color: var(--soft); }
.small { font-size: .85rem; }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin-top: 1.2rem; }
a { color: var(--accent); text-underline-offset: .15em; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: .8rem; margin: 1.4rem 0 0; }
.tiles div { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem; }
.tiles dt { color: var(--soft); font-size: .85rem; }
.tiles dd { margin: 0; white-space: nowrap; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; margin: .6rem 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { padding: .32rem .7rem .32rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td:first-child { white-space: nowrap; }
td code { overflow-wrap: anywhere; }
code, pre { font: .82rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
pre { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem; }
tr.group td { padding-top: .9rem; font-weight: 600; border-bottom-color: var(--ink); }
.chart { margin: .4rem 0 1rem; }
.chart svg { display: block; width: 100%; height: auto; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 0 2rem; }
.queries { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1rem; }
.query { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .9rem 1.1rem; min-width: 0; }
.query h3 { margin: 0; font-size: 1.1rem; }
.query ol { margin: .3rem 0 0; padding-left: 1.3rem; }
.query li { margin: .25rem 0; }
.taught { margin: .3rem 0 .6rem; padding-left: 1.1rem; }
.badge { font-size: .75rem; font-weight: 600; border: 1px solid currentColor; border-radius: 1rem; padding: 0 .55rem; color: var(--soft); white-space: nowrap; }
.left { color: var(--left); } .right { color: var(--right); } .other { color: var(--other); }
.found { color: var(--accent); font-weight: 600; }
@media (max-width: 34rem) { .queries { grid-template-columns: 1fr; } body { padding-top: 1.2rem; } }
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc;
    --accent: #0f766e; --left: #c2410c; --right: #1d4ed8; --other: #6b7079;
    --first: #1d4ed8; --second: #c2410c; --third: #0f766e; --fourth: #9333ea; --fifth: #8b8f97; --sixth: #a16207;
  }
  body { max-width: none; padding: 0; font-size: 11pt; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  .chart, .query, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
}
`)
