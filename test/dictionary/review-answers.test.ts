import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { nameOf } from '../../dictionary/entries.ts'
import { takeAnswers } from '../../dictionary/review-answers.ts'
import { readReview } from '../../dictionary/review-sample.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { pairEntry } from '../cli/report-facts.ts'

const entries = [
  pairEntry({ left: '물', right: 'Water', sources: ['wikipedia_interlang', 'wikipedia_bold'] }),
  pairEntry({ left: '달', right: 'Moon', sources: ['wikipedia_interlang'] }),
]
const answer = (korean: string, english: string, source: string, verdict = 'right', more: object = {}) =>
  `${JSON.stringify({ korean, english, source, verdict, ...more })}\n`

async function* stored() {
  yield* entries
}

function reviewFolder(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'naru-answers-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('answers of another review are taken for the pairs that the dictionary has from the same source, each as it stands', async (t) => {
  const folder = reviewFolder(t)
  const [from, to] = [join(folder, 'from.jsonl'), join(folder, 'to.jsonl')]
  writeFileSync(
    from,
    answer('물', 'Water', 'wikipedia_interlang', 'right', { by: 'a model' }) +
      answer('물', 'Water', 'wikipedia_bold', 'wrong', { by: 'a model' }) +
      answer('달', 'Moon', 'wikipedia_bold') +
      answer('불', 'Fire', 'wikipedia_interlang'),
  )
  writeFileSync(to, answer('물', 'Water', 'wikipedia_bold', 'unsure'))
  assert.deepEqual(await takeAnswers(stored(), from, to), { taken: 1, known: 1, elsewhere: 2 })
  assert.deepEqual(
    (await readReview(to)).map(({ fields: { source, verdict, by } }) => [source, verdict, by]),
    [
      ['wikipedia_bold', 'unsure', undefined],
      ['wikipedia_interlang', 'right', 'a model'],
    ],
  )
  const after = readFileSync(to)
  assert.deepEqual(await takeAnswers(stored(), from, to), { taken: 0, known: 2, elsewhere: 2 })
  assert.deepEqual(readFileSync(to), after)
})

test("the review that is kept with the sample says who judged, has each pair of a source once, and at least 24 of each source's", async () => {
  const review = await readReview(join(packageRoot, 'dataset/sample/review.jsonl'))
  const sources = [...new Set(review.map(({ fields }) => fields.source))]
  assert.equal(sources.length, 7)
  for (const source of sources) assert.ok(review.filter(({ fields }) => fields.source === source).length >= 24, source)
  assert.ok(review.every(({ fields }) => fields.by === 'a model'))
  assert.equal(new Set(review.map((line) => `${line.fields.source} ${nameOf(line)}`)).size, review.length)
})
