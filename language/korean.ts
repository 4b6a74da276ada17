/** Hangul syllables, and the particles (josa) that follow a noun without a space and agree with its last sound. */
import { foldTitle, splitQualifier } from './title.ts'

/** Indices of a syllable's letters in Unicode's order: 19 leads, 21 vowels, 28 tails of which 0 is none. */
export interface Syllable {
  readonly lead: number
  readonly vowel: number
  readonly tail: number
}

/** A noun and the particle taken from its end. */
export interface Inflected {
  readonly stem: string
  readonly particle: string
}

/** How a word ends, as far as particles care: on a vowel, on ㄹ, on another consonant, or not told by its spelling. */
export type Ending = 'vowel' | 'rieul' | 'consonant' | 'unknown'

const firstSyllable = 0xac00
const lastSyllable = 0xd7a3
const rieulTail = 8
const leads = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ']
const vowels = [...'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ']
const tails = ['', ...'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ']
/** Digits are read 영 일 이 삼 사 오 육 칠 팔 구. */
const digitEndings: readonly Ending[] = [
  'consonant',
  'rieul',
  'vowel',
  'consonant',
  'vowel',
  'vowel',
  'consonant',
  'rieul',
  'rieul',
  'vowel',
]

const afterConsonant = '은 이 을 과 이나 이랑 이란 이라 이라도 과의 과는 과도'.split(' ')
const afterVowel = '는 가 를 와 랑 란 라 라는 라고 라도 와의 와는 와도 였다'.split(' ')
/** 으로 follows consonants but ㄹ, 로 follows vowels and ㄹ (서울로). */
const afterConsonantButRieul = '으로 으로는 으로도 으로의 으로서 으로써 으로부터'.split(' ')
const afterVowelOrRieul = '로 로는 로도 로의 로서 로써 로부터'.split(' ')
/** With the copula 이다, which follows vowels too (수도이다). */
const afterAnything = (
  '의 에 에는 에도 에만 에의 에서 에서는 에서도 에서의 에서만 에게 에게는 에게서 에까지 도 만 만의 만은 만이 만을 ' +
  '까지 까지의 까지는 부터 부터의 부터는 처럼 보다 보다는 마다 조차 밖에 께 께서 한테 뿐 ' +
  '이다 이며 이자 이고 이었다 이라는 이라고'
).split(' ')

const endingsOfParticle = new Map<string, readonly Ending[]>([
  ...afterConsonant.map((particle) => [particle, ['consonant', 'rieul', 'unknown']] as const),
  ...afterVowel.map((particle) => [particle, ['vowel', 'unknown']] as const),
  ...afterConsonantButRieul.map((particle) => [particle, ['consonant', 'unknown']] as const),
  ...afterVowelOrRieul.map((particle) => [particle, ['vowel', 'rieul', 'unknown']] as const),
  ...afterAnything.map((particle) => [particle, ['vowel', 'rieul', 'consonant', 'unknown']] as const),
])

/** Every particle known here, longest first, then by code point. */
export const particles: readonly string[] = [...endingsOfParticle.keys()].sort(
  (a, b) => b.length - a.length || (a < b ? -1 : 1),
)

const longestParticle = particles[0]?.length ?? 0

/** The letters of one precomposed syllable, or nothing for any other character. */
export function syllableOf(character: string): Syllable | undefined {
  const code = character.codePointAt(0) ?? 0
  if (code < firstSyllable || code > lastSyllable) return undefined
  const index = code - firstSyllable
  return { lead: Math.floor(index / 588), vowel: Math.floor((index % 588) / 28), tail: index % 28 }
}

/** 한글 → ㅎㅏㄴㄱㅡㄹ in compatibility jamo; other characters pass unchanged. */
export function jamoOf(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => {
    const syllable = syllableOf(character)
    return syllable ? `${leads[syllable.lead]}${vowels[syllable.vowel]}${tails[syllable.tail]}` : character
  }).join('')
}

/** What a particle after `word` must agree with; Latin letters are read too variously to tell. */
export function endingOf(word: string): Ending {
  const last = word.at(-1) ?? ''
  const syllable = syllableOf(last)
  if (syllable) return syllable.tail === 0 ? 'vowel' : syllable.tail === rieulTail ? 'rieul' : 'consonant'
  return /^[0-9]$/.test(last) ? (digitEndings[Number(last)] ?? 'unknown') : 'unknown'
}

/** Whether `particle` may follow `stem`: 서울은 but 나무는, 서울로 but 부산으로. */
export function agrees(stem: string, particle: string): boolean {
  return endingsOfParticle.get(particle)?.includes(endingOf(stem)) ?? false
}

/** The form of a particle pair that follows `word`, as in `attach('서울', '은', '는')` → 서울은. */
export function attach(word: string, ...forms: readonly [string, string, ...string[]]): string {
  return word + (forms.find((form) => agrees(word, form)) ?? forms[0])
}

/** Every way to part an agreeing particle from the word's end, longest particle first; the stem is never empty. */
export function inflectionsOf(word: string): readonly Inflected[] {
  const found: Inflected[] = []
  for (let length = Math.min(longestParticle, word.length - 1); length > 0; length--) {
    const particle = word.slice(-length)
    const stem = word.slice(0, -length)
    if (endingsOfParticle.has(particle) && agrees(stem, particle)) found.push({ stem, particle })
  }
  return found
}

/**
 * The stem of an anchor's surface, known through the title that it links to: 서울은 → 서울 for 서울특별시. A surface that is
 * or starts the title is whole already (고양이 does end in 이). One syllable proves nothing unless it is the title: 이는 is
 * no form of 이순신. Undefined when no particle can be shown.
 */
export function stemTowards(surface: string, title: string): Inflected | undefined {
  const target = foldTitle(splitQualifier(title).name)
  const folded = foldTitle(surface)
  if (folded === '' || target.startsWith(folded)) return undefined
  const inflections = inflectionsOf(surface.normalize('NFC').trim()).map((inflected) => ({
    inflected: { ...inflected, stem: inflected.stem.trimEnd() },
    key: foldTitle(inflected.stem),
  }))
  const exact = inflections.find(({ key }) => key === target)
  const start = inflections.find(({ key }) => key.length > 1 && target.startsWith(key))
  return (exact ?? start)?.inflected
}

/** The surface as a name of `title`: without its particle where one can be shown. */
export function stripParticle(surface: string, title: string): string {
  return stemTowards(surface, title)?.stem ?? surface
}
