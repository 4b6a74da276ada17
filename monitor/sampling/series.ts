/** What of a view is kept as history: whole numbers, with the unit in the name. */
import type { Sample } from '../history/history.ts'
import type { PipelineView } from './view.ts'

/** Figures that nothing tells are left out. */
export function seriesOf({ process, services, topics }: PipelineView): Sample['values'] {
  const values: Record<string, number> = {}
  const put = (name: string, value: number | undefined): void => {
    if (value !== undefined && Number.isFinite(value)) values[name] = Math.round(value)
  }
  for (const { name, records, recordsPerSecond, bytesPerSecond } of topics) {
    put(`topic.${name}.records`, records)
    put(`topic.${name}.recordsPerSecond`, recordsPerSecond)
    put(`topic.${name}.bytesPerSecond`, bytesPerSecond)
  }
  for (const service of services) {
    const { id, taken, takenPerSecond, lag, lagSeconds, dead, dropped, cpuCores, memoryBytes } = service
    put(`service.${id}.taken`, taken)
    put(`service.${id}.takenPerSecond`, takenPerSecond)
    put(`service.${id}.lag`, lag)
    put(`service.${id}.lagMs`, (lagSeconds ?? 0) * 1000)
    put(`service.${id}.dead`, dead)
    put(
      `service.${id}.dropped`,
      Object.values(dropped).reduce((sum, count) => sum + count, 0),
    )
    put(`service.${id}.cpuMilliCores`, cpuCores === undefined ? undefined : cpuCores * 1000)
    put(`service.${id}.memoryKiB`, memoryBytes === undefined ? undefined : memoryBytes / 1024)
  }
  put('process.cpuMilliCores', process && process.cpuCores * 1000)
  put('process.memoryKiB', process && process.memoryBytes / 1024)
  return values
}
