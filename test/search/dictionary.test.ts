import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { bigrams, type Tokenize } from '../../language/tokens.ts'
import { Bm25Index } from '../../search/bm25.ts'
import { englishToKorean, koreanToEnglish, TermDictionary } from '../../search/dictionary.ts'
import { type RankingFigures, rankOf, summarise } from '../../search/metrics.ts'

const pairs: readonly (readonly [string, string])[] = [
  ['인공지능', 'artificial intelligence'],
  ['인공', 'man-made'],
  ['지능', 'intelligence'],
  ['신경 망', 'neural network'],
  ['신경', 'nerve'],
  ['가다', 'go'],
  ['은행', 'bank'],
  ['은행', 'ginkgo'],
  ['은행', 'Bank'],
]
const toEnglish = TermDictionary.of(pairs, koreanToEnglish)
const weightsOf = (dictionary: TermDictionary, text: string) => Object.fromEntries(dictionary.translate(text).weights)

test('the longest known term is taken, over several words too', () => {
  assert.deepEqual(weightsOf(toEnglish, '인공지능은'), { artificial: 1, intelligenc: 1 })
  assert.deepEqual(weightsOf(toEnglish, '신경 망이 신경'), { neural: 1, network: 1, nerv: 1 })
})

test('translations share the weight of a term, and a pair given twice counts once', () => {
  assert.deepEqual(weightsOf(toEnglish, '은행'), { bank: 1 / Math.sqrt(2), ginkgo: 1 / Math.sqrt(2) })
})

test('an inflected verb is found under its citation form', () => {
  assert.deepEqual(weightsOf(toEnglish, '갔습니다'), { go: 1 })
})

test('what the dictionary does not know stands for itself and is counted', () => {
  const { weights, knownWords, allWords } = toEnglish.translate('NASA 은행 1969')
  assert.deepEqual([weights.get('nasa'), weights.get('1969'), knownWords, allWords], [1, 1, 1, 3])
})

test('the other direction finds Korean documents for an English query', () => {
  const dictionary = TermDictionary.of(
    pairs.map(([korean, english]) => [english, korean] as const),
    englishToKorean,
  )
  const documents = ['나무가 많은 산', '인공지능은 미래다', '은행에 간다']
  const index = Bm25Index.of(documents.map(englishToKorean.target))
  assert.equal(dictionary.search(index, 'Artificial intelligence', 3)[0]?.doc, 1)
  assert.equal(dictionary.search(index, 'the banks', 3)[0]?.doc, 2)
})

const data = new URL('../../../shared/data/ko-en/', import.meta.url)
const lines = (name: string): string[] => readFileSync(new URL(name, data), 'utf8').trim().split('\n')

test('on Tatoeba it ranks as the study found: plain BM25 near nothing, kengdic above a third', (t) => {
  if (!existsSync(data)) return t.skip('../shared/data/ko-en is not here')
  const korean = lines('tatoeba.kor-eng.kor')
  const english = lines('tatoeba.kor-eng.eng')
  const kengdic = lines('kengdic-6000.short.ko-en.tsv').map((line) => line.split('\t'))
  const plain = retrieval(korean, english, bigrams, (query) => bigrams(query))
  // The study: 1.5 / .017 for whitespace, bigrams and morphemes alike (± .2).
  assert.ok(Math.abs(plain.hitAt1 - 0.015) <= 0.002, `plain ${plain.hitAt1}`)
  const forward = TermDictionary.of(
    kengdic.map(([ko = '', en = '']) => [ko, en] as const),
    koreanToEnglish,
  )
  const backward = TermDictionary.of(
    kengdic.map(([ko = '', en = '']) => [en, ko] as const),
    englishToKorean,
  )
  const toEn = retrieval(korean, english, koreanToEnglish.target, (query) => forward.translate(query).weights)
  const toKo = retrieval(english, korean, englishToKorean.target, (query) => backward.translate(query).weights)
  t.diagnostic(`ko→en hit@1 ${toEn.hitAt1} MRR@10 ${toEn.mrrAt10.toFixed(3)} (study .443 .528)`)
  t.diagnostic(`en→ko hit@1 ${toKo.hitAt1} MRR@10 ${toKo.mrrAt10.toFixed(3)} (study .346 .466)`)
  assert.ok(toEn.hitAt1 > 0.39 && toKo.hitAt1 > 0.39, `${toEn.hitAt1} ${toKo.hitAt1}`)
})

function retrieval(
  queries: readonly string[],
  documents: readonly string[],
  tokenize: Tokenize,
  translate: (query: string) => readonly string[] | ReadonlyMap<string, number>,
): RankingFigures {
  const index = Bm25Index.of(documents.map(tokenize))
  return summarise(queries.map((query, at) => rankOf(index.scores(translate(query)), new Set([at]))))
}
