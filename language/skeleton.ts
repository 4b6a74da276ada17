/**
 * The consonant skeleton of a name: what is left of Berlin and 베를린 when vowels, voicing and doubling are dropped. The
 * baseline that a learned model has to beat on names. Classes follow the Korean rules for foreign words (외래어 표기법):
 * one Korean letter stands for b and v, for p and f, for l and r.
 */
import { syllableOf } from './korean.ts'
import { words } from './tokens.ts'

/** Leads ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ; the silent ㅇ is nothing. */
const leadClasses = [...'KKNTTLMPPSS_JJJKTPH']
/** ㅇ. */
const silentLead = 11
/** Tails in Unicode's order; ㅅ in a loan word's tail stands for t (로봇), ㅇ for ng. */
const tailClasses = [...'_KKKNNNTLLLLLLLLMPPTTNTTKTPH']
/** Latin spellings and their classes; the first that matches counts. Vowels, y, w and a silent h match none. */
const latinRules: readonly (readonly [pattern: RegExp, classes: string])[] = [
  [/^(?:tch|tsch|sch(?=[aeiou])|ch|cz)/, 'J'],
  [/^sch/, 'S'],
  [/^(?:sh|sz)/, 'S'],
  [/^(?:ph|bh)/, 'P'],
  [/^th/, 'S'],
  [/^gh(?![aeiou])/, ''],
  [/^(?:kh|gh|ck|qu?)/, 'K'],
  [/^(?:dg|dj|zh)/, 'J'],
  [/^ts/, 'J'],
  [/^ng(?![aeiou])/, 'N'],
  [/^c(?=[eiy])/, 'S'],
  // g is hard before e, i and y more often than not (Gehry, Gilbert, Gyeongju); soft in Giovanni, Ginger, George and Burgess.
  [/^g(?=i[aou])/, 'J'],
  [/^ng(?=e)/, 'NJ'],
  [/^rg(?=es?$)/, 'LJ'],
  [/^x/, 'KS'],
  [/^[ckg]/, 'K'],
  [/^[td]/, 'T'],
  [/^[bpfv]/, 'P'],
  [/^[sß]/, 'S'],
  [/^[jz]/, 'J'],
  [/^[lr]/, 'L'],
  [/^m/, 'M'],
  [/^n/, 'N'],
  [/^h(?=[aeiou])/, 'H'],
]

/** `Albert Einstein` → `LPLT NSTN`: one skeleton a word, words without consonants left out. */
export function skeletonOf(name: string): string[] {
  return words(name)
    .map((word) => collapseRuns(skeletonOfWord(word)))
    .filter((skeleton) => skeleton !== '')
}

/** Skeleton words with their n-grams of 2 to `longest` signs (`^` and `$` mark the ends): tokens for BM25. */
export function skeletonTokens(name: string, longest = 2): string[] {
  return skeletonOf(name).flatMap((skeleton) => {
    const marked = `^${skeleton}$`
    const grams: string[] = [marked]
    for (let length = 2; length <= longest; length++)
      for (let at = 0; at + length <= marked.length; at++) grams.push(marked.slice(at, at + length))
    return grams
  })
}

/** The class of a consonant by its index in Unicode's order; empty for the silent ㅇ, and where there is no tail. */
export function classesOfLead(lead: number): string {
  return (leadClasses[lead] ?? '').replace('_', '')
}

export function classesOfTail(tail: number): string {
  return (tailClasses[tail] ?? '').replace('_', '')
}

function skeletonOfWord(word: string): string {
  let classes = ''
  for (const character of word) {
    const syllable = syllableOf(character)
    if (!syllable) continue
    classes += classesOfLead(syllable.lead) + classesOfTail(syllable.tail)
  }
  return classes + latinSkeleton(word.normalize('NFD').replace(/[^a-zß]/gu, ''))
}

function latinSkeleton(word: string): string {
  let classes = ''
  for (const piece of latinClasses(word)) classes += piece.classes
  return classes
}

/** The letters of a Latin word in lower case, one sound at a time: those that have no class are vowels, or silent. */
export function* latinClasses(word: string): Iterable<{ readonly written: string; readonly classes: string }> {
  for (let rest = word; rest !== ''; ) {
    const rule = latinRules.find(([pattern]) => pattern.test(rest))
    const written = rule?.[0].exec(rest)?.[0] ?? rest.slice(0, 1)
    yield { written, classes: rule?.[1] ?? '' }
    rest = rest.slice(written.length)
  }
}

function collapseRuns(classes: string): string {
  return classes.replace(/(.)\1+/g, '$1')
}

/** Spellings that have two sounds, the one that is not in the table as it would be spelled by itself. */
const otherSpellings: readonly (readonly [written: RegExp, read: string])[] = [
  [/th/giu, 't'],
  [/(?<!n)g(?=[eiy])/giu, 'j'],
  [/ch/giu, 'k'],
]

/**
 * How a name in Latin letters may be read otherwise, as it would then be spelled: Tomas for Thomas (토머스, but 스미스), Jene for
 * Gene (진, but 길버트), Kristina for Christina (크리스티나, but 찰스). Nothing where there is no such spelling in it.
 */
export function otherReadings(name: string): string[] {
  return otherSpellings.map(([written, read]) => name.replace(written, read)).filter((reading) => reading !== name)
}

/** Whether a name begins with a vowel, of which the skeleton says nothing: 아메리카 and America do, 물기 does not. */
export function startsWithVowel(name: string): boolean {
  const first = name.normalize('NFC')[0] ?? ''
  const syllable = syllableOf(first)
  return syllable ? syllable.lead === silentLead : /[aeiou]/.test(first.toLowerCase().normalize('NFD'))
}

/**
 * How alike two skeletons are, 0 to 1: 1 − edits ⁄ signs of the longer. 0 at once where their lengths or their first signs
 * differ so that they could not be alike, which spares nearly every comparison.
 */
export function likenessOf(a: string, b: string): number {
  const longer = Math.max(a.length, b.length)
  if (longer === 0 || a[0] !== b[0] || Math.abs(a.length - b.length) > longer / 3) return 0
  return 1 - editsBetween(a, b) / longer
}

/** Insertions, deletions and replacements that make one of the other (Levenshtein 1966). */
export function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}
