import type { ScratchTable } from '../../runtime/ports.ts'
import { stream } from '../../runtime/service.ts'
import type { Synonym } from '../../schemas/types.ts'
import { combinedEntry, type Entry, entityEntry, interlangEntry } from './entries.ts'
import { settings } from './settings.ts'

export default stream('synonym-writer', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
  const { files, scratch, log } = deps
  const synonyms = scratch.table<Synonym>('synonyms')
  for await (const { key, value } of events) synonyms.put(key, value)

  const outputs: [string, (synonym: Synonym) => Entry | undefined][] = [
    ['wiki_synonyms', interlangEntry],
    ['entity_synonyms', entityEntry],
    ['combined_synonyms', combinedEntry],
    ['train', (synonym) => (synonym.split === 'train' ? combinedEntry(synonym) : undefined)],
    ['val', (synonym) => (synonym.split === 'val' ? combinedEntry(synonym) : undefined)],
    ['test', (synonym) => (synonym.split === 'test' ? combinedEntry(synonym) : undefined)],
  ]
  for (const [name, entryOf] of outputs) {
    const written = await files.write(`${deps.settings.folder}/${name}.json`, jsonArray(entries(synonyms, entryOf)))
    log.info({ ...written }, 'synonyms written')
  }
  yield* []
})

function* entries(synonyms: ScratchTable<Synonym>, entryOf: (synonym: Synonym) => Entry | undefined): Iterable<Entry> {
  for (const { value } of synonyms.entries()) {
    const entry = entryOf(value)
    if (entry) yield entry
  }
}

/** A JSON array with one entry a line: readable by a JSON parser, and by grep and diff. */
async function* jsonArray(values: Iterable<Entry>): AsyncIterable<string> {
  let separator = '[\n'
  for (const value of values) {
    yield `${separator}${JSON.stringify(value)}`
    separator = ',\n'
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}
