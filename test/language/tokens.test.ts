import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { skeletonOf, skeletonTokens } from '../../language/skeleton.ts'
import { bigrams, words } from '../../language/tokens.ts'
import { englishStem, jamoBeginnings, koreanRoot, syllables } from '../../language/word-forms.ts'
import { Bm25Index } from '../../search/bm25.ts'
import { rankOf, summarise } from '../../search/metrics.ts'

test('words are runs of letters, marks and digits in lower case', () => {
  assert.deepEqual(words('서울(Seoul)은 K-POP의 ２０２４년'), ['서울', 'seoul', '은', 'k', 'pop의', '2024년'])
  assert.deepEqual(words('\u1109\u1165\u110B\u116E\u11AF'), ['서울'])
  assert.deepEqual(words(' … '), [])
})

test('bigrams overlap inside Hangul and Han and leave Latin words whole', () => {
  assert.deepEqual(bigrams('서울대학교'), ['서울', '울대', '대학', '학교'])
  assert.deepEqual(bigrams('BTS는 漢字 Seoul'), ['bts', '는', '漢字', 'seoul'])
  assert.deepEqual(bigrams('a 𠀀𠀁𠀂'), ['a', '𠀀𠀁', '𠀁𠀂'])
  assert.deepEqual(bigrams('가 나라 다2라마 カー ｶﾞｽ ㄱㄴ café ẞ'), [
    ...['가', '나라', '다', '2', '라마', 'カ', 'ー', 'ガス', 'ㄱㄴ', 'café', 'ß'],
  ])
  assert.deepEqual(syllables('먹다 eat'), ['먹다', 'eat', '먹', '다'])
})

test('inflected English words share a stem with their base', () => {
  for (const [form, base] of [
    ['stories', 'story'],
    ['walked', 'walk'],
    ['closing', 'close'],
    ['boxes', 'box'],
    ['stopped', 'stop'],
    ['cities', 'city'],
  ] as const)
    assert.equal(englishStem(form), englishStem(base), form)
  for (const word of ['is', 'gas', 'class', 'red', 'king', 'sing'])
    assert.equal(englishStem(word), englishStem(englishStem(word)))
})

test('a Korean verb begins with its root in jamo', () => {
  assert.equal(koreanRoot('가능하다'), '가능')
  assert.equal(koreanRoot('먹다'), '먹')
  assert.ok(jamoBeginnings('ㄱㅏㅆㄷㅏ').includes('ㄱㅏ'))
  assert.deepEqual(jamoBeginnings('seoul'), [])
})

test('a name and its Korean spelling have one skeleton', () => {
  for (const [english, korean] of [
    ['Berlin', '베를린'],
    ['Einstein', '아인슈타인'],
    ['Scott Derrickson', '스콧 데릭슨'],
    ['Kenji', '겐지'],
    ['Vincent', '빈센트'],
  ] as const)
    assert.equal(skeletonOf(english).join(' '), skeletonOf(korean).join(' '), english)
})

test('skeletons find names of the other language about as often as the study found, both ways', (t) => {
  const file = new URL('../../../shared/data/ko-en/wikidata-names.en-ko.tsv', import.meta.url)
  if (!existsSync(file)) return t.skip('../shared/data/ko-en is not here')
  const names = distinct(
    readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('\t')),
  )
  // Every seventh name: 10,000 of the 70,000, spread over the file, which is sorted by fame.
  const pool = names.filter((_, at) => at % Math.floor(names.length / 10_000) === 0).slice(0, 10_000)
  assert.equal(pool.length, 10_000)
  for (const [from, to, label, study] of [
    [1, 0, 'ko→en', 0.404],
    [0, 1, 'en→ko', 0.383],
  ] as const) {
    const index = Bm25Index.of(pool.map((pair) => skeletonTokens(pair[to] ?? '')))
    const queries = pool.map((pair, at) => ({ pair, at })).filter(({ at }) => at % 10 === 0)
    const figures = summarise(
      queries.map(({ pair, at }) => rankOf(index.scores(skeletonTokens(pair[from] ?? '')), new Set([at]))),
    )
    t.diagnostic(`${label} hit@1 ${figures.hitAt1} MRR@10 ${figures.mrrAt10.toFixed(3)} (study ${study})`)
    assert.ok(figures.hitAt1 > study, `${label} ${figures.hitAt1}`)
  }
})

/** Pairs neither of whose names came before: a name with two right answers would have to count both. */
function distinct(pairs: readonly (readonly string[])[]): (readonly string[])[] {
  const seen = new Set<string>()
  return pairs.filter((pair) => {
    const isNew = pair.length === 2 && pair.every((name) => !seen.has(name))
    for (const name of pair) seen.add(name)
    return isNew
  })
}
