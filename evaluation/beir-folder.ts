/**
 * The tasks as BEIR and MTEB lay retrieval sets out: a folder a task with corpus.jsonl, queries.jsonl and qrels/test.tsv.
 * Source: https://github.com/beir-cellar/beir (wiki, "Load your custom dataset"). What a task ignores (a query's own page, where both
 * languages are searched) has no place there: those who judge by these files leave it out themselves, or use the TREC files.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stemOf, type Task } from './tasks.ts'

/** Makes the folders. Gives their names, sorted. */
export function writeBeir(folder: string, tasks: readonly Task[]): string[] {
  for (const task of tasks) writeTask(join(folder, stemOf(task)), task)
  return tasks.map(stemOf).sort()
}

function writeTask(folder: string, { pool, queries }: Task): void {
  mkdirSync(join(folder, 'qrels'), { recursive: true })
  const put = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), lines.join(''))
  put(
    'corpus.jsonl',
    pool.texts.map((text, doc) => `${JSON.stringify({ _id: pool.ids[doc], title: '', text })}\n`),
  )
  put(
    'queries.jsonl',
    queries.map(({ id, text }) => `${JSON.stringify({ _id: id, text })}\n`),
  )
  const judged = queries.flatMap(({ id, relevant }) => Array.from(relevant, (doc) => `${id}\t${pool.ids[doc]}\t1\n`))
  put('qrels/test.tsv', ['query-id\tcorpus-id\tscore\n', ...judged])
}
