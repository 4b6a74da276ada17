import { basename } from 'node:path'
import { renderCard } from '../../dictionary/card.ts'
import { type CardDump, type CardFacts, cardFactsName, cardName, reviewName } from '../../dictionary/card-facts.ts'
import { judgedIn } from '../../dictionary/review.ts'
import { termIndexName } from '../../dictionary/term-index.ts'
import { stream } from '../../runtime/service.ts'
import { amended, type Change, pieceOf } from '../../runtime/update/piece-file.ts'
import type { DumpFile, Synonym } from '../../schemas/types.ts'
import { type CombinedEntry, combinedEntry, type Entry, entityEntry, interlangEntry } from './entries.ts'
import { EntryFiles, type PiecesOf, type WriterDeps } from './entry-files.ts'
import { OutputFolder } from './output-folder.ts'
import { writeRules } from './rule-files.ts'
import { SearchRules } from './search-rules.ts'
import { settings } from './settings.ts'
import { SourceCounts } from './source-counts.ts'
import { Terms } from './terms.ts'

/** The entry that a pair is in a file; undefined where it is none there. */
type EntryOf = (synonym: Synonym) => Entry | undefined

const ofSplit = (split: Synonym['split']): EntryOf => {
  return (synonym) => (synonym.split === split ? combinedEntry(synonym) : undefined)
}

const combinedName = 'combined_synonyms'
const entryFiles: readonly (readonly [name: string, entryOf: EntryOf])[] = [
  ['wiki_synonyms', interlangEntry],
  ['entity_synonyms', entityEntry],
  [combinedName, combinedEntry],
  ['train', ofSplit('train')],
  ['val', ofSplit('val')],
  ['test', ofSplit('test')],
]

export default stream(
  'synonym-writer',
  { settings, ports: ['files', 'scratch'] },
  async function* (events, deps) {
    const synonyms = deps.scratch.table<Synonym>('synonyms')
    const dumps = new Map<string, DumpFile>()
    for await (const { topic, key, value } of events) {
      if (topic === 'synonyms') synonyms.put(key, value)
      else dumps.set(key, value)
    }
    await writeDictionary(deps, dumps, (entryOf) => {
      return function* () {
        for (const { key, value } of synonyms.entries()) {
          const entry = entryOf(value)
          if (entry) yield pieceOf(key, JSON.stringify(entry))
        }
      }
    })
    yield* []
  },
  async function* ({ events }, deps) {
    const changed = deps.scratch.table<{ readonly synonym: Synonym | null }>('changed synonyms')
    const dumps = new Map<string, DumpFile>()
    for await (const { topic, key, value } of events) {
      if (topic === 'synonyms') changed.put(key, { synonym: value })
      else dumps.set(key, value)
    }
    await writeDictionary(deps, dumps, (entryOf) => {
      const changes = function* (): Iterable<Change> {
        for (const { key, value } of changed.entries()) {
          const entry = value.synonym === null ? undefined : entryOf(value.synonym)
          yield entry ? pieceOf(key, JSON.stringify(entry)) : { key: Buffer.from(key), bytes: null }
        }
      }
      return (file) => amended(file.pieces(), changes())
    })
    yield* []
  },
)

async function writeDictionary(
  deps: WriterDeps,
  dumps: ReadonlyMap<string, DumpFile>,
  piecesOf: (entryOf: EntryOf) => PiecesOf,
): Promise<void> {
  const { settings, files, scratch, log } = deps
  const folder = new OutputFolder(files, settings.folder, log)
  const entries = new EntryFiles(folder, deps)
  for (const [name, entryOf] of entryFiles) await entries.write(name, piecesOf(entryOf))

  const counts = new SourceCounts()
  const rules = new SearchRules(settings.search)
  const terms = new Terms(settings.languages, rules, scratch)
  for (const { key, bytes, offset } of entries.file(combinedName).pieces()) {
    const entry: CombinedEntry = JSON.parse(bytes.toString())
    counts.add(entry)
    terms.add(key.toString(), entry, { offset, bytes: bytes.length })
  }
  terms.end()
  await folder.writeRows(termIndexName, terms.left.lineCount + terms.right.lineCount, terms.index())
  await writeRules(terms, settings, folder)

  const facts: CardFacts = {
    ...settings.card,
    languages: settings.languages,
    dumps: [...dumps.values()].map(cardDump).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    lists: [...counts.lists].sort(),
    pairs: counts.pairs,
    splits: counts.splits,
    sources: counts.sources(),
    search: { ...settings.search, leftOut: { ...rules.leftOut, beyondLimit: rules.beyondLimit } },
    files: folder.written,
  }
  await folder.write(cardFactsName, `${JSON.stringify(facts, null, 2)}\n`)
  await folder.write(cardName, renderCard(facts, await judgedIn(folder.path(reviewName))))
}

function cardDump({ wiki, date, kind, address, bytes, sha1 }: DumpFile): CardDump {
  return { wiki, date, kind, file: basename(address), bytes, sha1 }
}

function keyOf({ wiki, kind }: CardDump): string {
  return `${wiki}:${kind}`
}
