import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recallOf } from '../../bench/mining/recall.ts'

const titles = { korean: new Set(['물', '금성', '서울', '조지워싱턴']), english: new Set(['water', 'venus', 'seoul']) }

test('of the pairs whose names are both titles, those are found that the dictionary has, each by its sources', () => {
  const recall = recallOf(
    [
      ['물', 'Water'],
      ['금성 (행성)', 'Venus (planet)'],
      ['서울', 'Seoul'],
      ['조지 워싱턴', 'George Washington'],
    ],
    titles,
    new Map([
      ['물\twater', ['wikipedia_interlang', 'wikipedia_gloss']],
      ['금성\tvenus', ['wikipedia_gloss']],
      ['물\tvenus', ['wikipedia_anchor']],
    ]),
  )
  assert.deepEqual([recall.listed, recall.possible, recall.found], [4, 3, 2])
  assert.deepEqual(
    [...recall.sources],
    [
      ['wikipedia_interlang', { found: 1, alone: 0 }],
      ['wikipedia_gloss', { found: 2, alone: 1 }],
    ],
  )
  assert.deepEqual(recall.missed, [['서울', 'Seoul']])
})

test('a pair that the list has twice, in other spellings, counts once', () => {
  const recall = recallOf(
    [
      ['서울', 'Seoul'],
      ['서울', 'SEOUL'],
    ],
    titles,
    new Map([['서울\tseoul', ['wikipedia_interlang']]]),
  )
  assert.deepEqual([recall.listed, recall.possible, recall.found], [1, 1, 1])
})
