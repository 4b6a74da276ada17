/**
 * How alike two names sound, vowels included: what parts 네이스미스 and Naismith from 연구소 and Unix, which have consonants in
 * common. A name is a row of signs: consonant classes as in skeleton.ts, and between them vowels, each a set of the Latin
 * letters that it may be written with (외래어 표기법, tables 1 to 19, and 국어의 로마자 표기법 for Korean names in Latin letters).
 */
import { syllableOf } from './korean.ts'
import { classesOfLead, classesOfTail, latinClasses } from './skeleton.ts'
import { words } from './tokens.ts'

/** A consonant class, or a set of vowel letters as bits. */
export type Sound = string | number

const vowelLetters = 'aeiouyw'
/** ㅡ: the vowel that Korean puts between consonants; it may stand for anything or nothing. */
const filler = 0
/**
 * Of a vowel that need not be written in both: a silent e (league, Charles), the end of a diphthong (아일랜드, 네이선), or what Korean
 * writes behind the last sound of church and Bush.
 */
const mayBeSilent = 1 << vowelLetters.length
/** ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ. */
const hangulVowels: readonly number[] = 'aou ae a ae eoua ea eou e ou aow aeo oe o uow oeuw eu iuwe ueo - uie iey'
  .split(' ')
  .map(lettersOf)
/** Numbers of ㅏㅐㅓㅜㅠㅣ among the vowels, and of ㅇ among the tails. */
const [a, ae, eo, u, yu, i] = [0, 1, 4, 13, 17, 20]
const ng = 21
/** French nasals: 앙리 is Henri, 로댕 Rodin. */
const nasals: ReadonlyMap<number, number> = new Map([
  [a, lettersOf('e')],
  [ae, lettersOf('i')],
])
const [vowelsBehindSibilants, endsOfDiphthongs] = [
  [yu, i],
  [eo, u, i],
]
/** ㅓ at the end of a name: no Latin vowel there is heard like it, but for the eo of Korean names, and one before r (알렉산더). */
const lastEo = lettersOf('o')

function lettersOf(letters: string): number {
  return [...letters].reduce((set, letter) => set | (letter === '-' ? filler : 1 << vowelLetters.indexOf(letter)), 0)
}

/** The signs of a name in Hangul or Latin letters, words run together; other letters have none. */
export function soundsOf(name: string): Sound[] {
  const sounds: Sound[] = []
  const add = (sound: Sound) => {
    // Doubled consonants are one, as in the skeleton.
    if (typeof sound === 'number' || sounds.at(-1) !== sound) sounds.push(sound)
  }
  for (const word of words(name)) {
    const characters = [...word]
    for (const [at, character] of characters.entries()) {
      const syllable = syllableOf(character)
      if (!syllable) continue
      const { lead, vowel, tail } = syllable
      const before = classesOfLead(lead)
      for (const sign of before) add(sign)
      const last = sounds.at(-1)
      const isEnd = before === '' && typeof last === 'number' && last !== filler && endsOfDiphthongs.includes(vowel)
      // 아이 is i, y, ei or ai: 아일랜드, 타일러, 슈타인.
      if (isEnd && last === hangulVowels[a] && vowel === i) sounds[sounds.length - 1] = last | lettersOf('iey')
      const isBehindSibilant = /[SJ]/.test(before) && vowelsBehindSibilants.includes(vowel)
      const isLastEo = vowel === eo && tail === 0 && at === characters.length - 1
      const letters = isLastEo ? lastEo : (hangulVowels[vowel] ?? filler) | (tail === ng ? (nasals.get(vowel) ?? 0) : 0)
      add(letters | (isEnd || isBehindSibilant ? mayBeSilent : 0))
      for (const sign of classesOfTail(tail)) add(sign)
    }
    for (const { letters, classes } of latinSounds(word.normalize('NFD').replace(/[^a-zß]/gu, ''))) {
      for (const sign of classes) add(sign)
      if (letters !== '') add(lettersOf(letters) | (/^u?e$/.test(letters) ? mayBeSilent : 0))
    }
    const beforeLast = sounds.at(-2)
    if (word.endsWith('r') && typeof beforeLast === 'number') sounds[sounds.length - 2] = beforeLast | lastEo
  }
  return sounds
}

interface LatinSound {
  readonly letters: string
  readonly classes: string
}

/** The sounds of a Latin word: consonant classes, or neighbouring vowels together; a y or w before a vowel begins anew (Nagoya). */
function latinSounds(word: string): LatinSound[] {
  const sounds: LatinSound[] = []
  let group = ''
  const endGroup = () => {
    for (const letters of group.split(/(?<=[aeiou])(?=[yw][aeiou])/)) sounds.push({ letters, classes: '' })
    group = ''
  }
  for (const { written, classes } of latinClasses(word)) {
    if (classes !== '') {
      endGroup()
      sounds.push({ letters: '', classes })
    } else if ([...written].every((letter) => vowelLetters.includes(letter))) group += written
  }
  endGroup()
  return sounds
}

/** What it costs to take one vowel for another, where leaving out a consonant costs 1. */
const vowelCost = 0.75
/** The same at the end of both names, which is heard best. */
const lastVowelCost = 1
/** To leave out a vowel that may be silent, or that the other name writes in one group with its neighbour. */
const silentCost = 0.25
/** To leave out any other: Korean adds none but ㅡ, and leaves none out (산다 is not Saint, 템플 not Templo). */
const lostVowelCost = 1

/** 1 − cost ⁄ cost of leaving all signs out of the name that has more; 0 to 1. */
export function soundLikeness(a: readonly Sound[], b: readonly Sound[]): number {
  const weight = Math.max(weightOf(a), weightOf(b))
  if (weight === 0) return 0
  let row = [0]
  for (const [j, sound] of b.entries()) row.push((row[j] ?? 0) + missing(sound, undefined, a[0]))
  for (const [i, left] of a.entries()) {
    const next = [(row[0] ?? 0) + missing(left, undefined, b[0])]
    for (const [j, right] of b.entries()) {
      const areLast = i === a.length - 1 && j === b.length - 1
      const change = (row[j] ?? 0) + changed(left, right, areLast)
      const withoutLeft = (row[j + 1] ?? 0) + missing(left, right, b[j + 1])
      const withoutRight = (next[j] ?? 0) + missing(right, left, a[i + 1])
      next.push(Math.min(change, withoutLeft, withoutRight))
    }
    row = next
  }
  return Math.max(0, 1 - (row.at(-1) ?? 0) / weight)
}

function weightOf(sounds: readonly Sound[]): number {
  return sounds.reduce(
    (sum: number, sound) => sum + (typeof sound === 'string' ? 1 : sound === filler ? 0 : vowelCost),
    0,
  )
}

/** @param before, after signs of the other name between which this one is missing */
function missing(sound: Sound, before: Sound | undefined, after: Sound | undefined): number {
  if (typeof sound === 'string') return 1
  if (sound === filler) return 0
  const isInGroup = [before, after].some((beside) => typeof beside === 'number' && sharesLetter(sound, beside))
  return isInGroup || (sound & mayBeSilent) !== 0 ? silentCost : lostVowelCost
}

function changed(a: Sound, b: Sound, areLast: boolean): number {
  if (typeof a === 'string' || typeof b === 'string') return a === b ? 0 : 1
  if (a === filler || b === filler) return 0
  if (sharesLetter(a, b)) return 0
  return areLast ? lastVowelCost : vowelCost
}

function sharesLetter(a: number, b: number): boolean {
  return (a & b & ~mayBeSilent) !== 0
}
