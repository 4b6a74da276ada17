import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PairEntry } from '../../dictionary/entries.ts'
import { teachersOf } from '../../evaluation/teachers.ts'
import { pairEntry } from '../cli/report-facts.ts'

const tokensOf = (text: string) => text.toLowerCase().split(' ')

async function* entries(pairs: readonly (readonly [string, string, PairEntry['split']?])[]) {
  for (const [left, right, split = 'train'] of pairs) yield pairEntry({ left, right, split })
}

test('a term is taught by the training pairs that hold it beside words of the text, the likest first', async () => {
  const pairs = entries([
    ['인공 지능 윤리', 'ethics of artificial intelligence'],
    ['인공 지능', 'artificial intelligence'],
    ['인공 위성', 'artificial satellite'],
    ['첩보', 'intelligence'],
    ['인공 지능 칩', 'artificial intelligence chip', 'test'],
  ])
  const question = { tokens: ['인공', '지능'], terms: ['intelligence', 'artificial', '인공', 'satellite', 'cat'] }
  const [[intelligence, artificial, own, satellite, cat] = []] = await teachersOf([question], pairs, tokensOf)
  assert.deepEqual(
    intelligence?.examples.map(({ right }) => right),
    ['artificial intelligence', 'ethics of artificial intelligence'],
  )
  assert.equal(
    intelligence?.pairs,
    2,
    'not the pair of espionage, which says nothing of the text, nor the one held out',
  )
  assert.equal(artificial?.pairs, 3)
  assert.equal(own?.isOwn, true)
  assert.equal(satellite?.pairs, 1)
  assert.deepEqual([cat?.pairs, cat?.examples], [0, []])
})

test('the other language asks in the same way, and several questions are answered in one reading', async () => {
  const pairs = entries([['산소', 'Oxygen']])
  const questions = [
    { tokens: ['oxygen'], terms: ['산소'] },
    { tokens: ['hydrogen'], terms: ['산소'] },
  ]
  const answers = await teachersOf(questions, pairs, tokensOf)
  assert.deepEqual(
    answers.map(([term]) => term?.pairs),
    [1, 0],
  )
})

test('at most three examples are kept, and which does not depend on the order of the pairs', async () => {
  const pairs = Array.from({ length: 6 }, (_, at) => [`물 ${at}`, `water ${at}`] as const)
  const question = { tokens: ['물'], terms: ['water'] }
  const [[there] = []] = await teachersOf([question], entries(pairs), tokensOf)
  const [[back] = []] = await teachersOf([question], entries([...pairs].reverse()), tokensOf)
  assert.equal(there?.pairs, 6)
  assert.deepEqual(there, back)
  assert.deepEqual(
    there?.examples.map(({ left }) => left),
    ['물 0', '물 1', '물 2'],
  )
})
