import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  agrees,
  attach,
  endingOf,
  inflectionsOf,
  jamoOf,
  particles,
  stemTowards,
  stripParticle,
  syllableOf,
} from '../../language/korean.ts'

const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code))

test("a syllable's letters are those of Unicode's canonical decomposition", () => {
  fc.assert(
    fc.property(syllable, (character) => {
      const letters = syllableOf(character)
      const codes = [...character.normalize('NFD')].map((letter) => letter.codePointAt(0))
      assert.deepEqual(codes.slice(0, 2), [0x1100 + (letters?.lead ?? -1), 0x1161 + (letters?.vowel ?? -1)])
      assert.equal(codes[2] ?? 0x11a7, 0x11a7 + (letters?.tail ?? -1))
    }),
  )
})

test('a word in jamo has one letter for each of its canonical decomposition', () => {
  fc.assert(
    fc.property(fc.string({ unit: syllable, maxLength: 5 }), (word) => {
      const letters = [...jamoOf(word)]
      assert.equal(letters.length, [...word.normalize('NFD')].length)
      assert.ok(letters.every((letter) => /^[ㄱ-ㅣ]$/.test(letter)))
    }),
  )
  assert.equal(jamoOf('한글 값 A'), 'ㅎㅏㄴㄱㅡㄹ ㄱㅏㅄ A')
})

test('particles agree with the last sound', () => {
  assert.equal(attach('서울', '은', '는'), '서울은')
  assert.equal(attach('나무', '은', '는'), '나무는')
  assert.equal(attach('서울', '으로', '로'), '서울로')
  assert.equal(attach('부산', '으로', '로'), '부산으로')
  assert.equal(attach('2', '이', '가'), '2가')
  assert.equal(attach('3', '을', '를'), '3을')
  assert.ok(!agrees('서울', '는') && !agrees('나무', '이') && !agrees('서울', '으로'))
  assert.equal(endingOf('Seoul'), 'unknown')
})

test('every inflection is stem and agreeing particle, longest particle first', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: syllable, minLength: 1, maxLength: 3 }),
      fc.constantFrom(...particles),
      (stem, particle) => {
        const found = inflectionsOf(stem + particle)
        assert.equal(
          found.some((it) => it.stem === stem && it.particle === particle),
          agrees(stem, particle),
        )
        assert.ok(found.every((it) => it.stem + it.particle === stem + particle && it.stem !== ''))
        assert.deepEqual(
          found.map((it) => it.particle.length),
          found.map((it) => it.particle.length).sort((a, b) => b - a),
        )
      },
    ),
  )
})

test('a particle is taken from an anchor where the title shows the stem', () => {
  assert.equal(stripParticle('서울은', '서울특별시'), '서울')
  assert.equal(stripParticle('서울에서는', '서울'), '서울')
  assert.equal(stripParticle('수성이', '수성 (행성)'), '수성')
  assert.equal(stripParticle('인공 지능의', '인공지능'), '인공 지능')
  assert.equal(stripParticle('NASA의', 'NASA'), 'NASA')
  assert.deepEqual(stemTowards('도서관으로', '도서관'), { stem: '도서관', particle: '으로' })
})

test('a surface keeps its end where that is no particle', () => {
  assert.equal(stripParticle('고양이', '고양이'), '고양이')
  assert.equal(stripParticle('조선의', '조선의 왕'), '조선의')
  assert.equal(stripParticle('이는', '이순신'), '이는')
  assert.equal(stripParticle('서울는', '서울'), '서울는')
  assert.equal(stripParticle('수도는', '서울'), '수도는')
  assert.equal(stripParticle('', '서울'), '')
})

test('link texts of real prose lose particles, compound particles, the copula and the plural', () => {
  const cases: readonly (readonly [surface: string, title: string, name: string])[] = [
    ['대한민국에서의', '대한민국', '대한민국'],
    ['독일로부터', '독일', '독일'],
    ['프랑스에게로', '프랑스', '프랑스'],
    ['조선으로서는', '조선', '조선'],
    ['영국과의', '영국', '영국'],
    ['러시아와의', '러시아', '러시아'],
    ['서울까지도', '서울특별시', '서울'],
    ['물리학자이자', '물리학자', '물리학자'],
    ['수도이며', '수도', '수도'],
    ['화학자였던', '화학자', '화학자'],
    ['식물이었으며', '식물', '식물'],
    ['소설가인', '소설가', '소설가'],
    ['유대인들은', '유대인', '유대인'],
    ['과학자들에게', '과학자', '과학자'],
    ['고양이라는', '고양이', '고양이'],
    ['인간만의', '인간', '인간'],
    ['나폴레옹처럼', '나폴레옹 보나파르트', '나폴레옹'],
    ['태양보다도', '태양', '태양'],
    ['한국인뿐만', '한국인', '한국인'],
    ['이순신께서는', '이순신', '이순신'],
    ['베토벤이야말로', '루트비히 판 베토벤', '베토벤이야말로'],
  ]
  for (const [surface, title, name] of cases) assert.equal(stripParticle(surface, title), name, surface)
})
