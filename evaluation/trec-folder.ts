/**
 * The tasks and every system's rankings as TREC files: `<task>.<direction>.qrels`, `.queries.tsv` and `.documents.tsv` (name, tab, text),
 * and `<task>.<direction>.<system>.run`. So that others can judge the same rankings, or rank the same documents.
 */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { topHits } from '../search/ranking.ts'
import { type Query, stemOf, type Task } from './tasks.ts'
import { qrelsLine, runLine } from './trec.ts'

/** A write a query would be one system call for some kilobytes. */
const bufferedCharacters = 1 << 20

interface OpenRun {
  readonly handle: number
  text: string
}

export class TrecFolder {
  private readonly folder: string
  private readonly depth: number
  private readonly runs = new Map<string, OpenRun>()
  private readonly tasks = new Set<Task>()

  /** `depth`: documents a query that are written, the best first. Makes the folder. */
  constructor(folder: string, depth: number) {
    mkdirSync(folder, { recursive: true })
    this.folder = folder
    this.depth = depth
  }

  /** Documents that the task ignores are left out, as they are in the figures. */
  write(task: Task, system: string, query: Query, scores: ArrayLike<number>): void {
    if (!this.tasks.has(task)) this.writeTask(task)
    const ignored = new Set(query.ignored)
    const exclude = (doc: number): boolean => scores[doc]! <= 0 || ignored.has(doc)
    const hits = topHits(
      Array.from({ length: scores.length }, (_, doc) => doc),
      scores,
      this.depth,
      exclude,
    )
    const run = this.runOf(`${stemOf(task)}.${fileName(system)}.run`)
    for (const [at, { doc, score }] of hits.entries()) {
      run.text += runLine(query.id, task.pool.ids[doc]!, at + 1, score, fileName(system))
    }
    if (run.text.length > bufferedCharacters) flush(run)
  }

  /** Writes what is left and closes the files. Gives their names. */
  close(): string[] {
    for (const run of this.runs.values()) {
      flush(run)
      closeSync(run.handle)
    }
    return [...this.runs.keys()].sort()
  }

  private writeTask(task: Task): void {
    this.tasks.add(task)
    const { pool, queries } = task
    const put = (ending: string, lines: readonly string[]) =>
      writeFileSync(join(this.folder, `${stemOf(task)}.${ending}`), lines.join(''))
    put(
      'qrels',
      queries.flatMap(({ id, relevant }) => Array.from(relevant, (doc) => qrelsLine(id, pool.ids[doc]!, 1))),
    )
    put(
      'queries.tsv',
      queries.map(({ id, text }) => `${id}\t${text}\n`),
    )
    put(
      'documents.tsv',
      pool.texts.map((text, doc) => `${pool.ids[doc]}\t${text}\n`),
    )
  }

  private runOf(name: string): OpenRun {
    const run = this.runs.get(name) ?? { handle: openSync(join(this.folder, name), 'w'), text: '' }
    this.runs.set(name, run)
    return run
  }
}

function flush(run: OpenRun): void {
  writeSync(run.handle, run.text)
  run.text = ''
}

/** A tag is a word, and a name of a model may be a path. */
function fileName(system: string): string {
  return system.replace(/[^\p{L}\p{N}._-]+/gu, '-')
}
