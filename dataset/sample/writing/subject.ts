import { outworn } from '../facts/outworn.ts'

/** One thing that the sample writes about, with its names in both wikis. */
export interface Subject {
  /** English title in small letters: names the subject wherever an unchanging name is needed. */
  readonly key: string
  readonly domain: string
  readonly ko: string
  readonly en: string
  /** The English name inside a sentence: `algorithm`, `Seoul`, `the Netherlands`. */
  readonly enWord: string
  readonly common: boolean
  /** Takes no article: water, physics, Seoul. */
  readonly mass: boolean
  /** Redirects that links also use as their surface. */
  readonly koAliases: readonly string[]
  readonly enAliases: readonly string[]
  /** Redirects that no sentence uses. */
  readonly koRedirects: readonly string[]
  readonly enRedirects: readonly string[]
}

export interface Names {
  readonly ko: string
  /** Notation: `~water` is uncountable, `the Netherlands` keeps its article in sentences, `mercury=Mercury (element)`
   *  gives word and title apart; a small first letter means a common noun. */
  readonly en: string
  readonly koAliases?: readonly string[]
  readonly enAliases?: readonly string[]
  readonly koRedirects?: readonly string[]
  readonly enRedirects?: readonly string[]
}

export function subjectOf(domain: string, names: Names): Subject {
  const uncountable = names.en.startsWith('~')
  const [word = '', title] = names.en.replace(/^~/, '').split('=')
  const bare = word.replace(/^the /, '')
  const common = /^[a-z]/.test(bare)
  return {
    key: (title ?? bare).toLowerCase(),
    domain,
    ko: names.ko,
    en: title ?? capital(bare),
    enWord: word,
    common,
    mass: uncountable || !common,
    koAliases: (names.koAliases ?? []).filter((name) => !outworn.has(name)),
    enAliases: (names.enAliases ?? []).filter((name) => !outworn.has(name)),
    koRedirects: [...(names.koAliases ?? []).filter((name) => outworn.has(name)), ...(names.koRedirects ?? [])],
    enRedirects: [...(names.enAliases ?? []).filter((name) => outworn.has(name)), ...(names.enRedirects ?? [])],
  }
}

/** `수성 (행성)` is shown as `수성`. */
export function shown(title: string): string {
  return title.replace(/ \([^)]*\)$/, '')
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** Finds a subject by its English name (any case of the first letter), with or without its qualifier. */
export class SubjectIndex {
  private readonly byName = new Map<string, Subject>()
  readonly missing = new Set<string>()

  constructor(subjects: readonly Subject[]) {
    for (const subject of subjects) {
      for (const name of [subject.key, subject.en]) this.byName.set(name.toLowerCase(), subject)
    }
    for (const subject of subjects) {
      for (const name of [shown(subject.en), subject.enWord, ...subject.enAliases].map((each) => each.toLowerCase()))
        if (!this.byName.has(name)) this.byName.set(name, subject)
    }
  }

  find(name: string): Subject | undefined {
    return this.byName.get(name.toLowerCase().trim())
  }

  /** Known subjects among the names; unknown ones are remembered in `missing`, where the build reports them. */
  all(names: readonly string[]): Subject[] {
    return names.flatMap((name) => {
      const subject = this.find(name)
      if (!subject) this.missing.add(name)
      return subject ? [subject] : []
    })
  }
}
