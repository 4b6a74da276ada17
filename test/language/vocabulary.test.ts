import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { mergePieces } from '../../language/pair-merges.ts'
import { Tokenizer } from '../../language/tokenizer.ts'
import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import { defaultVocabularySettings, specialTokens, trainVocabulary } from '../../language/vocabulary.ts'
import { WordCounts } from '../../language/word-counts.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { corpus } from './corpus.ts'

const settings = { ...defaultVocabularySettings, size: 600, minWordCount: 2, minCharacterCount: 1 }
const vocabulary = trainVocabulary(WordCounts.of(corpus), settings)
const tokenizer = Tokenizer.parse(serialiseTokenizer(tokenizerFile(vocabulary.tokens, 64)))
const piecesOf = (text: string): string =>
  tokenizer
    .contentIds(text)
    .map((id) => tokenizer.decodeToken(id))
    .join(' ')

test('a noun with a particle is the noun and the particle', () => {
  assert.equal(piecesOf('서울은'), '서울 ##은')
  assert.equal(piecesOf('서울에서'), '서울 ##에서')
  assert.equal(piecesOf('부산까지'), '부산 ##까지')
  assert.equal(piecesOf('도쿄는 도쿄를 도쿄가'), '도쿄 ##는 도쿄 ##를 도쿄 ##가')
})

test('a noun that ends like a particle stays whole, because it takes particles itself', () => {
  assert.equal(piecesOf('고양이'), '고양이')
  assert.equal(piecesOf('고양이가 고양이를'), '고양이 ##가 고양이 ##를')
  assert.equal(piecesOf('제주도'), '제주도')
})

test('a preferred name stays whole even where the counts would part it', () => {
  const texts = [...corpus, '평양은', '평양은', '평양은']
  const plain = trainVocabulary(WordCounts.of(texts), settings)
  const preferring = trainVocabulary(WordCounts.of(texts), { ...settings, preferredNames: ['평양은'] })
  assert.ok(!plain.tokens.includes('평양은'))
  assert.ok(preferring.tokens.includes('평양은'))
})

test('frequent words of both languages are entries, and no entry is a noun with its particle', () => {
  for (const word of ['서울', '베를린', '도시', 'seoul', 'city', 'history', 'animal'])
    assert.ok(vocabulary.tokens.includes(word), word)
  for (const word of ['서울은', '서울의', '도쿄가', '베를린을']) assert.ok(!vocabulary.tokens.includes(word), word)
})

test('special tokens have the first ids, entries are unique and their kinds add up', () => {
  assert.deepEqual(vocabulary.tokens.slice(0, 5), [...specialTokens])
  assert.equal(new Set(vocabulary.tokens).size, vocabulary.tokens.length)
  assert.equal(
    Object.values(vocabulary.made).reduce((sum, count) => sum + count),
    vocabulary.tokens.length,
  )
  assert.ok(vocabulary.tokens.length <= settings.size)
})

test('every word made of covered characters has ids other than [UNK]', () => {
  const letters = vocabulary.tokens.filter((token) => /^\p{L}$/u.test(token))
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 }), (characters) => {
      assert.ok(!tokenizer.contentIds(characters.join('')).includes(tokenizer.special.unknown))
    }),
  )
})

test('the order of the texts does not change the vocabulary', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...corpus], { minLength: corpus.length }), (shuffled) => {
      assert.deepEqual(trainVocabulary(WordCounts.of(shuffled), settings).tokens, vocabulary.tokens)
    }),
    { numRuns: 10 },
  )
})

test('Korean and English take turns: ten times as much English leaves Korean its words', () => {
  const english = corpus.filter((text) => /^[\x20-\x7F]+$/.test(text))
  const lopsided = [...corpus, ...Array.from({ length: 10 }, () => english).flat()]
  const { tokens } = trainVocabulary(WordCounts.of(lopsided), { ...settings, size: 330 })
  const korean = tokens.filter((token) => /^\p{Script=Hangul}{2,}$/u.test(token))
  const latin = tokens.filter((token) => /^[a-z]{2,}$/.test(token))
  assert.ok(
    korean.length >= 0.8 * latin.length && korean.length > 5,
    `${korean.length} Korean, ${latin.length} English`,
  )
})

const realTexts = ['wikidata-names.en-ko.tsv', 'kengdic-6000.tsv', 'tatoeba.kor-eng.eng', 'tatoeba.kor-eng.kor'].map(
  (name) => fileURLToPath(new URL(`../../../shared/data/ko-en/${name}`, import.meta.url)),
)

test('real names and sentences fill the 30,000 entries of the default, with frequent words of both languages whole', {
  skip: !realTexts.every(existsSync) && '../shared/data/ko-en is not here',
}, () => {
  const texts = realTexts.flatMap((file) => readFileSync(file, 'utf8').split(/[\n\t]/))
  const { tokens } = trainVocabulary(WordCounts.of(texts), defaultVocabularySettings)
  assert.ok(tokens.length > 29_900 && tokens.length <= 30_000, `${tokens.length}`)
  const wholeWords = (script: RegExp) => tokens.filter((token) => script.test(token)).length
  const [korean, english] = [wholeWords(/^\p{Script=Hangul}{2,}$/u), wholeWords(/^[a-z]{2,}$/)]
  assert.ok(Math.min(korean, english) > 5000, `${korean} Korean words, ${english} English ones`)
  for (const word of ['사람', 'university', 'water']) assert.ok(tokens.includes(word), word)
  const real = Tokenizer.parse(serialiseTokenizer(tokenizerFile(tokens, 64)))
  const ids = texts.slice(0, 4000).flatMap((text) => real.contentIds(text))
  const unknown = ids.filter((id) => id === real.special.unknown).length
  assert.ok(unknown < 0.01 * ids.length, `${unknown} of ${ids.length} tokens are unknown`)
})

test('a size that cannot hold the characters, or more than 65,535, is refused', () => {
  const counts = WordCounts.of(corpus)
  assert.throws(() => trainVocabulary(counts, { ...settings, size: 50 }), { code: 'VOCABULARY_TOO_SMALL' })
  assert.throws(() => trainVocabulary(counts, { ...settings, size: 65_536 }), ConfigError)
})

test('merges are those of the published example: es, est, and low in two steps', () => {
  // Sennrich et al. 2016, section 3.2: low 5, lower 2, newest 6, widest 3. l+o and o+w tie there; text decides here.
  const words = { low: 5, lower: 2, newest: 6, widest: 3 }
  const pieced = Object.entries(words).map(([word, count]) => ({
    pieces: [...word].map((character, at) => (at === 0 ? character : `##${character}`)),
    count,
  }))
  assert.deepEqual(mergePieces(pieced, { limit: 4, minCount: 1 }), ['##es', '##est', '##ow', 'low'])
})

test('merging with a heap makes the pieces that counting anew after every merge makes', () => {
  const word = fc.record({ text: fc.stringMatching(/^[abc]{1,8}$/), count: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(fc.array(word, { maxLength: 12 }), (words) => {
      const pieced = words.map(({ text, count }) => ({
        pieces: [...text].map((character, at) => (at === 0 ? character : `##${character}`)),
        count,
      }))
      assert.deepEqual(mergePieces(pieced, { limit: 20, minCount: 2 }), slowMerges(pieced, 20, 2))
    }),
  )
})

test('forgetting rare words keeps the frequent ones and says what may be missing', () => {
  const counts = new WordCounts({ maxDistinct: 3 })
  for (let at = 0; at < 50; at++) counts.add(`서울 word${at}`)
  assert.ok(counts.counts.size <= 3)
  assert.ok((counts.counts.get('서울') ?? 0) >= 50)
  assert.ok(counts.forgottenBelow > 0)
})

/** Byte-pair merging as the paper states it, with no cleverness: the oracle. */
function slowMerges(words: readonly { pieces: readonly string[]; count: number }[], limit: number, minCount: number) {
  let state = words.map(({ pieces, count }) => ({ pieces: [...pieces], count }))
  const made = new Set<string>()
  while (made.size < limit) {
    const pairs = new Map<string, { count: number; left: string; right: string; piece: string }>()
    for (const { pieces, count } of state)
      for (let at = 0; at + 1 < pieces.length; at++) {
        const left = pieces[at] ?? ''
        const right = pieces[at + 1] ?? ''
        const pair = pairs.get(`${left} ${right}`) ?? { count: 0, left, right, piece: left + right.slice(2) }
        pair.count += count
        pairs.set(`${left} ${right}`, pair)
      }
    const best = [...pairs.values()].sort(
      (a, b) => b.count - a.count || (a.piece < b.piece ? -1 : a.piece > b.piece ? 1 : a.left < b.left ? -1 : 1),
    )[0]
    if (!best || best.count < minCount) break
    made.add(best.piece)
    state = state.map(({ pieces, count }) => {
      const after: string[] = []
      for (let at = 0; at < pieces.length; at++) {
        const isPair = pieces[at] === best.left && pieces[at + 1] === best.right
        after.push(isPair ? best.piece : (pieces[at] ?? ''))
        if (isPair) at += 1
      }
      return { pieces: after, count }
    })
  }
  return [...made]
}
