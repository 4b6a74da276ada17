import type { Coordinates, LanguageLink } from '../../schemas/types.ts'
import type { Site } from '../site.ts'
import { knownTemplateName, normaliseTitle } from '../site.ts'
import { type BracketEnds, pairBrackets, partsBetweenPipes } from './brackets.ts'
import { conversionAt, hasConversion } from './conversion.ts'
import { statedCoordinates } from './coordinates.ts'
import { imageOption } from './image-options.ts'
import { type Parameters, withParticle } from './inline-templates.ts'
import { protect, unprotect, withoutGlossMarks } from './marks.ts'
import { functionMeaning, isInfoboxName, templateMeaning } from './meanings.ts'
import { keyOf, type Part, parametersOf } from './parameters.ts'

/** An infobox with its values still in canonical wikitext. */
export interface RawInfobox {
  readonly name: string
  readonly fields: readonly (readonly [string, string])[]
}

/** Wikitext reduced to what is prose, and what was found on the way. */
export interface Expanded {
  /**
   * Canonical wikitext: lines, headings, list marks, quotes, and flat links `[[title|surface]]` to articles; glosses
   * between marks. No template, table, file, category or tag is left.
   */
  readonly text: string
  readonly infoboxes: readonly RawInfobox[]
  readonly categories: readonly string[]
  readonly languageLinks: readonly LanguageLink[]
  /** Canonical wikitext, as the two below. */
  readonly shortDescription: string
  readonly hatnotes: readonly string[]
  readonly captions: readonly string[]
  readonly coordinates: Coordinates | null
  /** Lower-case names, each once. */
  readonly templates: readonly string[]
}

/** Brackets nested deeper than this are dropped: real pages stay under 20. */
const maxDepth = 40
/** Templates beyond this many on one page are dropped unread; the largest real lists have some 10,000. */
const maxTemplates = 100_000

/** Expands wikitext that has no tags left. Linear in the text for a bounded depth. */
export function expand(text: string, site: Site, title: string): Expanded {
  return new Expander(text, site, title).run()
}

export interface PartExpander {
  readonly ends: BracketEnds
  /** Canonical wikitext of `text[from, to)`, which starts and ends outside of brackets. */
  expand(from: number, to: number): string
}

/** The same for parts of a text, such as the cells of its tables. */
export function partExpander(text: string, site: Site, title: string): PartExpander {
  return new Expander(text, site, title)
}

class Expander implements PartExpander {
  private readonly infoboxes: RawInfobox[] = []
  private readonly categories = new Set<string>()
  private readonly languageLinks: LanguageLink[] = []
  private readonly templates = new Set<string>()
  private readonly hatnotes: string[] = []
  private readonly captions: string[] = []
  private shortDescription = ''
  private coordinates: Coordinates | null = null
  private hasTitleCoordinates = false
  readonly ends: BracketEnds
  private readonly text: string
  private readonly site: Site
  private readonly title: string
  private readonly converts: boolean
  private depth = 0
  private templateCount = 0
  /** True until the first letter of prose at the outermost level: an infobox stands before it. */
  private beforeProse = true
  /** The next `]` and line end at or after `searchedFrom`. */
  private nextSquare = -1
  private nextNewline = -1
  private searchedFrom = 0

  constructor(text: string, site: Site, title: string) {
    this.text = text
    this.site = site
    this.title = title
    this.ends = pairBrackets(text)
    this.converts = hasConversion(site.language)
  }

  run(): Expanded {
    return {
      text: this.expand(0, this.text.length),
      infoboxes: this.infoboxes,
      categories: [...this.categories],
      languageLinks: this.languageLinks,
      shortDescription: this.shortDescription,
      hatnotes: this.hatnotes,
      captions: this.captions,
      coordinates: this.coordinates,
      templates: [...this.templates],
    }
  }

  /** Canonical wikitext of `text[from, to)`. */
  expand(from: number, to: number): string {
    if (this.depth >= maxDepth) return ''
    this.depth++
    const { text, ends } = this
    const out: string[] = []
    let kept = from
    let i = from
    while (i < to) {
      const code = text.charCodeAt(i)
      // { or [
      if (code !== 0x7b && code !== 0x5b) {
        i++
        continue
      }
      const end = ends[i] ?? 0
      if (end > 0 && end <= to) {
        out.push(this.prose(kept, i))
        i = this.bracket(i, end, out, to)
        kept = i
      } else if (code === 0x5b && text.charCodeAt(i + 1) !== 0x5b && this.isExternalLink(i)) {
        const close = this.closeOfExternalLink(i, to)
        if (close < 0) {
          i++
          continue
        }
        out.push(this.prose(kept, i), this.externalLink(i, close))
        i = close + 1
        kept = i
      } else if (code === 0x7b && this.converts && i > kept && text.charCodeAt(i - 1) === 0x2d) {
        const shown = conversionAt(text, i + 1, to)
        if (shown === undefined) {
          i++
          continue
        }
        out.push(this.prose(kept, i - 1), this.expand(shown.from, shown.to))
        i = shown.past
        kept = i
      } else i++
    }
    out.push(this.prose(kept, to))
    this.depth--
    return out.join('')
  }

  /** Text outside of brackets that have a partner. */
  private prose(from: number, to: number): string {
    if (from >= to) return ''
    const text = this.text.slice(from, to)
    if (this.depth === 1 && this.beforeProse && /[\p{L}\p{N}]/u.test(text)) this.beforeProse = false
    return /\[\[|\]\]|\{\{|\}\}/.test(text) ? this.withoutOpenEnds(text) : text
  }

  /**
   * Brackets without a partner. What follows one on its line and is clearly no prose goes with it: the target of a
   * link, a whole file link, the parameters of a template.
   */
  private withoutOpenEnds(text: string): string {
    return text
      .replace(/\[\[([^[\]|{}\n]{0,200})\|([^[\]{}\n]{0,500})/g, (_, target: string, rest: string) => {
        const namespace = this.site.namespaces.get(target.split(':', 1)[0]?.trim().toLowerCase() ?? '')
        return namespace === 6 || namespace === 14 ? '' : rest
      })
      .replace(/\{{2,3}[^{}[\]|\n]{0,200}\|[^{}[\]\n]{0,500}/g, '')
      .replace(/\[{2,}|\]{2,}|\{{2,}|\}{2,}/g, '')
  }

  /** Appends what the bracket at `at` reads as; returns the offset where reading goes on. */
  private bracket(at: number, end: number, out: string[], limit: number): number {
    const { text } = this
    if (text.charCodeAt(at) === 0x5b) return this.link(at, end, out, limit)
    if (text.charCodeAt(at + 1) === 0x7c) return end
    if (text.charCodeAt(at + 2) === 0x7b) {
      if (text.charCodeAt(end) === 0x7d) out.push(this.parameterDefault(at + 3, end - 2))
      let past = end
      while (past < limit && text.charCodeAt(past) === 0x7d) past++
      return past
    }
    out.push(this.template(at + 2, end - 2))
    return end
  }

  /** `{{{name|default}}}`: outside of a template no parameter has a value. Without a default it is no prose. */
  private parameterDefault(from: number, to: number): string {
    const part = partsBetweenPipes(this.text, this.ends, from, to)[1]
    return part === undefined ? '' : this.expand(part.from, part.to)
  }

  private link(at: number, end: number, out: string[], limit: number): number {
    const parts = partsBetweenPipes(this.text, this.ends, at + 2, end - 2)
    const [targetPart, surfacePart] = parts
    if (targetPart === undefined) return end
    const written = unprotect(withoutGlossMarks(this.expand(targetPart.from, targetPart.to))).trim()
    const isShown = written.startsWith(':')
    const name = (isShown ? written.slice(1).trim() : written).replace(/\s+/g, ' ')
    const colon = name.indexOf(':')
    const prefix = colon > 0 ? name.slice(0, colon).trim().toLowerCase() : ''
    const namespace = prefix === '' ? 0 : this.site.namespaces.get(prefix)

    if (!isShown && (namespace === 6 || namespace === -2 || this.hasImageWord(parts))) {
      this.caption(parts)
      return end
    }
    if (!isShown && namespace === 14) {
      const category = normaliseTitle(name, this.site).title.replace(/^[^:]*:/, '')
      if (category !== '') this.categories.add(category)
      return end
    }
    if (namespace === undefined && !isShown && this.site.languagePrefixes.has(prefix)) {
      this.languageLinks.push({
        language: prefix,
        title: name
          .slice(colon + 1)
          .replaceAll('_', ' ')
          .trim(),
      })
      return end
    }
    const isForeign =
      namespace === undefined && (this.site.languagePrefixes.has(prefix) || this.site.sisterPrefixes.has(prefix))

    let past = end
    while (past < limit && isTrailLetter(this.text.charCodeAt(past))) past++
    const trail = this.text.slice(end, past)
    if (this.depth === 1) this.beforeProse = false
    out.push(this.linkText(name, surfacePart, end, trail, isForeign || (namespace ?? 0) !== 0))
    return past
  }

  private linkText(name: string, surfacePart: Part | undefined, end: number, trail: string, isPlain: boolean): string {
    // Links do not nest; what an inner one says stays.
    let surface = surfacePart === undefined ? '' : flat(this.expand(surfacePart.from, end - 2))
    if (surface.trim() === '') {
      const shown = isPlain || surfacePart !== undefined ? name.replace(/^[^:]*:\s*/, '') : name
      const spaced = shown.replaceAll('_', ' ')
      surface = protect(surfacePart === undefined ? spaced : spaced.replace(/ *(?:\([^()]*\)|,.*)$/, ''))
    }
    surface += trail
    const { title, namespace } = normaliseTitle(name, this.site)
    if (isPlain || title === '' || namespace !== 0) return surface
    return `[[${protect(title)}|${surface}]]`
  }

  private hasImageWord(parts: readonly Part[]): boolean {
    if (parts.length < 3) return false
    return parts.slice(1).some(({ from, to }) => {
      if (to - from > 20) return false
      return imageOption(this.text.slice(from, to), this.site) === 'word'
    })
  }

  /** The last part of a file link, where it is no option. */
  private caption(parts: readonly Part[]) {
    const last = parts.at(-1)
    if (parts.length < 2 || last === undefined) return
    if (imageOption(this.text.slice(last.from, last.to), this.site) !== undefined) return
    this.captions.push(flat(this.expand(last.from, last.to)))
  }

  private isExternalLink(at: number): boolean {
    return /^\[(?:https?:|ftps?:|mailto:|irc:|news:|git:|\/\/)/i.test(this.text.slice(at, at + 9))
  }

  /** Offset of the `]` on the same line, or -1. The positions are remembered, so the whole page is searched once. */
  private closeOfExternalLink(at: number, to: number): number {
    const isBefore = at < this.searchedFrom
    if (isBefore || this.nextSquare < at) this.nextSquare = indexOrEnd(this.text, ']', at)
    if (isBefore || this.nextNewline < at) this.nextNewline = indexOrEnd(this.text, '\n', at)
    this.searchedFrom = at
    return this.nextSquare < this.nextNewline && this.nextSquare < to ? this.nextSquare : -1
  }

  private externalLink(at: number, close: number): string {
    const label = /[\s\u3000]/.exec(this.text.slice(at, close))
    return label === null ? '' : this.expand(at + label.index + 1, close)
  }

  private template(from: number, to: number): string {
    if (++this.templateCount > maxTemplates) return ''
    const parts = partsBetweenPipes(this.text, this.ends, from, to)
    const [head, ...rest] = parts
    if (head === undefined) return ''
    const written = this.text.slice(head.from, head.to).trim()
    if (written.startsWith('#') || written.includes(':')) {
      const result = this.parserFunction(written, head, rest)
      if (result !== undefined) return result
    }
    const name = this.templateName(written)
    if (name === '' || name.includes('{') || name.includes('\n')) return ''
    const meaning = templateMeaning(name, this.site)
    if (meaning.kind === 'pageName') return rest.length === 0 ? protect(this.title) : ''
    const lower = knownTemplateName(name, this.site)
    this.templates.add(lower)
    switch (meaning.kind) {
      case 'inline':
        return meaning.handler(this.parameters(rest))
      case 'hatnote':
        this.hatnotes.push(flat(meaning.handler(this.parameters(rest))))
        return ''
      case 'caption':
        this.captions.push(flat(meaning.handler(this.parameters(rest))))
        return ''
      case 'coordinates':
        return this.readCoordinates(rest)
      case 'shortDescription':
        this.shortDescription ||= flat(this.parameters(rest).at(1))
        return ''
      case 'dropped':
        if (this.isInfobox(lower, rest)) this.infoboxes.push(this.infobox(name, rest))
        return ''
    }
  }

  /** The first that stand beside the title are the page's, else the first in the text. */
  private readCoordinates(parts: readonly Part[]): string {
    const stated = statedCoordinates(this.parameters(parts))
    if (stated === undefined) return ''
    if (this.coordinates === null || (stated.isTitle && !this.hasTitleCoordinates)) this.coordinates = stated.place
    this.hasTitleCoordinates ||= stated.isTitle
    return stated.text
  }

  private templateName(written: string): string {
    const name = written.replaceAll('_', ' ').replace(/^(?:subst|safesubst|풀기|안전풀기):\s*/i, '')
    const colon = name.indexOf(':')
    if (colon <= 0) return name
    return this.site.namespaces.get(name.slice(0, colon).toLowerCase()) === 10 ? name.slice(colon + 1).trim() : name
  }

  private parameters(parts: readonly Part[]): Parameters {
    const source = (from: number, to: number) => this.text.slice(from, to)
    return parametersOf(parts, { source, expand: (from, to) => this.expand(from, to) }, this.site.language)
  }

  private keyOf(part: Part): string | undefined {
    return keyOf(part, (from, to) => this.text.slice(from, to))
  }

  private isInfobox(lower: string, parts: readonly Part[]): boolean {
    const namedParts = parts.filter((part) => this.keyOf(part) !== undefined).length
    if (namedParts < 2 || this.depth > 3) return false
    // Any other template that lists facts before the first word of the page is one too ("{{왕|이름=…").
    return isInfoboxName(lower, this.site) || (this.depth === 1 && this.beforeProse && namedParts >= 4)
  }

  private infobox(name: string, parts: readonly Part[]): RawInfobox {
    const fields: [string, string][] = []
    for (const part of parts) {
      const key = this.keyOf(part)
      if (key === undefined) continue
      const value = this.expand(part.equals + 1, part.to)
      if (value.trim() !== '') fields.push([key, value])
    }
    return { name, fields }
  }

  /** What `{{#if:…}}` and its like read as; undefined where it is a template after all. */
  private parserFunction(written: string, head: Part, rest: readonly Part[]): string | undefined {
    const colon = written.indexOf(':')
    if (colon < 0) return ''
    const start = this.text.indexOf(':', head.from) + 1
    const argument = () => this.expand(start, head.to).trim()
    const branch = (part: Part | undefined) => (part === undefined ? '' : this.expand(part.from, part.to).trim())
    const meaning = functionMeaning(written.slice(0, colon), this.site)
    switch (meaning.kind) {
      case 'particle':
        return withParticle(argument(), meaning.forms)
      case 'if':
        return branch(argument() === '' ? rest[1] : rest[0])
      case 'argument':
        return argument()
      case 'dropped':
        return ''
      case 'prefix':
        return undefined
    }
  }
}

/** One line, links as their surfaces. */
function flat(canonical: string): string {
  return canonical.replace(/\[\[[^[\]|]*\||\[\[|\]\]/g, '').replaceAll('\n', ' ')
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from)
  return at < 0 ? text.length : at
}

/** MediaWiki's default link trail: Latin letters that touch the closing brackets belong to the link. */
function isTrailLetter(code: number): boolean {
  return code >= 0x61 && code <= 0x7a
}
