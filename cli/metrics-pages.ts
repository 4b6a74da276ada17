/** Where the monitor finds the figures of the processes that are at work. */
import { type MetricsPages, pageInFile, pagesByAddress } from '../monitor/sampling/metrics-pages.ts'
import { holderOf, isAlive } from '../runtime/embedded/folder-lock.ts'
import { ConfigError } from '../runtime/errors.ts'
import type { TransportFlags } from './connect.ts'
import { readSnapshot } from './run-state.ts'
import type { Workspace } from './workspace.ts'

export interface MetricsFlags extends Pick<TransportFlags, 'transport'> {
  readonly metricsUrl?: string
}

/**
 * Those of services at their addresses, where they are given; else of the run in the folder, which over Kafka holds no lock of it
 * and is known by the process of its snapshot. Throws ConfigError METRICS_URL.
 */
export function metricsPagesOf(workspace: Workspace, { transport, metricsUrl }: MetricsFlags): MetricsPages {
  if (transport === 'embedded') return pageInFile(workspace.metricsFile, () => holderOf(workspace.log) !== undefined)
  if (metricsUrl === undefined) {
    return pageInFile(workspace.metricsFile, () => isAlive(readSnapshot(workspace)?.process ?? 0))
  }
  const isAddress = /^https?:\/\//.test(metricsUrl) && URL.canParse(metricsUrl.replaceAll('{service}', 'service'))
  if (isAddress) return pagesByAddress(metricsUrl)
  throw new ConfigError('METRICS_URL', `${metricsUrl} is no address`, {
    hint: 'Such as http://{service}:9464/metrics.',
  })
}
