import { pick, share } from './chance.ts'
import { isParticle, particleFor } from './particle.ts'
import { capital, type Subject, type SubjectIndex, shown } from './subject.ts'

export type Value = string | number | Subject | readonly Subject[]
export type Values = Readonly<Record<string, Value>>

/** `{name}` or `{name:modifier}`; the braces of templates stay as they are. */
const slot = /(?<!\{)\{([^{}|:\n]+)(?::([^{}|\n]+))?\}(?!\})/g

/** Writes sentences of one article in both languages from patterns with slots.
 *  Korean modifiers are particles (`{s:은}`); English ones are `a`, `A`, `^` (capital), `s`, `S` (plural).
 *  A slot that no value fills names another subject: `{Seoul:은}`. */
export class Prose {
  private serial = 0
  private readonly linked = new Set<string>()
  private readonly subject: Subject
  private readonly index: SubjectIndex

  constructor(subject: Subject, index: SubjectIndex) {
    this.subject = subject
    this.index = index
  }

  pick<T>(slotName: string, choices: readonly T[]): T {
    return pick(`${this.subject.key}#${slotName}`, choices)
  }

  ko(pattern: string, values: Values = {}): string {
    const sentence = pattern.replace(slot, (whole, name: string, modifier: string | undefined) => {
      if (name === 's') return this.selfKo(modifier)
      const value = values[name] ?? this.index.all([name])[0]
      if (value === undefined) return whole
      if (modifier !== undefined && !isParticle(modifier)) throw new Error(`no particle ${modifier} in ${pattern}`)
      if (typeof value === 'number') return withParticle(grouped(value), modifier)
      if (typeof value === 'string') return withParticle(value, modifier)
      if (isList(value)) return this.listKo(value, modifier)
      return this.linkKo(value, modifier)
    })
    return sentence.replace(/(?<![\d,.])1번째/g, '첫 번째')
  }

  en(pattern: string, values: Values = {}): string {
    return pattern.replace(slot, (whole, name: string, modifier: string | undefined) => {
      if (name === 's') return inflected(this.subject.enWord, this.subject.mass, modifier)
      const value = values[name] ?? this.index.all([name])[0]
      if (value === undefined) return whole
      if (typeof value === 'number') return grouped(value)
      if (typeof value === 'string') return inflected(value, false, modifier)
      if (isList(value)) return this.listEn(value, modifier)
      return this.linkEn(value, modifier)
    })
  }

  private selfKo(particle: string | undefined): string {
    return withParticle(shown(this.subject.ko), particle)
  }

  private listKo(subjects: readonly Subject[], particle: string | undefined): string {
    const links = subjects.map((subject, at) => this.linkKo(subject, at === subjects.length - 1 ? particle : undefined))
    return links.join(', ')
  }

  private listEn(subjects: readonly Subject[], modifier: string | undefined): string {
    const links = subjects.map((subject, at) =>
      this.linkEn(subject, at === 0 || modifier === 's' ? modifier : undefined),
    )
    return enumeration(links)
  }

  /** A link whose surface is the title, an alias, or (seldom) the word with its particle inside the brackets. */
  linkKo(subject: Subject, particle?: string): string {
    if (subject === this.subject) return this.selfKo(particle)
    const seed = `${this.subject.key}>${subject.key}#ko${this.serial++}`
    const aliased = subject.koAliases.length > 0 && share(`${seed}a`) < 0.32
    const surface = shown(aliased ? pick(`${seed}b`, subject.koAliases) : subject.ko)
    if (this.seen(`ko${subject.key}`) && share(`${seed}p`) < 0.5) return withParticle(surface, particle)
    if (particle !== undefined && share(`${seed}i`) < 0.05)
      return `[[${subject.ko}|${withParticle(surface, particle)}]]`
    return withParticle(surface === subject.ko ? `[[${surface}]]` : `[[${subject.ko}|${surface}]]`, particle)
  }

  linkEn(subject: Subject, modifier?: string): string {
    if (subject === this.subject) return inflected(subject.enWord, subject.mass, modifier)
    const seed = `${this.subject.key}>${subject.key}#en${this.serial++}`
    const aliased = subject.enAliases.length > 0 && modifier !== 's' && modifier !== 'S' && share(`${seed}a`) < 0.45
    const word = aliased ? pick(`${seed}b`, subject.enAliases) : subject.enWord
    if (this.seen(`en${subject.key}`) && share(`${seed}p`) < 0.5) return inflected(word, subject.mass, modifier)
    const the = /^the /.test(word) ? 'the ' : ''
    const bare = word.slice(the.length)
    const target = subject.en
    const linkOf = (surface: string) =>
      surface === target || capital(surface) === target ? `[[${surface}]]` : `[[${target}|${surface}]]`
    if (modifier === 's' || modifier === 'S') {
      const start = modifier === 'S' ? capital(bare) : bare
      const many = subject.mass ? start : plural(start)
      if (many.startsWith(start) && capital(start) === target) return `${the}[[${start}]]${many.slice(start.length)}`
      return `${the}[[${target}|${many}]]`
    }
    const article = subject.mass ? '' : `${indefinite(bare)} `
    if (modifier === 'a') return `${the}${article}${linkOf(bare)}`
    if (modifier === 'A') return the || article ? `${capital(the || article)}${linkOf(bare)}` : linkOf(capital(bare))
    if (modifier === '^') return the ? `The ${linkOf(bare)}` : linkOf(capital(bare))
    return `${the}${linkOf(bare)}`
  }

  private seen(name: string): boolean {
    if (this.linked.has(name)) return true
    this.linked.add(name)
    return false
  }
}

function isList(value: Subject | readonly Subject[]): value is readonly Subject[] {
  return Array.isArray(value)
}

export function withParticle(text: string, particle: string | undefined): string {
  return particle === undefined ? text : text + particleFor(text, particle)
}

/** a, b and c */
function enumeration(words: readonly string[]): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** 12345.6 → 12,345.6 */
export function grouped(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

function indefinite(word: string): 'a' | 'an' {
  if (/^(?:uni|use|eu|one|ur[aeiou])/i.test(word)) return 'a'
  if (/^(?:hour|honest|heir)/i.test(word)) return 'an'
  return /^[aeiou]/i.test(word) ? 'an' : 'a'
}

const irregular: Readonly<Record<string, string>> = {
  man: 'men',
  woman: 'women',
  child: 'children',
  foot: 'feet',
  tooth: 'teeth',
  mouse: 'mice',
  goose: 'geese',
  ox: 'oxen',
  sheep: 'sheep',
  deer: 'deer',
  fish: 'fish',
  salmon: 'salmon',
  trout: 'trout',
  cod: 'cod',
  squid: 'squid',
  bison: 'bison',
  wolf: 'wolves',
  leaf: 'leaves',
  knife: 'knives',
  scarf: 'scarves',
  matrix: 'matrices',
  series: 'series',
  tomato: 'tomatoes',
  potato: 'potatoes',
  mosquito: 'mosquitoes',
}

function plural(word: string): string {
  const last = word.split(/[ -]/).at(-1) ?? word
  const special = irregular[last]
  if (special) return word.slice(0, word.length - last.length) + special
  if (/(?:s|x|z|ch|sh)$/.test(word)) return `${word}es`
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return `${word}s`
}

function inflected(word: string, mass: boolean, modifier: string | undefined): string {
  switch (modifier) {
    case undefined:
      return word
    case '^':
      return capital(word)
    case 'a':
      return mass ? word : `${indefinite(word)} ${word}`
    case 'A':
      return mass ? capital(word) : `${capital(indefinite(word))} ${word}`
    case 's':
      return mass ? word : plural(word)
    case 'S':
      return capital(mass ? word : plural(word))
    default:
      throw new Error(`no such English modifier: ${modifier}`)
  }
}
