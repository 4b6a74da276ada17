/** The terms of one language, in their order: a line of the index for each of their entries, and a rule for each of them. */
import { createReadStream } from 'node:fs'
import { type IndexedTerm, indexKey } from '../../dictionary/term-index.ts'
import { SequentialWriter } from '../../search/passages/sequential-file.ts'
import { linesOf } from '../../wiki/lines.ts'
import type { SearchRules, Translation } from './search-rules.ts'

export class TermSide {
  ruleCount = 0
  lineCount = 0
  private readonly paths: { readonly lines: string; readonly rules: string }
  private readonly lineFile: SequentialWriter
  private readonly ruleFile: SequentialWriter
  private readonly searchRules: SearchRules
  private folded = ''
  private translations: Translation[] = []

  /** @param folder that is the side's own. */
  constructor(folder: string, rules: SearchRules) {
    this.paths = { lines: `${folder}/lines`, rules: `${folder}/rules` }
    this.lineFile = new SequentialWriter(this.paths.lines)
    this.ruleFile = new SequentialWriter(this.paths.rules)
    this.searchRules = rules
  }

  /** Terms come in the order of their bytes, entries of a term in that of the file. @param translation where the entry is part of a rule. */
  add(term: IndexedTerm, translation: Translation | undefined): void {
    if (term.folded !== this.folded) this.endTerm()
    this.folded = term.folded
    this.lineFile.write(Buffer.from(`${indexKey(term)}\t${term.bytes}\n`))
    this.lineCount++
    if (translation) this.translations.push(translation)
  }

  end(): void {
    this.endTerm()
    this.lineFile.close()
    this.ruleFile.close()
  }

  lines(): AsyncIterable<string> {
    return linesOf(createReadStream(this.paths.lines))
  }

  /** The bytes of the rules, each a line. */
  rules(): AsyncIterable<Uint8Array> {
    return createReadStream(this.paths.rules)
  }

  private endTerm(): void {
    if (this.translations.length === 0) return
    const rule = this.searchRules.ruleOf(this.translations)
    this.translations = []
    if (rule === undefined) return
    this.ruleFile.write(Buffer.from(`${rule}\n`))
    this.ruleCount++
  }
}
