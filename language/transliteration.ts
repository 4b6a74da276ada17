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
/** ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ. */
const hangulVowels: readonly number[] = 'aou ae a ae eoua ea eou e oau aow aeo oe o uow oeuw eu iuwe ueo - uie iey'
  .split(' ')
  .map(lettersOf)

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
    for (const character of word) {
      const syllable = syllableOf(character)
      if (!syllable) continue
      for (const sign of classesOfLead(syllable.lead)) add(sign)
      add(hangulVowels[syllable.vowel] ?? filler)
      for (const sign of classesOfTail(syllable.tail)) add(sign)
    }
    for (const piece of latinClasses(word.normalize('NFD').replace(/[^a-zß]/gu, ''))) {
      const isVowel = [...piece.written].every((letter) => vowelLetters.includes(letter)) && piece.classes === ''
      if (!isVowel) for (const sign of piece.classes) add(sign)
      else {
        const before = sounds.at(-1)
        if (typeof before === 'number') sounds[sounds.length - 1] = before | lettersOf(piece.written)
        else sounds.push(lettersOf(piece.written))
      }
    }
  }
  return sounds
}

/** What it costs to take one sign for another, or to leave one out; a consonant counts as one. */
const vowelCost = 0.5
/** A silent e, or a vowel between syllables that Latin letters write as one group. */
const missingVowelCost = 0.25

/** 1 − cost ⁄ cost of leaving all signs out of the name that has more; 0 to 1. */
export function soundLikeness(a: readonly Sound[], b: readonly Sound[]): number {
  const weight = Math.max(weightOf(a), weightOf(b))
  if (weight === 0) return 0
  let row = [0]
  for (const sound of b) row.push((row.at(-1) ?? 0) + missing(sound))
  for (const left of a) {
    const next = [(row[0] ?? 0) + missing(left)]
    for (const [j, right] of b.entries()) {
      const change = (row[j] ?? 0) + changed(left, right)
      next.push(Math.min(change, (row[j + 1] ?? 0) + missing(left), (next[j] ?? 0) + missing(right)))
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

function missing(sound: Sound): number {
  return typeof sound === 'string' ? 1 : sound === filler ? 0 : missingVowelCost
}

function changed(a: Sound, b: Sound): number {
  if (typeof a === 'string' || typeof b === 'string') return a === b ? 0 : 1
  return a === filler || b === filler || (a & b) !== 0 ? 0 : vowelCost
}
