import type { ArticleLink, Gloss, Infobox, Section } from '../../schemas/types.ts'
import type { Site } from '../site.ts'
import { decodeEntities } from './entities.ts'
import { expand } from './expand.ts'
import { glossesOf } from './glosses.ts'
import { withoutMarks } from './marks.ts'
import type { ParsedWikitext, WikitextParser } from './parsed.ts'
import { headingOf, isLonePunctuation, type LineRenderer, lineContent, readLine, renderPlainly } from './prose.ts'
import { redirectOf } from './redirect.ts'
import { withoutTags } from './tags.ts'
import { tidyLine } from './tidy.ts'

/** Our own pass alone: linear in the text whatever it holds. */
export const linearParser: WikitextParser = (text, site, title) => parse(text, site, title, renderPlainly)

/** Our own pass with lines rendered as `render` does it. */
export function parse(source: string, site: Site, title: string, render: LineRenderer): ParsedWikitext {
  const { text, references } = withoutTags(withoutMarks(source).replace(/\r\n?/g, '\n'))
  // After the entities, as they may bring combining marks: one title must not have two spellings.
  const expanded = expand(decodeEntities(text).normalize('NFC'), site, title)
  const page = new PageReader(site, title, render)
  for (const line of expanded.text.split('\n')) page.read(line)
  const { lead, sections } = page.finish()
  const plain = (canonical: string) => plainText(canonical, site)
  return {
    redirect: redirectOf(text, site),
    lead,
    sections,
    links: page.links(),
    boldNames: [...page.boldNames],
    glosses: page.glosses,
    infoboxes: expanded.infoboxes.map(({ name, fields }) => plainInfobox(name, fields, site)),
    categories: expanded.categories,
    languageLinks: expanded.languageLinks,
    references,
    shortDescription: plain(expanded.shortDescription),
    hatnotes: unique([...expanded.hatnotes.map(plain), ...page.hatnotes]),
    captions: unique(expanded.captions.map(plain)),
    coordinates: expanded.coordinates,
    templates: expanded.templates,
    isMarkedDisambiguation: expanded.text.includes('__DISAMBIG__'),
  }
}

function plainInfobox(name: string, fields: readonly (readonly [string, string])[], site: Site): Infobox {
  const plain = fields.map(([key, value]) => [key, plainText(value, site)] as const)
  return { name, fields: Object.fromEntries(plain.filter(([, value]) => value !== '')) }
}

/** Canonical wikitext as plain text: each line tidied, empty ones left out. */
export function plainText(canonical: string, site: Site): string {
  const lines = canonical.split('\n').map((line) => tidyLine(readLine(lineContent(line, site)).text))
  return lines.filter((line) => line !== '').join('\n')
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '')
}

/** Gathers sections, links, names and glosses from the canonical lines of a page. */
class PageReader {
  readonly boldNames = new Set<string>()
  readonly hatnotes: string[] = []
  glosses: readonly Gloss[] = []
  private readonly site: Site
  private readonly title: string
  private readonly render: LineRenderer
  private readonly sections: Section[] = []
  private readonly linkCounts = new Map<string, { target: string; surface: string; count: number }>()
  private heading: { text: string; level: number } = { text: '', level: 0 }
  private lines: string[] = []
  /** True once a line of the section at hand has text. */
  private hasText = false
  /** The first paragraph of the lead, where the names of the subject stand. */
  private inFirstParagraph = true

  constructor(site: Site, title: string, render: LineRenderer) {
    this.site = site
    this.title = title
    this.render = render
  }

  read(line: string) {
    const heading = headingOf(line, this.site)
    if (heading !== undefined) {
      this.endSection()
      const text = tidyLine(readLine(heading.text).text)
      this.heading = { text, level: heading.level }
      return
    }
    if (this.isHatnote(line)) {
      this.hatnotes.push(plainText(line, this.site))
      return
    }
    const content = lineContent(line, this.site)
    const read = readLine(content)
    const rendered = content === '' ? '' : this.render(read)
    const text = isLonePunctuation(rendered) ? '' : rendered
    if (this.heading.level === 0 && this.inFirstParagraph) this.readNames(line, read, text)
    for (const { target, surface } of read.links) this.countLink(target, surface)
    this.lines.push(text)
    this.hasText ||= text !== ''
  }

  finish(): { lead: string; sections: Section[] } {
    this.endSection()
    const [lead, ...sections] = this.sections
    return { lead: lead?.text ?? '', sections }
  }

  links(): ArticleLink[] {
    return [...this.linkCounts.values()]
  }

  private readNames(line: string, read: ReturnType<typeof readLine>, text: string) {
    if (line.trim() === '' && this.hasText) {
      this.inFirstParagraph = false
      return
    }
    for (const phrase of read.bold) {
      const name = tidyLine(phrase)
      if (name !== '' && name.length <= 120) this.boldNames.add(name)
    }
    if (this.glosses.length > 0 || text === '') return
    const startsWithTitle = !this.hasText && read.text.startsWith(this.title)
    const nameEnd = read.firstBoldEnd >= 0 ? read.firstBoldEnd : startsWithTitle ? this.title.length : -1
    if (nameEnd >= 0) this.glosses = glossesOf(read.text, nameEnd, this.site)
  }

  /** `:''이 문서는 …''` above the lead says which page this is not. */
  private isHatnote(line: string): boolean {
    return this.heading.level === 0 && !this.hasText && /^:+\s*''[^']/.test(line)
  }

  private countLink(target: string, surface: string) {
    if (target === '' || surface === '') return
    const key = `${target}\n${surface}`
    const link = this.linkCounts.get(key)
    if (link === undefined) this.linkCounts.set(key, { target, surface, count: 1 })
    else link.count++
  }

  private endSection() {
    const text = this.lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
    this.sections.push({ heading: this.heading.text, level: this.heading.level, text })
    this.lines = []
    this.hasText = false
  }
}
