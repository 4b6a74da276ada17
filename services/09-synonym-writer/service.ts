import { basename } from 'node:path'
import { renderCard } from '../../dictionary/card.ts'
import { type CardDump, type CardFacts, cardFactsName, cardName, reviewName } from '../../dictionary/card-facts.ts'
import { textLines } from '../../dictionary/entry-lines.ts'
import { judgedIn } from '../../dictionary/review.ts'
import { termIndexName } from '../../dictionary/term-index.ts'
import type { ScratchTable } from '../../runtime/ports.ts'
import { stream } from '../../runtime/service.ts'
import type { DumpFile, Synonym } from '../../schemas/types.ts'
import { combinedEntry, type Entry, entityEntry, interlangEntry } from './entries.ts'
import { packed } from './formats.ts'
import { OutputFolder } from './output-folder.ts'
import { writeRules } from './rule-files.ts'
import { SearchRules } from './search-rules.ts'
import { settings } from './settings.ts'
import { SourceCounts } from './source-counts.ts'
import { termLines } from './term-lines.ts'

/** The entry that a pair is in a file; undefined where it is none there. */
type EntryOf = (synonym: Synonym) => Entry | undefined

const ofSplit = (split: Synonym['split']): EntryOf => {
  return (synonym) => (synonym.split === split ? combinedEntry(synonym) : undefined)
}

const entryFiles: readonly (readonly [name: string, entryOf: EntryOf])[] = [
  ['wiki_synonyms', interlangEntry],
  ['entity_synonyms', entityEntry],
  ['combined_synonyms', combinedEntry],
  ['train', ofSplit('train')],
  ['val', ofSplit('val')],
  ['test', ofSplit('test')],
]

export default stream('synonym-writer', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
  const { settings, files, scratch, log } = deps
  const synonyms = scratch.table<Synonym>('synonyms')
  const dumps = new Map<string, DumpFile>()
  for await (const { topic, key, value } of events) {
    if (topic === 'synonyms') synonyms.put(key, value)
    else dumps.set(key, value)
  }
  const counts = new SourceCounts()
  const rules = new SearchRules(scratch, settings.search)
  for (const { key, value } of synonyms.entries()) {
    counts.add(value)
    rules.add(key, value)
  }

  const folder = new OutputFolder(files, settings.folder, log)
  for (const [name, entryOf] of entryFiles) {
    for (const format of settings.formats) {
      await folder.writeLines(`${name}.${format}`, entryLines(synonyms, entryOf), (lines) =>
        packed(lines, format, settings.languages),
      )
    }
  }
  await folder.writeLines(termIndexName, termLines(synonyms, scratch), textLines)
  const beyondLimit = await writeRules(rules, settings, folder)

  const facts: CardFacts = {
    ...settings.card,
    languages: settings.languages,
    dumps: [...dumps.values()].map(cardDump).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    lists: [...counts.lists].sort(),
    pairs: counts.pairs,
    splits: counts.splits,
    sources: counts.sources(),
    search: { ...settings.search, leftOut: { ...rules.leftOut, beyondLimit } },
    files: folder.written,
  }
  await folder.write(cardFactsName, `${JSON.stringify(facts, null, 2)}\n`)
  await folder.write(cardName, renderCard(facts, await judgedIn(folder.path(reviewName))))
  yield* []
})

function* entryLines(synonyms: ScratchTable<Synonym>, entryOf: EntryOf): Iterable<string> {
  for (const { value } of synonyms.entries()) {
    const entry = entryOf(value)
    if (entry) yield JSON.stringify(entry)
  }
}

function cardDump({ wiki, date, kind, address, bytes, sha1 }: DumpFile): CardDump {
  return { wiki, date, kind, file: basename(address), bytes, sha1 }
}

function keyOf({ wiki, kind }: CardDump): string {
  return `${wiki}:${kind}`
}
