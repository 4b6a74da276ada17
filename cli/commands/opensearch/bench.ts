/** naru opensearch bench: what each way of searching finds and costs, as a table, in the report, and as JSON. */
import { join } from 'node:path'
import { entriesOf } from '../../../dictionary/entries.ts'
import type { LanguagePair } from '../../../language/pair.ts'
import { loadSparseEncoder } from '../../../model/sparse-encoder.ts'
import { runBench } from '../../../opensearch/bench.ts'
import { type BenchQuery, queriesFrom } from '../../../opensearch/bench-queries.ts'
import { readBundle } from '../../../opensearch/bundle.ts'
import { articlesIn } from '../../../opensearch/documents.ts'
import { ConfigError } from '../../../runtime/errors.ts'
import { keepMeasured, measuredCells, measuredColumns } from '../../measured-search.ts'
import { print, printJson, say } from '../../print.ts'
import { modelFolder } from '../../published-model.ts'
import { languagesOf, readRecord } from '../../run-record.ts'
import { renderTable } from '../../table.ts'
import { type Workspace, workspaceOf } from '../../workspace.ts'
import { type ClusterFlags, withCluster } from './cluster.ts'
import { deadLetters } from './dead-letters.ts'

export interface BenchFlags extends ClusterFlags {
  readonly out?: string
  readonly model?: string
  readonly queries: number
  readonly json?: boolean
}

const pruneRatio = 0.1

export async function bench(flags: BenchFlags): Promise<void> {
  const workspace = workspaceOf(flags.out)
  const { name, folder } = modelFolder(workspace, flags.model)
  const languages = languagesOf(readRecord(workspace.runFile))
  const queries = await queriesOf(workspace, flags.queries)
  const bundles = { encoder: await readBundle(folder, 'encoder'), tokenizer: await readBundle(folder, 'tokenizer') }
  const encoder = await loadSparseEncoder(folder)
  const prefix = `${flags.index}-bench`
  const dead = deadLetters(workspace, prefix)
  try {
    const figures = await withCluster(flags, (cluster) =>
      runBench(
        cluster,
        prefix,
        { articles: () => articlesOf(workspace, languages), queries, languages, encoder, bundles, pruneRatio },
        { refused: dead.add },
        say,
      ),
    )
    const measured = { model: name, ...figures }
    keepMeasured(workspace, measured)
    if (flags.json) printJson(measured)
    else print(renderTable(measuredColumns, figures.systems.map(measuredCells)).join('\n'))
  } finally {
    await encoder.close()
    await dead.close()
  }
}

async function* articlesOf({ data }: Workspace, languages: LanguagePair) {
  for (const language of languages) yield* articlesIn(join(data, 'wikipedia', `${language}_articles.jsonl`))
}

async function queriesOf({ data }: Workspace, mostOfEach: number): Promise<readonly BenchQuery[]> {
  const file = join(data, 'synonyms', 'combined_synonyms.json')
  const queries = await queriesFrom(entriesOf(file), mostOfEach)
  if (queries.length > 0) return queries
  throw new ConfigError('QUERIES_MISSING', 'the run has no linked pages outside of the training side', {
    at: { file },
    hint: 'Run the phases up to synonyms with both wikis.',
  })
}
