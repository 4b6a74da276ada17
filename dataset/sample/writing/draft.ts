import { pick, share } from './chance.ts'
import { capital } from './subject.ts'

/** What a writer hands over; `wikitextOf` sets it as a page. */
export interface Draft {
  readonly infobox?: string
  readonly lead: readonly string[]
  readonly sections: readonly Section[]
  readonly categories: readonly string[]
  /** Short words for the file caption, may hold links. */
  readonly caption?: string
  /** A sentence that only a later edition of the page has. */
  readonly later: string
}

export interface Section {
  readonly heading: string
  /** Paragraphs, lists or tables, each without a trailing newline. */
  readonly blocks: readonly string[]
}

export interface Article {
  readonly ko: Draft
  readonly en: Draft
}

export interface Setting {
  readonly language: 'ko' | 'en'
  readonly key: string
  readonly title: string
  /** Old-style link to the other wiki, only where the page is to carry one. */
  readonly inlineLink?: string
  readonly edited: boolean
}

/** One page of wikitext: hatnote, infobox, picture, lead, sections, notes, categories; small habits vary by the key. */
export function wikitextOf(draft: Draft, setting: Setting): string {
  const { language, key } = setting
  const seed = `${key}@${language}`
  const notes = new Notes(seed, language)
  const parts: string[] = []
  if (share(`${seed}hat`) < 0.12) parts.push(hatnote(setting))
  if (draft.infobox) parts.push(draft.infobox)
  if (draft.caption && share(`${seed}pic`) < 0.55) parts.push(picture(draft.caption, setting))
  const lead = draft.lead.map((sentence, at) => (at === 1 ? notes.after(sentence) : sentence))
  if (setting.edited) lead.push(draft.later)
  parts.push(lead.join(' '))
  if (share(`${seed}com`) < 0.08) parts.push(`<!-- ${pick(seed, hiddenRemarks[language])} -->`)
  for (const section of draft.sections) {
    const blocks = section.blocks.map((block, at) => (at === 0 && isProse(block) ? notes.after(block) : block))
    parts.push(`\n== ${section.heading} ==\n${blocks.join('\n\n')}`)
  }
  if (notes.used) parts.push(language === 'ko' ? '\n== 각주 ==\n{{각주}}' : '\n== References ==\n{{reflist}}')
  if (share(`${seed}ext`) < 0.2) parts.push(externalLinks(setting))
  const tail: string[] = []
  if (share(`${seed}stub`) < 0.1) tail.push(language === 'ko' ? '{{토막글}}' : '{{stub}}')
  if (share(`${seed}auth`) < 0.15) tail.push(language === 'ko' ? '{{전거 통제}}' : '{{Authority control}}')
  if (share(`${seed}sort`) < 0.1)
    tail.push(language === 'ko' ? `{{기본정렬:${setting.title}}}` : `{{DEFAULTSORT:${setting.title}}}`)
  const category = language === 'ko' ? '분류' : 'Category'
  tail.push(...draft.categories.map((name) => `[[${category}:${name}]]`))
  if (setting.inlineLink) tail.push(setting.inlineLink)
  return `${parts.join('\n')}\n\n${tail.join('\n')}`
}

function isProse(block: string): boolean {
  return !/^[*#:;{|=[<]/.test(block)
}

/** References of one page: the first use names the note, later ones only point at it. */
class Notes {
  used = false
  private named = false
  private readonly seed: string
  private readonly language: 'ko' | 'en'

  constructor(seed: string, language: 'ko' | 'en') {
    this.seed = seed
    this.language = language
  }

  after(sentence: string): string {
    const chance = share(`${this.seed}ref${sentence}`)
    if (chance > 0.45) return sentence
    this.used = true
    if (this.named && chance < 0.2) return `${sentence}<ref name="${this.name()}" />`
    if (!this.named && chance < 0.3) {
      this.named = true
      return `${sentence}<ref name="${this.name()}">${this.citation()}</ref>`
    }
    return `${sentence}<ref>${this.citation()}</ref>`
  }

  private name(): string {
    return this.language === 'ko' ? '사실표' : 'tables'
  }

  private citation(): string {
    const page = 1 + Math.floor(share(`${this.seed}page`) * 300)
    return this.language === 'ko'
      ? pick(`${this.seed}cite`, [
          `{{서적 인용|제목=표본 사실표|쪽=${page}|연도=2026}}`,
          `{{웹 인용|url=https://example.org/facts/${page}|제목=표본 사실표|확인날짜=2026-08-01}}`,
          `《표본 사실표》 ${page}쪽.`,
        ])
      : pick(`${this.seed}cite`, [
          `{{cite book |title=Tables of the sample |page=${page} |year=2026}}`,
          `{{cite web |url=https://example.org/facts/${page} |title=Tables of the sample |access-date=1 August 2026}}`,
          `''Tables of the sample'', p. ${page}.`,
        ])
  }
}

const hiddenRemarks = {
  ko: [
    '이 문단을 고치기 전에 토론 문서를 확인해 주세요',
    '수치는 사실표에서 옮김',
    '[[보이지 않는 링크]]와 {{보이지 않는 틀}}',
  ],
  en: [
    'please check the talk page before changing this',
    'figures from the tables',
    '[[hidden link]] and {{hidden template}}',
  ],
}

function hatnote(setting: Setting): string {
  return setting.language === 'ko'
    ? pick(`${setting.key}hat`, ['{{다른 뜻}}', `{{다른 뜻 넘어옴|${setting.title}}}`, '{{출처 필요|날짜=2026-05-01}}'])
    : pick(`${setting.key}hat`, [
        '{{Other uses}}',
        `{{Redirect|${setting.title} page|other uses|${setting.title} (disambiguation)}}`,
        '{{Use dmy dates|date=May 2026}}',
        '{{Short description|Page of the sample}}',
      ])
}

function picture(caption: string, setting: Setting): string {
  const file = capital(setting.key).replace(/[^A-Za-z0-9 ]/g, '')
  const width = pick(`${setting.key}px`, [200, 220, 250, 300])
  return setting.language === 'ko'
    ? pick(`${setting.key}file`, [
        `[[파일:${file}.jpg|섬네일|${width}px|${caption}]]`,
        `[[파일:${file} 01.png|섬네일|오른쪽|${width}px|${caption}]]`,
        `[[File:${file}.svg|thumb|왼쪽|${caption}]]`,
        `[[그림:${file}.jpg|섬네일|upright=1.2|${caption}]]`,
      ])
    : pick(`${setting.key}file`, [
        `[[File:${file}.jpg|thumb|${width}px|${caption}]]`,
        `[[File:${file} 01.png|thumb|right|alt=${setting.title}|${caption}]]`,
        `[[Image:${file}.jpg|thumb|left|${width}px|${caption}]]`,
      ])
}

function externalLinks(setting: Setting): string {
  const path = encodeURIComponent(setting.key.replaceAll(' ', '_'))
  return setting.language === 'ko'
    ? `\n== 외부 링크 ==\n* {{위키공용분류}}\n* [https://example.org/${path} ${setting.title} 안내]`
    : `\n== External links ==\n* {{Commons category}}\n* [https://example.org/${path} Guide to ${setting.title}]`
}
