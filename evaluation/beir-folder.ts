/**
 * The tasks as BEIR and MTEB lay retrieval sets out: a folder a task with corpus.jsonl, queries.jsonl, the judgements in qrels/ and a card.
 * Source: https://github.com/beir-cellar/beir (wiki, "Load your custom dataset"). MTEB (2.26,
 * retrieval_dataset_loaders.py) reads them by Hugging Face's datasets, which the card in README.md tells the files' names, and which has
 * one reader a folder: hence the judgements as JSON Lines beside BEIR's table. What a task ignores (a query's own page, where both
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

const judgementFields = ['query-id', 'corpus-id', 'score'] as const

function judgementLine(row: readonly unknown[]): string {
  return `${JSON.stringify(Object.fromEntries(judgementFields.map((field, at) => [field, row[at]])))}\n`
}

/** The names under which MTEB asks for the three, and the files. */
const parts = [
  { name: 'default', split: 'test', path: 'qrels/test.jsonl' },
  { name: 'corpus', split: 'corpus', path: 'corpus.jsonl' },
  { name: 'queries', split: 'queries', path: 'queries.jsonl' },
]

function cardOf({ name, from, to, pool, queries }: Task): string {
  const configs = parts.flatMap((part) => [
    `  - config_name: ${part.name}`,
    '    data_files:',
    `      - split: ${part.split}`,
    `        path: ${part.path}`,
  ])
  return [
    '---',
    'task_categories: [text-retrieval]',
    `language: [${[...new Set([from, ...pool.languages])].sort().join(', ')}]`,
    'configs:',
    ...configs,
    '---',
    `# ${name}, ${from} to ${to}`,
    '',
    `${queries.length} queries among ${pool.texts.length} documents, written by \`naru evaluate --beir\`.`,
    '',
  ].join('\n')
}

function writeTask(folder: string, task: Task): void {
  const { pool, queries } = task
  mkdirSync(join(folder, 'qrels'), { recursive: true })
  const put = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), lines.join(''))
  put('README.md', [cardOf(task)])
  put(
    'corpus.jsonl',
    pool.texts.map((text, doc) => `${JSON.stringify({ _id: pool.ids[doc], title: '', text })}\n`),
  )
  put(
    'queries.jsonl',
    queries.map(({ id, text }) => `${JSON.stringify({ _id: id, text })}\n`),
  )
  const judged = queries.flatMap(({ id, relevant }) => Array.from(relevant, (doc) => [id, pool.ids[doc], 1]))
  put(
    'qrels/test.tsv',
    [[...judgementFields], ...judged].map((row) => `${row.join('\t')}\n`),
  )
  put('qrels/test.jsonl', judged.map(judgementLine))
}
