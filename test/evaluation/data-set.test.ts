import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readDataSet } from '../../evaluation/data-set.ts'
import { prepareEvaluation } from '../../evaluation/evaluation.ts'
import { judgeModel } from '../../evaluation/judgement.ts'
import { scoresOf } from '../../evaluation/judgement-files.ts'
import { evaluationSettings } from '../../evaluation/settings.ts'
import { openScratch } from '../../runtime/embedded/scratch.ts'
import type { Article, Synonym } from '../../schemas/types.ts'
import { type Event, encoderOf, judge, page, pair, published } from '../services/evaluator-world.ts'

const lexicon = { 고양이: 1, cat: 1, 개: 2, dog: 2, 동물: 5, animal: 5 }
const events: Event[] = [
  page('ko', '고양이', '고양이 는 동물 이다'),
  page('ko', '개', '개 는 동물 이다'),
  page('ko', '괭이', '', 'redirect'),
  page('en', 'Cat', 'The cat is an animal, unlike a dog'),
  page('en', 'Dog', 'A dog is an animal'),
  pair('train', '고양이', 'Cat'),
  pair('test', '개', 'Dog'),
]

async function filesOf(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'naru-data-set-'))
  t.after(() => rm(folder, { recursive: true }))
  const articles = events.flatMap(({ topic, value }) => (topic === 'articles' ? [value as Article] : []))
  const synonyms = events.flatMap(({ topic, value }) => (topic === 'synonyms' ? [value as Synonym] : []))
  const articleFile = join(folder, 'articles.jsonl')
  await writeFile(articleFile, articles.map((article) => `${JSON.stringify(article)}\n`).join(''))
  const pairs = join(folder, 'combined_synonyms.json')
  const entries = synonyms.map(({ left, right, confidence, cluster, split, evidence }) => ({
    korean: left.surface,
    english: right.surface,
    source: 'wikipedia_interlang',
    confidence,
    cluster,
    split,
    evidence: evidence.map(({ rule, leftTitle, rightTitle }) => ({ rule, pages: [leftTitle, rightTitle] })),
  }))
  await writeFile(pairs, `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`)
  const scratch = openScratch(join(folder, 'scratch'))
  t.after(() => scratch.dispose())
  return { articles: [articleFile], pairs, scratch }
}

const settings = evaluationSettings.parse({ morphemes: false, resamples: 200 })
const quietly = { signal: new AbortController().signal, read: () => undefined }

test('the files of a run are judged as its events are', async (t) => {
  const { scratch, ...files } = await filesOf(t)
  const data = await readDataSet(files, scratch, settings, quietly)
  const evaluation = await prepareEvaluation({ ...data, settings, sentences: undefined }, quietly)
  const judgement = await judgeModel(evaluation, encoderOf(lexicon), quietly, () => undefined)
  const { scores, comparisons } = await judge(t, [...events, published('small')], encoderOf(lexicon))
  assert.deepEqual(scoresOf('small', judgement), scores)
  assert.deepEqual(judgement.comparisons, comparisons)
  assert.deepEqual([...data.pages.dropped], [['other_kind_of_page', 1]])
})

test('a line that is no article, and a file that is not there, are told with their place', async (t) => {
  const { scratch, ...files } = await filesOf(t)
  const [file] = files.articles
  await writeFile(file!, '{"title":"서울"}\n', { flag: 'a' })
  await assert.rejects(readDataSet(files, scratch, settings, quietly), { code: 'ARTICLE_LINE', at: { file, line: 6 } })
  const absent = { ...files, articles: ['/nowhere/articles.jsonl'] }
  await assert.rejects(readDataSet(absent, scratch, settings, quietly), { code: 'ARTICLES_UNREADABLE' })
})
