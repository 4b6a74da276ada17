/** What the cluster can do, by its version and plugins. */
import { z } from 'zod'
import { ConfigError } from '../runtime/errors.ts'
import type { Cluster } from './cluster.ts'

export interface Features {
  readonly version: string
  /** Names of all that are installed, sorted. */
  readonly plugins: readonly string[]
  /** Approximate search over sparse vectors (SEISMIC), in neural-search from 3.3 on. */
  readonly sparseAnn: boolean
}

const rootShape = z.looseObject({ version: z.looseObject({ number: z.string(), distribution: z.string().optional() }) })
const pluginsShape = z.array(z.looseObject({ component: z.string() }))
const needed = ['opensearch-ml', 'opensearch-neural-search']
const leastVersion = [2, 19] as const
const annVersion = [3, 3] as const

/** Throws ConfigError OPENSEARCH_TOO_OLD, and OPENSEARCH_PLUGINS where no model can be run. */
export async function featuresOf(cluster: Cluster): Promise<Features> {
  const { version } = await cluster.ask(rootShape, 'GET', '/')
  const installed = await cluster.ask(pluginsShape, 'GET', '/_cat/plugins', { query: { format: 'json' } })
  const plugins = new Set(installed.map(({ component }) => component))
  if (!isAtLeast(version.number, leastVersion)) {
    throw new ConfigError('OPENSEARCH_TOO_OLD', `the cluster is version ${version.number}`, {
      at: { url: cluster.url },
      hint: `OpenSearch ${leastVersion.join('.')} or newer is needed.`,
    })
  }
  const missing = needed.filter((name) => !plugins.has(name) && !plugins.has(name.replace('opensearch-', '')))
  if (missing.length > 0) {
    throw new ConfigError('OPENSEARCH_PLUGINS', `the cluster lacks ${missing.join(' and ')}`, {
      at: { url: cluster.url },
      hint: 'The full distribution has them; deploy/servers/opensearch.sh installs them.',
    })
  }
  return {
    version: version.number,
    plugins: [...plugins].sort(),
    sparseAnn: isAtLeast(version.number, annVersion),
  }
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number)
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}
