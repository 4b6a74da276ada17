import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { nameOf, type PairEntry } from '../../dictionary/entries.ts'
import { drawQuestions, readReview, recordAnswer, unanswered } from '../../dictionary/review-sample.ts'
import { pairEntry } from '../cli/report-facts.ts'

const entries = Array.from({ length: 200 }, (_, n) =>
  pairEntry({ left: `이름${n}`, right: `Name ${n}`, sources: n % 4 === 0 ? ['a', 'b'] : ['a'] }),
)

async function* stream(all: readonly PairEntry[]): AsyncIterable<PairEntry> {
  yield* all
}

function reviewFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'naru-review-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'review.jsonl')
}

test('the same number of each source is drawn, the same for a seed whatever the order, and others for another', async () => {
  const draw = (all: readonly PairEntry[], seed: number) => drawQuestions(stream(all), { perSource: 10, seed })
  const questions = await draw(entries, 1)
  for (const source of ['a', 'b']) {
    assert.equal(questions.filter(({ sources }) => sources.includes(source)).length, 10)
  }
  assert.deepEqual(await draw(entries.toReversed(), 1), questions)
  assert.notDeepEqual(await draw(entries, 2), questions)
})

test('a source with few pairs gives them all, and the first questions are of every source', async () => {
  const questions = await drawQuestions(stream(entries.slice(0, 9)), { perSource: 5, seed: 1 })
  assert.equal(questions.filter(({ sources }) => sources.includes('b')).length, 3)
  assert.deepEqual(new Set(questions.slice(0, 2).flatMap(({ sources }) => sources)), new Set(['a', 'b']))
})

test('an answer counts for each source that drew the pair, and is not asked again', async (t) => {
  const file = reviewFile(t)
  const questions = await drawQuestions(stream(entries), { perSource: 10, seed: 1 })
  assert.deepEqual(unanswered(questions, await readReview(file)), questions)
  recordAnswer(file, { ...questions[0]!, sources: ['a', 'b'] }, 'right')
  recordAnswer(file, questions[1]!, 'unsure')
  const review = await readReview(file)
  assert.deepEqual(
    review.slice(0, 2).map((line) => [nameOf(line), line.fields.source, line.fields.verdict]),
    ['a', 'b'].map((source) => [nameOf(questions[0]!.entry), source, 'right']),
  )
  assert.deepEqual(unanswered(questions, review), questions.slice(2))
})

test('a review is gone on with where another source draws a pair that was judged for the first', async (t) => {
  const file = reviewFile(t)
  recordAnswer(file, { entry: entries[0]!, sources: ['a'] }, 'wrong')
  const open = unanswered([{ entry: entries[0]!, sources: ['a', 'b'] }], await readReview(file))
  assert.deepEqual(open, [{ entry: entries[0]!, sources: ['b'] }])
})

test('a line that holds no answer is named', async (t) => {
  const file = reviewFile(t)
  recordAnswer(file, { entry: entries[0]!, sources: ['a'] }, 'wrong')
  writeFileSync(file, '{"korean":"가"}\n', { flag: 'a' })
  await assert.rejects(readReview(file), { code: 'REVIEW_LINE', at: { file, line: 2 } })
})
