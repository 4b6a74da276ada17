/**
 * TREC's files. A run: `query Q0 document rank score tag` a line; qrels: `query 0 document gain`. Columns are parted by white space.
 * Source: https://github.com/usnistgov/trec_eval (README, "Run file format", "Qrels file format").
 */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { ConfigError } from '../runtime/errors.ts'

/** Scores by query and document. */
export type TrecRun = ReadonlyMap<string, ReadonlyMap<string, number>>
/** Gains by query and document; 0 and less is not right. */
export type Qrels = ReadonlyMap<string, ReadonlyMap<string, number>>

/** Throws ConfigError TREC_UNREADABLE and TREC_INVALID, the latter with the line. */
export function readRun(file: string): Promise<TrecRun> {
  return readTable(file, { columns: 6, document: 2, value: 4, what: 'query Q0 document rank score tag' })
}

export function readQrels(file: string): Promise<Qrels> {
  return readTable(file, { columns: 4, document: 2, value: 3, what: 'query 0 document gain' })
}

export function runLine(query: string, document: string, rank: number, score: number, tag: string): string {
  return `${query} Q0 ${document} ${rank} ${score} ${tag}\n`
}

export function qrelsLine(query: string, document: string, gain: number): string {
  return `${query} 0 ${document} ${gain}\n`
}

interface TableForm {
  readonly columns: number
  readonly document: number
  readonly value: number
  /** The columns, for people. */
  readonly what: string
}

async function readTable(file: string, form: TableForm): Promise<Map<string, Map<string, number>>> {
  const table = new Map<string, Map<string, number>>()
  let line = 0
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1
      if (text.trim() !== '') addLine(table, text, form, { file, line })
    }
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    throw new ConfigError('TREC_UNREADABLE', 'the file cannot be read', {
      at: { file },
      hint: 'Is the path right? naru evaluate --trec writes such files.',
      cause,
    })
  }
  return table
}

function addLine(
  table: Map<string, Map<string, number>>,
  text: string,
  { columns, document, value, what }: TableForm,
  at: { readonly file: string; readonly line: number },
): void {
  const cells = text.trim().split(/\s+/)
  const invalid = (message: string) => new ConfigError('TREC_INVALID', message, { at, hint: `A line is: ${what}` })
  if (cells.length !== columns) throw invalid(`the line has ${cells.length} columns, not ${columns}`)
  const number = Number(cells[value])
  if (!Number.isFinite(number)) throw invalid(`${cells[value]} is no number`)
  const [query, name] = [cells[0]!, cells[document]!]
  const ofQuery = table.get(query) ?? new Map<string, number>()
  table.set(query, ofQuery)
  if (ofQuery.has(name)) throw invalid(`the document ${name} stands twice under the query ${query}`)
  ofQuery.set(name, number)
}
