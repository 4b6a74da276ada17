/** What an experiment found: a table for the terminal, and a page with the curves. */
import { lineChart } from '../../cli/report/charts.ts'
import { html, htmlTable } from '../../cli/report/html.ts'
import { style } from '../../cli/report/style.ts'
import {
  type BaselineName,
  baselineNames,
  type Direction,
  directions,
  type RetrievalFigures,
  type Stratum,
  strata,
} from './retrieval.ts'
import type { ExperimentSettings } from './settings.ts'
import type { SeedResult } from './training.ts'

export type Baselines = Readonly<Record<Direction, Record<BaselineName, Record<Stratum, RetrievalFigures>>>>

export interface Findings {
  readonly settings: ExperimentSettings
  readonly trainPairs: number
  readonly baselines: Baselines
  readonly seeds: readonly SeedResult[]
}

/** The gates of the experiment: hit@1 of all held-out pairs in either direction, and mean active terms. */
const gates = { hitAt1: 0.7, activeTerms: 60 } as const

/** Whether every seed passed, and beat the skeleton on names. */
export function passed({ seeds, baselines }: Findings): boolean {
  return seeds.every(({ retrieval, sparsity }) => {
    const found = directions.every(
      (direction) =>
        retrieval[direction].all.hitAt1 >= gates.hitAt1 &&
        retrieval[direction].name.hitAt1 > baselines[direction].skeleton.name.hitAt1,
    )
    return found && Math.max(sparsity.meanQueryTerms, sparsity.meanDocumentTerms) < gates.activeTerms
  })
}

/** System, stratum, queries, and hit@1, MRR@10 and recall@10 of each direction, as text. */
export function retrievalRows({ baselines, seeds }: Findings): string[][] {
  const systems: { name: string; of: (direction: Direction) => Record<Stratum, RetrievalFigures> }[] = [
    ...baselineNames.map((name) => ({ name, of: (direction: Direction) => baselines[direction][name] })),
    ...seeds.map(({ seed, retrieval }) => ({ name: `model, seed ${seed}`, of: (d: Direction) => retrieval[d] })),
  ]
  return strata.flatMap((stratum) =>
    systems.map(({ name, of }) => {
      const [there, back] = [of('ko→en')[stratum], of('en→ko')[stratum]]
      return [
        stratum,
        name,
        `${there.queries}, ${back.queries}`,
        ...[there, back].flatMap(({ hitAt1, mrrAt10, recallAt10 }) => [
          percent(hitAt1),
          mrrAt10.toFixed(3),
          percent(recallAt10),
        ]),
      ]
    }),
  )
}

export const retrievalHeadings = [
  'pairs',
  'system',
  'queries ko, en',
  ...directions.flatMap((direction) => [`hit@1 ${direction}`, `MRR@10 ${direction}`, `recall@10 ${direction}`]),
]

export function renderReport(findings: Findings): string {
  const { settings, seeds, trainPairs } = findings
  const curves = (name: string, measure: (point: SeedResult['curve'][number]) => number) =>
    seeds.map(({ seed, curve }) => ({
      name: `${name}, seed ${seed}`,
      points: curve.map((point) => [point.step, measure(point)] as const),
    }))
  const heading = (title: string, at: number) => ({ title, numeric: at > 1 })
  const sparsity = seeds.map(({ seed, sparsity: s, steps, trainingSeconds, exportDifference }) => [
    `seed ${seed}`,
    steps,
    (trainingSeconds / 60).toFixed(1),
    s.meanQueryTerms.toFixed(1),
    s.meanDocumentTerms.toFixed(1),
    s.p95DocumentTerms,
    percent(s.maxTermShare),
    s.randomPairCosine.toFixed(3),
    percent(s.emptyShare),
    exportDifference.toExponential(1),
  ])
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>naru – the 10,000-pair experiment</title>
<style>${style}</style>
</head>
<body>
<header><h1>The 10,000-pair experiment</h1>
<p>${trainPairs} training pairs; held-out pairs of unseen clusters, searched among ${settings.pool} surfaces of the other language.
${passed(findings) ? 'Every seed passes' : 'Not every seed passes'}: hit@1 ≥ ${percent(gates.hitAt1)} in both directions, fewer than
${gates.activeTerms} active terms on average, better than the consonant skeleton on names.</p></header>
<main>
<section><h2>Retrieval</h2>${htmlTable(retrievalHeadings.map(heading), retrievalRows(findings))}</section>
<section><h2>Curves</h2>
<p>hit@1 on val, its ${settings.validationPairs} pairs among themselves, ko→en.</p>
${lineChart(
  curves('ko→en', ({ hitAt1 }) => hitAt1['ko→en']),
  { label: 'hit@1 ko→en on val', xName: 'step' },
)}
<p>The same, en→ko.</p>
${lineChart(
  curves('en→ko', ({ hitAt1 }) => hitAt1['en→ko']),
  { label: 'hit@1 en→ko on val', xName: 'step' },
)}
<p>Mean active terms of a batch.</p>
${lineChart(
  curves('active terms', ({ activeTerms }) => activeTerms),
  { label: 'active terms', xName: 'step' },
)}
</section>
<section><h2>Sparsity and cost</h2>${htmlTable(
    [
      '',
      'steps',
      'minutes of training',
      'terms a query',
      'terms a document',
      '95th percentile',
      'most frequent term',
      'random-pair cosine',
      'empty',
      'export differs by',
    ].map((title, at) => ({ title, numeric: at > 0 })),
    sparsity,
  )}</section>
<section><h2>Settings</h2><pre>${JSON.stringify(settings, null, 2)}</pre></section>
</main>
</body>
</html>
`.text
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
