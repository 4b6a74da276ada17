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

/** 은 follows consonants; with what may follow it, and forms of the copula 이다 that need a consonant before them. */
const afterConsonant =
  '은 이 을 과 이나 이랑 이란 이라 이라도 과의 과는 과도 과만 은커녕 이야 이야말로 이나마 이든 이든지 이든가 이며 이면 이니 이요 아'.split(
    ' ',
  )
const afterVowel = (
  '는 가 를 와 랑 란 라 라는 라고 라도 와의 와는 와도 와만 는커녕 야 야말로 나 나마 든 든지 든가 며 면 니 요 여 였다 였던 였으며 였고 ' +
  '였으나'
).split(' ')
/** 으로 follows consonants but ㄹ, 로 follows vowels and ㄹ (서울로). */
const tailsOfRo = [
  '',
  '는',
  '도',
  '의',
  '서',
  '서의',
  '서는',
  '써',
  '써의',
  '부터',
  '부터의',
  '만',
  '까지',
  '나',
  '라도',
  '밖에',
]
const afterConsonantButRieul = tailsOfRo.map((tail) => `으로${tail}`)
const afterVowelOrRieul = tailsOfRo.map((tail) => `로${tail}`)
/** With the copula 이다, which follows vowels too (수도이다). */
const afterAnything = (
  '의 에 에는 에도 에만 에의 에서 에서는 에서도 에서의 에서만 에서부터 에서부터의 에선 에게 에게는 에게도 에게로 에게서 에게서는 에까지 ' +
  '도 도의 만 만의 만은 만이 만을 만으로 까지 까지의 까지는 까지도 까지만 부터 부터의 부터는 처럼 처럼은 같은 같이 보다 보다는 보다도 ' +
  '마다 마다의 마저 조차 조차도 밖에 밖에는 뿐 뿐만 뿐이다 대로 만큼 만큼의 만큼은 커녕 하고 께 께서 께서는 한테 한테는 한테서 더러 ' +
  '이다 이며 이자 이고 이었다 이었던 이었으며 이었고 이라는 이라고 이라면 이지만 이기도 이던 인 인데 임을 입니다 이에요 ' +
  '들 들은 들이 들을 들의 들과 들도 들만 들에 들에게 들에서 들로'
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

/** Particles that end no name, unlike 이 (고양이), 로나 (바르셀로나) or 은; with what may follow them. */
const sureParticle = /(?:에서|에게|으로|까지|부터|처럼|를)(?:의|는|도|만|서|써|부터|까지)?$/

/** Whether a word must end in a particle, whatever it means: 파리에서, 컴퓨터를. */
export function isSurelyInflected(word: string): boolean {
  const particle = sureParticle.exec(word)?.[0]
  return particle !== undefined && inflectionsOf(word).some((inflected) => inflected.particle === particle)
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
