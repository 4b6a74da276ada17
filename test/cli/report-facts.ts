/** Facts of an imagined run, for the tests of the report and the summary. Figures are made up and mean nothing. */
import type { MeasuredSearch } from '../../cli/measured-search.ts'
import type { Pairs } from '../../cli/outputs.ts'
import type { ReportFacts } from '../../cli/report/facts.ts'
import type { QueryView } from '../../cli/report/queries.ts'
import type { TrainingLog } from '../../cli/report/training-log.ts'
import { nameFields, type PairEntry } from '../../dictionary/entries.ts'
import type { Validation } from '../../dictionary/validation.ts'
import type { EvaluationFile } from '../../evaluation/judgement-files.ts'
import { emptyLedger } from '../../runtime/ledger.ts'
import type { ServiceStatus } from '../../runtime/status.ts'
import type { Score } from '../../schemas/types.ts'
import { type ServiceId, serviceIds, specOf } from '../../topology.ts'

const writtenEvents = [6, 40, 3100, 52_000, 9400, 7100, 5300, 4800, 9600, 5, 1, 120]

function finishedStatus(id: ServiceId, written: Readonly<Record<string, number>> = {}): ServiceStatus {
  const figures = { ...emptyLedger(), events: 3108, passed: 3100, dead: 1, dropped: { no_mate: 7 }, finished: true }
  return { id, figures: { ...figures, written, deadParts: 2 }, partitionsDone: 12, partitions: 12, lag: 0 }
}

export function statuses(): ServiceStatus[] {
  let at = 0
  return serviceIds.map((id) =>
    finishedStatus(id, Object.fromEntries(specOf(id).writes.map((topic) => [topic, writtenEvents[at++ % 12]!]))),
  )
}

export function pairEntry(over: Partial<PairEntry> = {}): PairEntry {
  return {
    left: '산소',
    right: 'oxygen',
    languages: ['ko', 'en'],
    source: 'wikipedia_interlang',
    confidence: 0.95,
    cluster: 'c1',
    split: 'train',
    evidence: [{ rule: 'langlink', pages: ['산소', 'Oxygen'], wiki: 'kowiki' }],
    ...over,
  }
}

/** An entry as it stands in combined_synonyms.json. */
export function entryJson({ left, right, languages, ...fields }: PairEntry): string {
  return JSON.stringify({ ...nameFields({ left, right, languages }), ...fields })
}

const names = [
  ['산소', 'oxygen'],
  ['서울특별시', 'Seoul'],
  ['호랑이', 'tiger'],
  ['가야금', 'gayageum'],
  ['운영 체제', 'operating system'],
  ['세종', 'Sejong the Great'],
  ['달', 'Moon'],
  ['비빔밥', 'bibimbap'],
  ['백혈병', 'leukemia'],
  ['피겨 스케이팅', 'figure skating'],
] as const

export function pairs(): Pairs {
  const samples = (source: string) =>
    names.map(([left, right], at) =>
      pairEntry({ left, right, source, split: at % 5 === 4 ? 'test' : 'train', confidence: 0.5 + at / 20 }),
    )
  const titles = samples('wikipedia_interlang')
  return {
    total: 4800,
    splits: { train: 4320, val: 240, test: 240 },
    sources: [
      { source: 'wikipedia_interlang', pairs: 2400, samples: samples('wikipedia_interlang') },
      { source: 'wikipedia_redirect', pairs: 1500, samples: samples('wikipedia_redirect') },
      { source: 'wikipedia_anchor', pairs: 620, samples: samples('wikipedia_anchor') },
      { source: 'wikipedia_gloss', pairs: 280, samples: samples('wikipedia_gloss') },
    ],
    titles: { train: titles.slice(0, 4), val: [], test: titles.slice(4, 5) },
  }
}

function validation(): Validation {
  const bin = (from: number, to: number, right: number) => ({
    from,
    to,
    judged: 40,
    meanConfidence: (from + to) / 2,
    right,
    lower: right - 0.1,
    upper: Math.min(1, right + 0.05),
  })
  return {
    dictionaries: [{ name: 'kengdic.tsv', sha256: 'ef'.repeat(32), pairs: 7409 }],
    pairs: 4800,
    all: { agree: 540, disagree: 60, unknown: 4200 },
    sources: [
      { source: 'wikipedia_interlang', agree: 380, disagree: 14, unknown: 2006 },
      { source: 'wikipedia_redirect', agree: 60, disagree: 39, unknown: 1401 },
    ],
    judgeRecalls: { titles: 0.98, aliases: 0.76 },
    reliability: {
      judged: 600,
      bins: [bin(0.5, 0.6, 0.61), bin(0.8, 0.85, 0.8), bin(0.99, 1, 0.98)],
      brier: 0.078,
      expectedCalibrationError: 0.018,
    },
  }
}

export function scores(): Score[] {
  const systems = ['neural-sparse', 'bm25', 'dictionary-bm25', 'skeleton']
  const tasks = [
    { task: 'synonyms', strata: ['all', 'names', 'common nouns'] },
    { task: 'title-lead', strata: ['all'] },
  ]
  const sparsity = ['ko', 'en', 'all'].flatMap((direction) =>
    ['query-terms-mean', 'document-terms-mean', 'max-term-share'].map((metric, at) => ({
      model: 'sample',
      task: 'sparsity',
      system: 'neural-sparse',
      direction,
      stratum: 'all',
      metric,
      value: [12.4, 61.2, 0.11][at]!,
      queries: 240,
      pool: 2400,
    })),
  )
  const retrieval = tasks.flatMap(({ task, strata }) =>
    strata.flatMap((stratum, part) =>
      ['ko→en', 'en→ko'].flatMap((direction, way) =>
        systems.flatMap((system, at) =>
          ['hit@1', 'mrr@10', 'recall@10'].map((metric, step) => ({
            model: 'sample',
            task,
            system,
            direction,
            stratum,
            metric,
            value: Math.min(1, 0.9 / (1 + at) + step * 0.04 - part * 0.1 - way * 0.03),
            queries: 240 - part * 80,
            pool: 2400,
          })),
        ),
      ),
    ),
  )
  return [...retrieval, ...sparsity]
}

export function evaluation(): EvaluationFile {
  const comparison = (stratum: string, baseline: string, difference: number, pHolm: number) => ({
    task: 'synonyms',
    direction: 'ko→en',
    stratum,
    metric: 'hit@1',
    baseline,
    queries: 240,
    difference,
    lower: difference - 0.05,
    upper: difference + 0.05,
    p: pHolm / 2,
    pHolm,
  })
  return {
    resamples: 10_000,
    missing: ['Sentence retrieval was not judged: no sentences were given.'],
    comparisons: [
      comparison('all', 'bm25', 0.42, 0.0004),
      comparison('all', 'dictionary-bm25', -0.02, 0.31),
      comparison('unseen', 'bm25', -0.2, 0.01),
    ],
    intervals: [
      {
        ...{ task: 'synonyms', direction: 'ko→en', stratum: 'all', system: 'neural-sparse', metric: 'mrr@10' },
        ...{ lower: 0.918, upper: 0.962 },
      },
    ],
    frequentTerms: [
      { term: '도시', share: 0.11 },
      { term: 'city', share: 0.09 },
    ],
  }
}

export function measuredSearch(): MeasuredSearch {
  const quality = {
    queries: 268,
    ...{ hitAt1: 0.489, mrrAt10: 0.507, recallAt10: 0.55, recallAt100: 0.575, withoutMatch: 0.021 },
  }
  const times = { p50: 12.6, p95: 21.3, p99: 65.3, queriesPerSecond: 198 }
  return {
    model: 'sample',
    opensearch: '3.6.0',
    languages: ['ko', 'en'],
    analyzers: ['cjk', 'english'],
    systems: [
      { system: 'BM25, cjk and english', quality: { ...quality, hitAt1: 0.515 }, ...times },
      { system: 'neural sparse', quality, ...times, p50: 18.4 },
    ],
    indices: [
      { system: 'bilingual', documents: 3199, bytes: 3_300_000, documentsPerSecond: 410, byClusterPerSecond: 43 },
    ],
  }
}

export function training(): TrainingLog {
  const steps = Array.from({ length: 800 }, (_, at) => {
    const fall = Math.exp(-at / 180)
    const wobble = Math.sin(at * 1.7) * 0.12 * (0.3 + fall)
    return {
      step: at + 1,
      epoch: (at + 1) / 80,
      loss: 0.4 + 4.2 * fall + wobble,
      ranking: 0.25 + 3.1 * fall + wobble,
      crossLingual: 0.5 + 2.4 * fall - wobble,
      alignment: 0.1 + 0.2 * fall,
      contrast: 0.3 + 3 * fall,
      activation: 0.2 + 2 * fall,
      sparsity: 4 + 900 * fall ** 3 + wobble,
      activeTermsShort: 12 + 90 * fall,
      activeTermsLong: 60 + 700 * fall,
      learningRate: 0.001 * (1 - at / 800),
      samplesPerSecond: 140 + wobble,
    }
  })
  const validations = [200, 400, 600, 800].map((step) => ({
    step,
    figures: { 'hit@1': step / 1000, 'mrr@10': step / 900 },
  }))
  return { model: 'sample', steps, validations }
}

export function query(over: Partial<QueryView> = {}): QueryView {
  return {
    language: 'ko',
    text: '산소',
    mate: 'Oxygen',
    mateLanguage: 'en',
    seen: true,
    terms: [
      { term: '산소', weight: 2.41, language: 'ko' },
      { term: 'oxygen', weight: 2.2, language: 'en' },
      { term: '원소', weight: 1.4, language: 'ko' },
      { term: 'element', weight: 1.1, language: 'en' },
      { term: '##gen', weight: 0.7, language: 'en' },
      { term: '8', weight: 0.3, language: 'other' },
    ],
    taught: [
      { term: '산소', isOwn: true, pairs: 2, examples: [] },
      {
        term: 'oxygen',
        isOwn: false,
        pairs: 5,
        examples: [{ left: '산소', right: 'oxygen', source: 'wikipedia_interlang' }],
      },
      { term: '8', isOwn: false, pairs: 0, examples: [] },
    ],
    hits: [
      {
        language: 'en',
        title: 'Oxygen',
        lead: 'Oxygen is a chemical element with the symbol O and number 8.',
        score: 14.2,
      },
      { language: 'en', title: 'Ozone', lead: 'Ozone is a molecule of three atoms.', score: 6.1 },
    ],
    ...over,
  }
}

export function reportFacts(over: Partial<ReportFacts> = {}): ReportFacts {
  return {
    madeAt: '2026-11-23T23:00:00.000Z',
    model: 'sample',
    languages: ['ko', 'en'],
    statuses: statuses(),
    seconds: Object.fromEntries(serviceIds.map((id, at) => [id, 0.4 + at * at * 0.7])),
    pairs: pairs(),
    validation: validation(),
    judged: new Map([['wikipedia_anchor', { right: 45, wrong: 5, by: new Set(['a person']) }]]),
    training: training(),
    scores: scores(),
    evaluation: evaluation(),
    compared: undefined,
    measured: undefined,
    queries: [
      query(),
      query({ text: '세종', mate: 'Sejong the Great' }),
      query({ text: '운영 체제', mate: 'Operating system', seen: false, hits: [] }),
      query({ language: 'en', text: 'Oxygen', mate: '산소' }),
      query({ language: 'en', text: 'Sejong the Great', mate: '세종' }),
      query({ language: 'en', text: 'Operating system', mate: '운영 체제', seen: false }),
    ],
    files: [
      { name: 'wikipedia/ko_articles.jsonl', bytes: 3_412_000, sha256: 'ab'.repeat(32) },
      { name: 'models/exports/sample/onnx/model.onnx', bytes: 12_345_678, sha256: 'cd'.repeat(32) },
    ],
    environment: [{ name: 'Node', value: 'v20.20.2' }],
    settings: { trainer: { training: { epochs: 10 } } },
    ...over,
  }
}
