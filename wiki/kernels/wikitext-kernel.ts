/** The kernel assembly/wikitext.ts at work on the pages of one wiki, and all that it asks outside. */

import { instantiate, type KernelImports } from '../../runtime/instantiate.ts'
import { encodeRedirect } from '../article-encoding.ts'
import { kindByTemplate, kindByTitle } from '../kinds.ts'
import type { RawPage } from '../pages.ts'
import { knownTemplateName, normaliseTitle, type Site } from '../site.ts'
import { hasConversion } from '../wikitext/conversion.ts'
import { statedCoordinates } from '../wikitext/coordinates.ts'
import { entityCode } from '../wikitext/entities.ts'
import { glossesOf } from '../wikitext/glosses.ts'
import { imageOption } from '../wikitext/image-options.ts'
import { first, type InlineTemplate, inNamedLanguage, withParticle } from '../wikitext/inline-templates.ts'
import { unprotect, withoutMarks } from '../wikitext/marks.ts'
import { functionMeaning, isInfoboxName, type TemplateMeaning, templateMeaning } from '../wikitext/meanings.ts'
import { type Part, parametersOf } from '../wikitext/parameters.ts'
import { redirectOf } from '../wikitext/redirect.ts'
import { isSwitch } from '../wikitext/switches.ts'
import { imageOptionCode, namespaceBase, prefixCode, templateCode, templateMark } from './template-codes.ts'

/** The exports of the kernel; its comments say what they do. Pointers and lengths are bytes in its memory. */
interface Exports {
  begin(length: number): number
  head(length: number): number
  article(): number
  beginStrings(id: number, revision: number, namespace: number, textBytes: number, redirects: number): void
  setString(field: number, length: number): number
  articleOfStrings(): void
  pageNamespace(): number
  pageIsWikitext(): number
  jsonOfResult(fields: number): number
  jsonAt(): number
  pageIdOf(): number
  resultAt(): number
  resultLength(): number
  redirectTitleAt(): number
  redirectTitleLength(): number
  textAt(): number
  expandPart(from: number, to: number): number
  expandedAt(): number
  reserve(length: number): number
  addGloss(languageAt: number, languageLength: number, textAt: number, textLength: number): void
  setRedirect(length: number): number
  setCoordinates(latitude: number, longitude: number, isTitle: number): void
  setPrefix(length: number): number
  setCapitals(value: number): void
  setConversion(value: number): void
}

const fieldNumbers = { title: 0, redirectTitle: 1, timestamp: 2, source: 3 } as const
const kindNumbers = { article: 0, redirect: 1, disambiguation: 2, list: 3, stub: 4 } as const

/** Takes pages apart; one at a time, as the kernel has one memory. */
export class WikitextKernel {
  private readonly kernel
  private memory: Buffer = Buffer.alloc(0)
  private readonly site: Site
  private readonly handlers: InlineTemplate[] = []
  private readonly particles: (readonly [string, string])[] = []

  /** @param prefix Avro bytes of the article's fields before its page id. */
  constructor(site: Site, prefix: Uint8Array) {
    this.site = site
    this.kernel = instantiate<Exports>(new URL('./wikitext.wasm', import.meta.url), this.imports())
    this.kernel.setCapitals(site.case === 'first-letter' ? 1 : 0)
    this.kernel.setConversion(hasConversion(site.language) ? 1 : 0)
    const at = this.kernel.setPrefix(prefix.length)
    this.bytes().set(prefix, at)
  }

  /**
   * Reads the head of a page in export XML. False where the page is not as MediaWiki writes it: then the careful reader
   * of ../pages.ts says why, or reads it all the same.
   */
  readHead(page: Uint8Array): boolean {
    const at = this.kernel.begin(page.length)
    this.bytes().set(page, at)
    return this.kernel.head(page.length) !== 0
  }

  /** What the kernel's memory has grown to. */
  get memoryBytes(): number {
    return this.kernel.memory.buffer.byteLength
  }

  /** Namespace of the page of `readHead`. */
  get namespace(): number {
    return this.kernel.pageNamespace()
  }

  get isWikitext(): boolean {
    return this.kernel.pageIsWikitext() !== 0
  }

  /**
   * The Avro encoding of the article of the page of `readHead`; undefined where it needs the careful reader. It lies in
   * the kernel's memory until the next page is read.
   */
  article(): Uint8Array | undefined {
    return this.kernel.article() === 0 ? undefined : this.result()
  }

  get pageId(): number {
    return this.kernel.pageIdOf()
  }

  /** The article last taken apart as a line of JSON with the fields whose bits are set, in the kernel's memory. */
  json(fields: number): Uint8Array {
    const length = this.kernel.jsonOfResult(fields)
    const at = this.kernel.jsonAt()
    return this.bytes().subarray(at, at + length)
  }

  /** The same for a page that the careful reader has read. */
  articleOf(page: RawPage): Uint8Array {
    const { kernel } = this
    kernel.beginStrings(page.pageId, page.revisionId, page.namespace, page.textBytes, page.redirectTitle ? 1 : 0)
    this.setString('title', page.title)
    this.setString('redirectTitle', page.redirectTitle ?? '')
    this.setString('timestamp', page.timestamp)
    this.setString('source', page.model === 'wikitext' ? page.text.replace(/\r\n?/g, '\n') : '')
    kernel.articleOfStrings()
    return this.result()
  }

  private setString(field: keyof typeof fieldNumbers, text: string): void {
    const bytes = Buffer.from(withoutMarks(text))
    const at = this.kernel.setString(fieldNumbers[field], bytes.length)
    this.bytes().set(bytes, at)
  }

  private result(): Uint8Array {
    const at = this.kernel.resultAt()
    return this.bytes().subarray(at, at + this.kernel.resultLength())
  }

  /** The kernel's memory, which is another buffer after it has grown. */
  private bytes(): Buffer {
    const { buffer } = this.kernel.memory
    if (this.memory.buffer !== buffer) this.memory = Buffer.from(buffer)
    return this.memory
  }

  private text(at: number, length: number): string {
    return this.bytes().toString('utf8', at, at + length)
  }

  private imports(): KernelImports {
    return {
      entity: (at = 0, length = 0) => entityCode(this.text(at, length)),
      upper: (code = 0) => upperCase(code),
      compose: (at = 0, length = 0) => this.compose(at, length),
      prefix: (at = 0, length = 0) => this.prefixCode(this.text(at, length)),
      imageOption: (at = 0, length = 0) => imageOptionCode[imageOption(this.text(at, length), this.site) ?? 'none'],
      pageSwitch: (at = 0, length = 0) => (isSwitch(this.text(at, length), this.site) ? 1 : 0),
      template: (at = 0, length = 0) => this.templateCode(this.text(at, length)),
      handle: (handler = 0, at = 0, count = 0) => this.handle(handler, at, count),
      particle: (which = 0, at = 0, length = 0) => this.particle(which, this.text(at, length)),
      glosses: (at = 0, length = 0) => this.glosses(this.text(at, length)),
      redirect: (at = 0, length = 0) => this.redirect(this.text(at, length)),
      number: (value = 0, at = 0) => this.bytes().write(String(value), at, 'latin1'),
      titleKind: (at = 0, length = 0) => kindNumbers[kindByTitle(this.text(at, length), this.site) ?? 'article'],
    }
  }

  private compose(at: number, length: number): number {
    const text = this.text(at, length)
    return this.bytes().write(text.normalize('NFC'), at)
  }

  private prefixCode(written: string): number {
    const prefix = written.replaceAll('_', ' ').trim().toLowerCase()
    const namespace = this.site.namespaces.get(prefix)
    if (namespace !== undefined) return namespaceBase + namespace
    if (this.site.languagePrefixes.has(prefix)) return prefixCode.language
    return this.site.sisterPrefixes.has(prefix) ? prefixCode.sister : prefixCode.none
  }

  /** What a template is, by its name; or a parser function, by its name and colon. */
  private templateCode(written: string): number {
    if (written.endsWith(':')) return this.functionCode(written.slice(0, -1))
    const name = written.replaceAll('_', ' ').trim()
    return this.meaningCode(templateMeaning(name, this.site)) | this.marksOf(knownTemplateName(name, this.site))
  }

  private meaningCode(meaning: TemplateMeaning): number {
    if (meaning.kind === 'coordinates') return this.handledBy(templateCode.handled, this.coordinates)
    if (meaning.kind === 'hatnote') return this.handledBy(templateCode.hatnote, meaning.handler)
    if (meaning.kind === 'caption') return this.handledBy(templateCode.caption, meaning.handler)
    if (meaning.kind !== 'inline') return templateCode[meaning.kind]
    // The two most frequent are written by the kernel itself.
    if (meaning.handler === first) return templateCode.first
    if (meaning.handler === inNamedLanguage) return templateCode.gloss
    return this.handledBy(templateCode.handled, meaning.handler)
  }

  private handledBy(code: number, handler: InlineTemplate): number {
    const known = this.handlers.indexOf(handler)
    return code | ((known < 0 ? this.handlers.push(handler) - 1 : known) << 16)
  }

  private marksOf(lower: string): number {
    const kind = kindByTemplate(lower, this.site)
    return (
      (kind === 'disambiguation' ? templateMark.disambiguation : 0) |
      (kind === 'stub' ? templateMark.stub : 0) |
      (isInfoboxName(lower, this.site) ? templateMark.infobox : 0)
    )
  }

  private functionCode(written: string): number {
    const meaning = functionMeaning(written, this.site)
    return meaning.kind === 'particle'
      ? templateCode.particle | ((this.particles.push(meaning.forms) - 1) << 16)
      : templateCode[meaning.kind]
  }

  private handle(handler: number, at: number, count: number): number {
    const template = this.handlers[handler]
    if (template === undefined) return 0
    const memory = this.bytes()
    const parts: Part[] = []
    for (let i = at; i < at + count * 12; i += 12) {
      parts.push({ from: memory.readInt32LE(i), to: memory.readInt32LE(i + 4), equals: memory.readInt32LE(i + 8) })
    }
    return this.write(template(parametersOf(parts, this.reader, this.site.language)))
  }

  private readonly reader = {
    source: (from: number, to: number) => this.text(this.kernel.textAt() + from, to - from),
    expand: (from: number, to: number) => {
      const length = this.kernel.expandPart(from, to)
      return this.text(this.kernel.expandedAt(), length)
    },
  }

  /** Writes where the kernel is writing; the number of bytes. */
  private write(text: string): number {
    const length = Buffer.byteLength(text)
    const at = this.kernel.reserve(length)
    return this.bytes().write(text, at)
  }

  private readonly coordinates: InlineTemplate = (p) => {
    const stated = statedCoordinates(p)
    if (stated === undefined) return ''
    const { latitude, longitude } = stated.place
    this.kernel.setCoordinates(latitude, longitude, stated.isTitle ? 1 : 0)
    return stated.text
  }

  private particle(which: number, word: string): number {
    const forms = this.particles[which]
    return forms === undefined ? 0 : this.write(withParticle(word, forms).slice(word.length))
  }

  private glosses(text: string): undefined {
    for (const { language, text: name } of glossesOf(text, 0, this.site)) {
      const languageBytes = Buffer.byteLength(language)
      const at = this.kernel.reserve(languageBytes + Buffer.byteLength(name))
      const memory = this.bytes()
      memory.write(language, at)
      const textBytes = memory.write(name, at + languageBytes)
      this.kernel.addGloss(at, languageBytes, at + languageBytes, textBytes)
    }
  }

  /** The target that the dump states, with the section that only the text states. */
  private redirect(text: string): undefined {
    const stated = this.kernel.redirectTitleLength()
    const written = redirectOf(unprotect(text), this.site)
    if (stated < 0 && written === null) return
    const target = stated < 0 ? undefined : normaliseTitle(this.text(this.kernel.redirectTitleAt(), stated), this.site)
    const encoded = encodeRedirect({
      target: target?.title ?? written?.target ?? '',
      section: target?.section || written?.section || null,
      templates: written?.templates ?? [],
    })
    const at = this.kernel.setRedirect(encoded.length)
    this.bytes().set(encoded, at)
  }
}

function upperCase(code: number): number {
  const letter = String.fromCodePoint(code)
  const upper = letter.toUpperCase()
  return upper.length === letter.length ? (upper.codePointAt(0) ?? code) : code
}
