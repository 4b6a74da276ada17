/** What `naru opensearch bench` has measured, kept so that the report has it too. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { BenchFigures, SystemFigures } from '../opensearch/bench.ts'
import type { Column } from './table.ts'
import type { Workspace } from './workspace.ts'

export interface MeasuredSearch extends BenchFigures {
  readonly model: string
}

export function keepMeasured({ measuredFile }: Workspace, measured: MeasuredSearch): void {
  mkdirSync(dirname(measuredFile), { recursive: true })
  writeFileSync(measuredFile, JSON.stringify(measured))
}

/** Undefined too for figures of an older naru, which did not say by which analyzers. */
export function readMeasured({ measuredFile }: Workspace): MeasuredSearch | undefined {
  const measured = existsSync(measuredFile) ? JSON.parse(readFileSync(measuredFile, 'utf8')) : undefined
  return measured?.analyzers === undefined ? undefined : measured
}

export const measuredColumns: readonly Column[] = [
  { title: 'System' },
  ...['Hit@1', 'MRR@10', 'Recall@10', 'Recall@100', 'No match', 'p50 ms', 'p95 ms', 'p99 ms', 'Queries/s'].map(
    (title): Column => ({ title, align: 'right' }),
  ),
]

export function measuredCells({ system, quality, p50, p95, p99, queriesPerSecond }: SystemFigures): string[] {
  const { hitAt1, mrrAt10, recallAt10, recallAt100, withoutMatch } = quality
  return [
    system,
    ...[hitAt1, mrrAt10, recallAt10, recallAt100, withoutMatch].map((share) => share.toFixed(3)),
    ...[p50, p95, p99, queriesPerSecond].map((value) => value.toFixed(1)),
  ]
}
