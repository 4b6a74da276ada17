/** What a run made, as text for the terminal. */
import { extname, relative } from 'node:path'
import type { ServiceStatus } from '../runtime/status.ts'
import type { Score } from '../schemas/types.ts'
import type { OutputFile, Pairs } from './outputs.ts'
import { formatBytes, formatCount, formatDuration, formatRate } from './quantities.ts'
import type { TrainingPace } from './report/training-log.ts'
import { comparison, loneFigures, loneTasks, retrievalTasks } from './retrieval.ts'
import type { ServiceSeconds } from './run-state.ts'
import { renderTable } from './table.ts'

export interface SummaryFacts {
  readonly statuses: readonly ServiceStatus[]
  readonly seconds: ServiceSeconds
  readonly pairs: Pairs | undefined
  readonly scores: readonly Score[]
  /** What was not judged, and why. */
  readonly missing: readonly string[]
  readonly files: readonly OutputFile[]
  readonly report: string | undefined
  readonly wallSeconds: number
  readonly training?: TrainingPace | undefined
}

/** @param folder paths are given relative to it. */
export function renderSummary(facts: SummaryFacts, folder: string): string {
  const parts = [
    renderCounts(facts.statuses, facts.seconds),
    facts.pairs ? renderPairs(facts.pairs) : [],
    renderScores(facts.scores),
    facts.missing,
    facts.training ? [renderPace(facts.training)] : [],
    renderFiles(facts, folder),
    [`Done in ${formatDuration(facts.wallSeconds)}.`],
  ]
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function renderPace({ model, samplesPerSecond, waitingShare }: TrainingPace): string {
  const waiting = `${(100 * waitingShare).toFixed(1)} % of the time waiting for batches`
  return `Training of ${model}: ${formatRate(samplesPerSecond).replace('/s', ' examples/s')}, ${waiting}`
}

/** In = passed on + dropped + dead, for whole events; parts are rows, pages or names inside of events. */
export function renderCounts(statuses: readonly ServiceStatus[], seconds: ServiceSeconds = {}): string[] {
  const rows = statuses.map(({ id, figures, partitionsDone, partitions, lag }) => {
    const written = Object.values(figures.written).reduce((sum, count) => sum + count, 0)
    const time = seconds[id]
    return [
      id,
      figures.finished ? 'complete' : partitionsDone > 0 || figures.events > 0 ? 'begun' : 'not begun',
      formatCount(figures.events),
      formatCount(written),
      formatCount(figures.dead + figures.deadParts),
      figures.finished ? '' : `${formatCount(lag)} (${partitionsDone}/${partitions})`,
      time === undefined ? '' : formatDuration(time),
      describeDrops(figures.dropped, figures.droppedParts),
    ]
  })
  const columns = [
    { title: 'Service' },
    { title: 'State' },
    { title: 'In', align: 'right' },
    { title: 'Out', align: 'right' },
    { title: 'Dead', align: 'right' },
    { title: 'Waiting', align: 'right' },
    { title: 'Time', align: 'right' },
    { title: 'Dropped' },
  ] as const
  const shown = columns.map((_, at) => at < 5 || rows.some((row) => row[at] !== ''))
  const keep = <T>(cells: readonly T[]) => cells.filter((_, at) => shown[at])
  return [...renderTable(keep(columns), rows.map(keep)), ...renderDead(statuses)]
}

function renderDead(statuses: readonly ServiceStatus[]): string[] {
  const dead = statuses.reduce((sum, { figures }) => sum + figures.dead + figures.deadParts, 0)
  if (dead === 0) return []
  const letters = dead === 1 ? '1 dead letter' : `${formatCount(dead)} dead letters`
  return [`${letters}: naru dead list says where each is from and what was wrong.`]
}

export function describeDrops(
  whole: Readonly<Partial<Record<string, number>>>,
  parts: Readonly<Partial<Record<string, number>>>,
): string {
  const counts = new Map<string, number>()
  for (const [reason, count] of [...Object.entries(whole), ...Object.entries(parts)]) {
    counts.set(reason, (counts.get(reason) ?? 0) + (count ?? 0))
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([reason, count]) => `${formatCount(count)} ${reason}`)
    .join(', ')
}

function renderPairs({ total, splits, sources }: Pairs): string[] {
  const rows = sources.map(({ source, pairs, samples }) => [
    source,
    formatCount(pairs),
    samples
      .slice(0, 3)
      .map(({ left, right }) => `${left} = ${right}`)
      .join(', '),
  ])
  const { train, val, test } = splits
  return [
    ...renderTable([{ title: 'Source' }, { title: 'Pairs', align: 'right' }, { title: 'Such as' }], rows),
    `${formatCount(total)} pairs: ${formatCount(train)} train, ${formatCount(val)} val, ${formatCount(test)} test`,
  ]
}

/** The first metric of the evaluator over all queries and their parts; the report has the others. */
export function renderScores(scores: readonly Score[]): string[] {
  const [first] = retrievalTasks(scores)
  const metric = scores.find(({ task }) => task === first)?.metric
  if (metric === undefined) return []
  const { systems, rows } = comparison(scores, metric)
  const columns = [
    { title: `Task, ${metric}` },
    { title: 'Direction' },
    { title: 'Queries' },
    { title: '', align: 'right' as const },
    ...systems.map((title) => ({ title, align: 'right' as const })),
  ]
  const lines = rows.map(({ task, direction, stratum, queries, cells }) => [
    task,
    direction,
    stratum,
    formatCount(queries),
    ...cells.map(({ text, best }) => (best ? `${text}*` : text === '' ? '' : `${text} `)),
  ])
  const alone = loneTasks(scores).flatMap((task) => {
    const figures = loneFigures(scores, task)
    const headings = figures.directions.map((title) => ({ title, align: 'right' as const }))
    return ['', ...renderTable([{ title: task }, ...headings], figures.rows)]
  })
  return [...renderTable(columns, lines), '* best of its line', ...alone]
}

function renderFiles({ files, report }: SummaryFacts, folder: string): string[] {
  const rows = byStem(files).map(({ path, bytes }) => [pathFrom(folder, path), formatBytes(bytes)])
  if (report !== undefined) rows.push([pathFrom(folder, report), 'open it in a browser'])
  return rows.length === 0 ? [] : renderTable([{ title: 'File' }, { title: 'Size', align: 'right' }], rows)
}

/** Folders of an export that are taken as a whole. */
const wholeFolder = /^models\/exports\/[^/]+\/(?:huggingface|search)(?=\/)/

/** One line for the formats of one file, `train.{json,jsonl,parquet}`, and for such a folder. */
function byStem(files: readonly OutputFile[]): { readonly path: string; readonly bytes: number }[] {
  const stems = new Map<string, { readonly endings: string[]; bytes: number }>()
  for (const { name, path, bytes } of files) {
    const folder = wholeFolder.exec(name)?.[0]
    const ending = folder === undefined ? extname(path) : ''
    const rest = folder === undefined ? ending : name.slice(folder.length)
    const stem = path.slice(0, path.length - rest.length)
    const group = stems.get(stem) ?? { endings: [], bytes: 0 }
    stems.set(stem, group)
    if (folder === undefined) group.endings.push(ending.slice(1))
    group.bytes += bytes
  }
  return [...stems].map(([stem, { endings, bytes }]) => {
    const [only = '', ...others] = endings
    const ending = others.length > 0 ? `.{${endings.join(',')}}` : only === '' ? '' : `.${only}`
    return { path: stem + ending, bytes }
  })
}

/** Relative below the folder, absolute elsewhere. */
function pathFrom(folder: string, path: string): string {
  const inside = relative(folder, path)
  return inside.startsWith('..') ? path : inside
}
