import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { RoundedScore } from '../../cli/rounded-scores.ts'
import type { TaughtTerm } from '../../evaluation/teachers.ts'
import type { Score } from '../../schemas/types.ts'
import { exportToy, toyCheckpoint } from '../model/export/toy-export.ts'
import { referenceFolder } from '../model/reference/reference.ts'
import { naru } from './command-line.ts'

const root = mkdtempSync(join(tmpdir(), 'naru-evaluate-'))
after(() => rmSync(root, { recursive: true, force: true }))

/** Words that the tiny models have in their vocabulary. */
const pages = [
  ['ko', '물', '물은 강의 물이다'],
  ['ko', '산', '산은 한국의 산'],
  ['ko', '서울', '서울은 한국의 수도이다'],
  ['en', 'Water', 'water of the river'],
  ['en', 'Mountain', 'mountains and rivers of Korea'],
  ['en', 'Seoul', 'Seoul is the capital of Korea'],
] as const
const pairs = [
  ['물', 'Water', 'train'],
  ['산', 'Mountain', 'train'],
  ['서울', 'Seoul', 'test'],
] as const

mkdirSync(join(root, 'wikipedia'))
mkdirSync(join(root, 'synonyms'))
for (const language of ['ko', 'en']) {
  const lines = pages
    .filter(([of]) => of === language)
    .map(([, title, lead], pageId) => ({ wiki: `${language}wiki`, pageId, language, title, kind: 'article', lead }))
  const file = join(root, 'wikipedia', `${language}_articles.jsonl`)
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}
const entries = pairs.map(([korean, english, split]) => {
  const evidence = [{ rule: 'langlink', pages: [korean, english] }]
  return JSON.stringify({
    korean,
    english,
    source: 'wikipedia_interlang',
    confidence: 1,
    cluster: korean,
    split,
    evidence,
  })
})
writeFileSync(join(root, 'synonyms', 'combined_synonyms.json'), `[\n${entries.join(',\n')}\n]\n`)
const modelOf = (name: string) => join(referenceFolder, 'sparse', name)
const fast = { NARU_EVALUATOR__MORPHEMES: 'false', NARU_EVALUATOR__RESAMPLES: '200' }

interface Judged {
  readonly models: readonly { readonly model: string; readonly precision: string; readonly scores: readonly Score[] }[]
  readonly rounding: readonly RoundedScore[]
  readonly mean: { readonly scores: readonly Score[] } | null
  readonly missing: readonly string[]
}

function valueIn(scores: readonly Score[], task: string, direction: string, metric: string): number {
  const found = scores.find(
    (score) =>
      `${score.task} ${score.direction} ${score.metric} ${score.stratum} ${score.system}` ===
      `${task} ${direction} ${metric} all neural-sparse`,
  )
  assert.ok(found, `${task} ${direction} ${metric}`)
  return found.value
}

test('models of others are judged on a run’s files; three of them have a mean, and what is missing is said', async () => {
  // Two of one name, as the exports of two seeds are.
  const folders = [...['splade', 'router'].map(modelOf), join(root, 'seed-2', 'splade')]
  cpSync(modelOf('distilbert'), folders[2]!, { recursive: true })
  const { code, stdout, stderr } = await naru(['evaluate', '--out', root, '--model', ...folders, '--json'], fast)
  assert.equal(code, 0, stderr)
  const { models, mean, missing }: Judged = JSON.parse(stdout)
  assert.deepEqual(
    models.map(({ model }) => model),
    [folders[0], 'router', folders[2]],
  )
  const values = models.map(({ scores }) => valueIn(scores, 'own-lead', 'en→en', 'mrr@10'))
  const average = values.reduce((sum, value) => sum + value, 0) / 3
  assert.ok(Math.abs(valueIn(mean!.scores, 'own-lead', 'en→en', 'mrr@10') - average) < 1e-12)
  assert.ok(missing.some((line) => line.startsWith('Sentence retrieval was not judged')))
})

test('an export is judged in each precision that is asked for, and what rounding costs each figure is shown', async () => {
  const folder = join(root, 'rounded')
  await exportToy(await toyCheckpoint(join(root, 'checkpoints')), folder, { rounded: ['int8'], formats: ['onnx'] })
  const args = ['evaluate', '--out', root, '--model', folder, '--precision', 'fp32', 'int8', '--keep']
  const { code, stdout, stderr } = await naru([...args, '--json'], fast)
  assert.equal(code, 0, stderr)
  const { models, mean, rounding }: Judged = JSON.parse(stdout)
  assert.deepEqual(
    models.map(({ precision }) => precision),
    ['fp32', 'int8'],
  )
  assert.equal(mean, null)
  const [exact, rounded] = models.map(({ scores }) => scores)
  for (const metric of ['hit@1', 'ndcg@10']) {
    const row = rounding.find((one) => one.metric === metric && one.direction === 'ko→en' && one.stratum === 'all')
    assert.ok(row)
    assert.equal(row.exact, valueIn(exact!, row.task, 'ko→en', metric))
    assert.equal(row.rounded, valueIn(rounded!, row.task, 'ko→en', metric))
  }
  // Weights of eight bits give other vectors, or fp32 was judged twice.
  const flops = (scores: readonly Score[]) => scores.filter(({ task }) => task === 'sparsity').map(({ value }) => value)
  assert.notDeepEqual(flops(exact!), flops(rounded!))
  const kept: Score[] = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8'))
  assert.deepEqual(new Set(kept.map(({ model }) => model)), new Set(['rounded']))
  assert.match(
    (await naru(args, fast)).stdout,
    /^rounded int8 +synonyms hit@1 +ko→en +all +[\d.]+ +[\d.]+ +[+−]0\.\d+/m,
  )
})

test('a form that an export does not have is named with the way to get it, exit 2', async () => {
  const folder = join(root, 'rounded')
  const { code, stderr } = await naru(['evaluate', '--out', root, '--model', folder, '--precision', 'fp16'], fast)
  assert.equal(code, 2)
  assert.match(stderr, /EXPORT_MISSING: onnx\/model_fp16\.onnx/)
  assert.match(stderr, /naru export CHECKPOINT --precision/)
})

test('a model without a network for queries is judged, indexed and searched by its table', async () => {
  const folder = join(root, 'doc-only')
  cpSync(modelOf('opensearch'), folder, { recursive: true })
  const sentences = [join(root, 'ko.txt'), join(root, 'en.txt')]
  writeFileSync(sentences[0]!, '물\n산\n')
  writeFileSync(sentences[1]!, 'water\nmountains\n')
  const judging = ['evaluate', '--out', root, '--model', folder, '--sentences', ...sentences, '--keep']
  const judged = await naru(judging, fast)
  assert.equal(judged.code, 0, judged.stderr)
  assert.match(judged.stdout, /^sentences +ko→en/m)
  assert.match(judged.stdout, /Model less baseline, hit@1/)
  const scores: Score[] = JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8'))
  // A query has the terms of its own words and no more; the random network fires for everything.
  const terms = (metric: string) => scores.find((score) => score.direction === 'en' && score.metric === metric)!.value
  assert.ok(terms('query-terms-mean') <= 4, String(terms('query-terms-mean')))
  assert.ok(terms('document-terms-mean') > 50)

  const found = await naru(['search', 'water of the river', '--model', folder, '--out', root, '--json', '-k', '6'])
  assert.equal(found.code, 0, found.stderr)
  const { hits } = JSON.parse(found.stdout)
  assert.ok(hits.length > 0)
  const asked = await naru(['encode', 'water', '--as', 'query', '--model', folder, '--out', root, '--json'])
  const idf = JSON.parse(readFileSync(join(folder, 'idf.json'), 'utf8'))
  assert.deepEqual(JSON.parse(asked.stdout).terms, [{ term: 'water', weight: idf.water, language: 'en' }])
  const why = ['encode', '물', '--why', '--as', 'query', '--model', folder, '--out', root, '--json']
  const taught: TaughtTerm[] = JSON.parse((await naru(why)).stdout).taught
  assert.deepEqual(taught, [
    {
      term: '물',
      isOwn: true,
      pairs: 1,
      examples: [{ left: '물', right: 'Water', source: 'wikipedia_interlang' }],
    },
  ])
})

test('TREC files that are written give the same figures when they are judged', async () => {
  const trec = join(root, 'trec')
  const args = ['evaluate', '--out', root, '--model', modelOf('splade'), '--trec', trec, '--json']
  const { models }: Judged = JSON.parse((await naru(args, fast)).stdout)
  for (const [stem, task, direction] of [
    ['title-lead.ko-en', 'title-lead', 'ko→en'],
    ['synonyms.en-ko+en', 'synonyms', 'en→ko+en'],
  ] as const) {
    const files = ['--run', join(trec, `${stem}.neural-sparse.run`), '--qrels', join(trec, `${stem}.qrels`)]
    const { runs } = JSON.parse((await naru(['evaluate', ...files, '--json'])).stdout)
    for (const metric of ['hit@1', 'mrr@10', 'recall@10', 'recall@100', 'ndcg@10', 'unmatched']) {
      const own = valueIn(models[0]!.scores, task, direction, metric)
      assert.ok(Math.abs(runs[0][metric] - own) < 1e-12, `${stem} ${metric} ${runs[0][metric]} ${own}`)
    }
  }
  const names = readdirSync(trec)
  for (const ending of ['qrels', 'queries.tsv', 'documents.tsv', 'dictionary-bm25.run', 'skeleton.run']) {
    assert.ok(names.includes(`synonyms.ko-en.${ending}`), ending)
  }
  assert.match(readFileSync(join(trec, 'title-lead.ko-en.documents.tsv'), 'utf8'), /^en:Water\twater of the river$/m)
})

test('tasks that are written for BEIR have the documents, queries and judgements of the TREC files', async () => {
  const [beir, trec] = [join(root, 'beir'), join(root, 'trec-of-beir')]
  const args = ['evaluate', '--out', root, '--model', modelOf('splade'), '--beir', beir, '--trec', trec, '--json']
  const written: { beir: string[] } = JSON.parse((await naru(args, fast)).stdout)
  assert.ok(written.beir.includes('title-lead.ko-en'))
  const linesOf = (...path: string[]) =>
    readFileSync(join(...path), 'utf8')
      .trimEnd()
      .split('\n')
  for (const stem of written.beir) {
    const documents = linesOf(beir, stem, 'corpus.jsonl').map((line) => JSON.parse(line))
    assert.deepEqual(
      documents.map(({ _id, text }) => `${_id}\t${text}`),
      linesOf(trec, `${stem}.documents.tsv`),
    )
    const judgements = linesOf(beir, stem, 'qrels', 'test.tsv')
      .slice(1)
      .map((line) => line.split('\t').slice(0, 2))
    assert.deepEqual(
      judgements,
      linesOf(trec, `${stem}.qrels`).map((line) => line.split(' ').filter((_, at) => at === 0 || at === 2)),
    )
  }
})

test('two runs are set side by side with their difference, for people', async () => {
  const [qrels, good, poor] = ['qrels', 'good.run', 'poor.run'].map((name) => join(root, name))
  writeFileSync(qrels!, Array.from({ length: 20 }, (_, at) => `q${at} 0 right 1\n`).join(''))
  writeFileSync(good!, Array.from({ length: 20 }, (_, at) => `q${at} Q0 right 1 1 good\n`).join(''))
  writeFileSync(poor!, Array.from({ length: 20 }, (_, at) => `q${at} Q0 wrong 1 1 poor\n`).join(''))
  const { code, stdout } = await naru(['evaluate', '--run', good!, poor!, '--qrels', qrels!])
  assert.equal(code, 0)
  assert.match(stdout, /good\.run +20 +1\.0000/)
  assert.match(stdout, /good\.run less .*poor\.run +hit@1 +\+1\.000 +\+1\.000 … \+1\.000/)
})

test('what cannot be judged is refused with a hint, exit 2', async () => {
  for (const [args, says] of [
    [['--run', 'a.run'], /INPUT_MISSING: --qrels is missing/],
    [['--run', join(root, 'none.run'), '--qrels', join(root, 'none')], /TREC_UNREADABLE/],
    [['--model', modelOf('splade'), '--out', join(root, 'nowhere')], /INPUT_MISSING: there is nothing to judge with/],
    [
      ['--model', modelOf('splade'), '--out', root, '--sentences', 'one.txt'],
      /SENTENCES_MISSING: --sentences names 1 files/,
    ],
    [['--model', join(root, 'wikipedia'), modelOf('splade'), '--out', root], /MODEL_UNSUPPORTED/],
  ] as const) {
    const { code, stdout, stderr } = await naru(['evaluate', ...args], fast)
    assert.equal(code, 2, stderr)
    assert.equal(stdout, '')
    assert.match(stderr, says)
  }
})

test('--help shows how models, seeds and rankings are judged', async () => {
  const { stdout } = await naru(['evaluate', '--help'])
  for (const flag of ['--model', '--sentences', '--trec', '--run', '--qrels', '--articles', '--pairs', '--json']) {
    assert.ok(stdout.includes(flag), flag)
  }
  assert.match(stdout, /naru evaluate --model seed-1\/ seed-2\/ seed-3\//)
})
