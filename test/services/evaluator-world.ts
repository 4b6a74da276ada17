/** A world small enough to judge by hand: pages, pairs, and an encoder that knows a few words. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type EvaluationFile, evaluationShape } from '../../evaluation/judgement-files.ts'
import type { TextEncoder } from '../../evaluation/vectors.ts'
import { foldTitle } from '../../language/title.ts'
import { words } from '../../language/tokens.ts'
import type { SparseVector } from '../../model/sparse-vector.ts'
import { openScratch } from '../../runtime/embedded/scratch.ts'
import { openFolderStore } from '../../runtime/files.ts'
import { createLog } from '../../runtime/log.ts'
import type { Incoming, Outcome } from '../../runtime/service.ts'
import type { ArticleKind, ModelExport, Score, Split, Synonym } from '../../schemas/types.ts'
import { evaluator } from '../../services/12-evaluator/service.ts'
import { settings } from '../../services/12-evaluator/settings.ts'
import { articleOf } from './events.ts'

export type Event = Incoming<'articles' | 'synonyms' | 'exports'>

let nextPage = 1

export function page(language: string, title: string, lead: string, kind: ArticleKind = 'article'): Event {
  const article = articleOf(language, nextPage++, title, {
    kind,
    lead,
    revisionId: 1,
    timestamp: '2026-01-01T00:00:00Z',
  })
  return { topic: 'articles', key: `${article.wiki}:${article.pageId}`, value: article, origin: 'articles-0@0' }
}

const notAskedFor = () => Promise.reject(new Error('not asked for'))

/** Two titles that a langlink joins. */
export function pair(split: Split, leftTitle: string, rightTitle: string): Event {
  const term = (language: string, title: string) => ({
    language,
    surface: title.replace(/ \(.*\)$/, ''),
    title,
    domain: null,
  })
  const [left, right] = [term('ko', leftTitle), term('en', rightTitle)]
  const synonym: Synonym = {
    pairKey: `${foldTitle(left.surface)}\t${foldTitle(right.surface)}`,
    left,
    right,
    confidence: 0.99,
    evidence: [
      {
        rule: 'langlink',
        leftSurface: left.surface,
        rightSurface: right.surface,
        leftTitle,
        rightTitle,
        count: 1,
        share: null,
        wiki: 'kowiki',
        pageId: 1,
        revisionId: 1,
        written: '',
        offset: null,
        detail: '',
      },
    ],
    cluster: `${leftTitle}=${rightTitle}`,
    group: `${leftTitle}=${rightTitle}`,
    split,
  }
  return { topic: 'synonyms', key: synonym.pairKey, value: synonym, origin: 'synonyms-0@0' }
}

export function published(model: string, step = 1): Event {
  const value: ModelExport = {
    model,
    step,
    address: `models/exports/${model}`,
    sha256: '',
    maxAbsoluteDifference: 0,
    parityTexts: 1,
    checkpoint: '',
    manifestSha256: '',
    formats: ['onnx'],
    queryEncoding: 'model',
    vocabularySize: 0,
    maxLength: 0,
    signedBy: null,
    final: true,
  }
  return { topic: 'exports', key: model, value, origin: 'exports-0@0' }
}

/** Of the names, the model knows 고양이 = cat and 개 = dog, takes 부산 for Berlin, and has never met 베를린. */
export const lexicon = {
  고양이: 1,
  cat: 1,
  개: 2,
  dog: 2,
  berlin: 3,
  부산: 3,
  busan: 4,
  동물: 5,
  animal: 5,
  도시: 6,
  city: 6,
}
export const worldPages = [
  page('ko', '고양이', '고양이 는 동물 이다'),
  page('ko', '개', '개 는 동물 이다', 'stub'),
  page('ko', '베를린', '베를린 은 도시 이다'),
  page('ko', '부산', ''),
  page('ko', '도시 목록', '도시 의 목록', 'list'),
  page('en', 'Cat', 'The cat is an animal, unlike a dog'),
  page('en', 'Dog', 'A dog is an animal'),
  page('en', 'Berlin', 'Berlin is a city'),
  page('en', 'Busan', 'Busan is a city'),
]
export const worldPairs = [
  pair('train', '고양이', 'Cat'),
  pair('val', '개', 'Dog'),
  pair('test', '베를린', 'Berlin'),
  pair('test', '부산', 'Busan'),
]
export const world = [...worldPages, ...worldPairs, published('small')]

/** Words to term ids; each occurrence weighs 1, unknown words nothing. */
export type Lexicon = Readonly<Record<string, number>>

export function encoderOf(lexicon: Lexicon) {
  const encodeOne = (text: string): SparseVector => {
    const counts = new Map<number, number>()
    for (const word of words(text)) {
      const term = lexicon[word]
      if (term !== undefined) counts.set(term, (counts.get(term) ?? 0) + 1)
    }
    const entries = [...counts].sort(([a], [b]) => a - b)
    return {
      terms: Uint32Array.from(entries, ([term]) => term),
      weights: Float32Array.from(entries, ([, count]) => count),
    }
  }
  const batches: (readonly string[])[] = []
  let closed = 0
  return {
    batches,
    get closed() {
      return closed
    },
    encode: async (texts: readonly string[]) => {
      batches.push(texts)
      return texts.map(encodeOne)
    },
    contentIds: (text: string) => words(text).flatMap((word) => lexicon[word] ?? []),
    decode: (term: number) => Object.keys(lexicon).find((word) => lexicon[word] === term) ?? `#${term}`,
    close: async () => {
      closed++
    },
  }
}

export interface Judged {
  readonly scores: readonly Score[]
  /** Parts left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>
  /** Reports as `done/total unit note`. */
  readonly progress: readonly string[]
  /** What evaluation.json holds. */
  readonly missing: EvaluationFile['missing']
  readonly comparisons: EvaluationFile['comparisons']
  readonly intervals: EvaluationFile['intervals']
  readonly frequentTerms: EvaluationFile['frequentTerms']
  /** Folder of the models. */
  readonly models: string
  value(task: string, system: string, direction: string, stratum: string, metric: string): number | undefined
}

/** Runs the service over the events with real files and scratch tables. */
export async function judge(
  t: TestContext,
  events: readonly Event[],
  encoder: TextEncoder,
  set: Readonly<Record<string, unknown>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Judged> {
  const root = await mkdtemp(join(tmpdir(), 'naru-evaluator-'))
  t.after(() => rm(root, { recursive: true }))
  return judgeIn(root, events, encoder, set, signal)
}

/** The same in a folder that is there before and stays. */
export async function judgeIn(
  root: string,
  events: readonly Event[],
  encoder: TextEncoder,
  set: Readonly<Record<string, unknown>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<Judged> {
  const models = join(root, 'models')
  const scratch = openScratch(join(root, 'scratch'))
  const progress: string[] = []
  const outcomes: Outcome[] = []
  const service = evaluator(async () => encoder)
  async function* input() {
    yield* events
  }
  try {
    const run = service.run(input(), {
      settings: settings.parse({ morphemes: false, resamples: 200, ...set }),
      log: createLog('evaluator', 'silent', 2),
      tally: () => undefined,
      progress: { report: ({ done, total, unit, note }) => void progress.push(`${done}/${total} ${unit} ${note}`) },
      signal,
      files: openFolderStore({ data: join(root, 'data'), models }),
      scratch,
      claims: { claim: notAskedFor, retract: notAskedFor, clear: notAskedFor, close: async () => undefined },
      tables: scratch,
      searchIndexes: { build: notAskedFor },
    })
    for await (const outcome of run) if (outcome.kind !== 'interim') outcomes.push(outcome)
  } finally {
    await scratch.dispose()
  }
  const dropped: Record<string, number> = {}
  const scores: Score[] = []
  for (const outcome of outcomes) {
    if (outcome.kind === 'dropped') dropped[outcome.reason] = (dropped[outcome.reason] ?? 0) + outcome.count
    if (outcome.kind === 'emission' && outcome.topic === 'scores') scores.push(outcome.value)
  }
  const value: Judged['value'] = (...wanted) =>
    scores.find((score) =>
      [score.task, score.system, score.direction, score.stratum, score.metric].every((part, at) => part === wanted[at]),
    )?.value
  const file = join(models, 'exports', 'small', 'evaluation.json')
  const written = existsSync(file)
    ? evaluationShape.parse(JSON.parse(readFileSync(file, 'utf8')))
    : { resamples: 0, missing: [], comparisons: [], intervals: [], frequentTerms: [] }
  return { scores, dropped, progress, ...written, models, value }
}
