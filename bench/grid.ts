/**
 * What the grid of search/passages/collection.ts changes in hard negatives: of the four passages and names that exact BM25 finds first, how many are
 * among the first four by weights on the grid: node --import tsx bench/grid.ts --run FOLDER (a run that has wikipedia/<language>_articles.jsonl).
 * Every third text is a query. Prints one line of JSON last.
 */
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { splitQualifier } from '../language/title.ts'
import { bigrams } from '../language/tokens.ts'
import type { Article } from '../schemas/types.ts'
import { passageOf } from '../search/passage.ts'
import { PassageIndexBuilder } from '../search/passages/build.ts'
import { meanLengthOnGrid, rarityOnGrid } from '../search/passages/collection.ts'
import type { PassageIndex } from '../search/passages/passage-index.ts'

const { values: flags } = parseArgs({ options: { run: { type: 'string', default: '.' } } })
const passageCharacters = 400
const first = 4
const everyQuery = 3
const folder = mkdtempSync(join(tmpdir(), 'naru-bench-grid-'))

async function textsOf(language: string): Promise<Record<'lead' | 'name', string[][]>> {
  const texts = { lead: [] as string[][], name: [] as string[][] }
  const lines = createInterface({ input: createReadStream(join(flags.run, 'wikipedia', `${language}_articles.jsonl`)) })
  for await (const line of lines) {
    const { title, lead, kind }: Article = JSON.parse(line)
    if (kind !== 'article' || lead === '') continue
    texts.lead.push(bigrams(passageOf(lead, passageCharacters)))
    texts.name.push(bigrams(splitQualifier(title).name))
  }
  return texts
}

function builderOf(name: string, documents: readonly string[][]): PassageIndexBuilder {
  const builder = new PassageIndexBuilder(join(folder, name))
  for (const tokens of documents) builder.add(tokens)
  return builder
}

async function compare(documents: readonly string[][]) {
  const exact = await builderOf('exact', documents).finish()
  const size = { documents: documents.length, tokens: documents.reduce((sum, { length }) => sum + length, 0) }
  const rarityOf = (term: string) => rarityOnGrid(size, exact.holdersOf(term))
  const onGrid = await builderOf('grid', documents).finish({ meanLength: meanLengthOnGrid(size), rarityOf })
  const best = (index: PassageIndex, at: number) =>
    index
      .search(documents[at]!, first + 1)
      .map(({ doc }) => doc)
      .filter((doc) => doc !== at)
      .slice(0, first)
  let [all, same, queries, bestKept] = [0, 0, 0, 0]
  for (let at = 0; at < documents.length; at += everyQuery) {
    const [expected, found] = [best(exact, at), new Set(best(onGrid, at))]
    if (expected.length === 0) continue
    queries++
    all += expected.length
    same += expected.filter((doc) => found.has(doc)).length
    if (found.has(expected[0]!)) bestKept++
  }
  await exact.close()
  await onGrid.close()
  return { texts: documents.length, queries, sameOfFirst: same / all, bestKept: bestKept / queries }
}

try {
  const results: Record<string, Awaited<ReturnType<typeof compare>>> = {}
  for (const language of ['ko', 'en']) {
    for (const [kind, documents] of Object.entries(await textsOf(language))) {
      results[`${language} ${kind}`] = await compare(documents)
    }
  }
  console.log(JSON.stringify({ bench: 'grid', first, results }))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
