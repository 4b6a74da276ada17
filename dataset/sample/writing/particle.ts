/** Korean particles by the sound of the last visible character: 은/는, 이/가, 을/를, 과/와, 으로/로 and so on. */
const pairs: Readonly<Record<string, readonly [afterConsonant: string, afterVowel: string]>> = {
  은: ['은', '는'],
  이: ['이', '가'],
  을: ['을', '를'],
  과: ['과', '와'],
  으로: ['으로', '로'],
  이나: ['이나', '나'],
  이라: ['이라', '라'],
}

/** Particles that look the same after every sound. */
const fixed: ReadonlySet<string> = new Set([
  '이다',
  '이며',
  '의',
  '에',
  '에서',
  '에게',
  '에도',
  '도',
  '만',
  '까지',
  '부터',
])

type Ending = 'vowel' | 'rieul' | 'consonant'

export function isParticle(name: string): boolean {
  return name in pairs || fixed.has(name)
}

/** `particleFor('서울', '은')` is `은`; `particleFor('서울', '으로')` is `로`, for ㄹ counts as a vowel there. */
export function particleFor(text: string, particle: string): string {
  if (fixed.has(particle)) return particle
  const pair = pairs[particle]
  if (!pair) throw new Error(`no such particle: ${particle}`)
  const ending = endingOf(visibleText(text))
  const closed = particle === '으로' ? ending === 'consonant' : ending !== 'vowel'
  return closed ? pair[0] : pair[1]
}

function visibleText(wikitext: string): string {
  return wikitext
    .replace(/<[^>]*>/g, '')
    .replace(/\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]/g, '$1')
    .replace(/\{\{(?:[^{}|]*\|)*([^{}|]*)\}\}/g, '$1')
    .replace(/'{2,}/g, '')
    .replace(/\s*\([^)]*\)\s*$/, '')
    .replace(/[》」』’”"'.\s]+$/, '')
}

const digitEndings: Readonly<Record<string, Ending>> = {
  0: 'consonant',
  1: 'rieul',
  2: 'vowel',
  3: 'consonant',
  4: 'vowel',
  5: 'vowel',
  6: 'consonant',
  7: 'rieul',
  8: 'rieul',
  9: 'vowel',
}

function endingOf(text: string): Ending {
  const last = text.at(-1) ?? ''
  const code = last.charCodeAt(0)
  if (code >= 0xac00 && code <= 0xd7a3) {
    const final = (code - 0xac00) % 28
    if (final === 0) return 'vowel'
    return final === 8 ? 'rieul' : 'consonant'
  }
  const digit = digitEndings[last]
  if (digit) return digit
  if (/(?:^|[\d\s])(?:k|m)?g$/.test(text)) return 'consonant'
  if (/(?:^|[\d\s])(?:k|c|m)?m$/.test(text)) return 'vowel'
  const letters = /[A-Za-z]+$/.exec(text)?.[0] ?? ''
  if (letters === letters.toUpperCase() && letters !== '') {
    if (/[LR]$/.test(letters)) return 'rieul'
    return /[MN]$/.test(letters) ? 'consonant' : 'vowel'
  }
  if (/l$/.test(letters)) return 'rieul'
  return /(?:m|n|ng|ck|ct|pt|[^aeiou][ao]p)$/.test(letters) ? 'consonant' : 'vowel'
}
