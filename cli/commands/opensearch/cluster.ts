import { type Cluster, openCluster } from '../../../opensearch/cluster.ts'

export interface ClusterFlags {
  readonly url?: string
  /** Alias that is published and searched. */
  readonly index: string
}

/** Opens the cluster that the flags and the environment mean, lets it be used, and closes it. */
export async function withCluster<T>(
  { url }: Pick<ClusterFlags, 'url'>,
  use: (cluster: Cluster) => Promise<T>,
): Promise<T> {
  const cluster = openCluster(url, process.env)
  try {
    return await use(cluster)
  } finally {
    await cluster.close()
  }
}
