/** The indexes that a unit has in a cluster, by name in a file: a crash leaves the file, and the next start knows what to remove. */
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Cluster } from '../../opensearch/cluster.ts'
import { makeFolder } from '../embedded/environment.ts'

export class LeftOvers {
  readonly #file: string
  readonly #cluster: Cluster

  constructor(file: string, cluster: Cluster) {
    this.#file = file
    this.#cluster = cluster
  }

  /** To be called before the index is made. */
  note(index: string): void {
    makeFolder(dirname(this.#file))
    appendFileSync(this.#file, `${this.#cluster.url} ${index}\n`)
  }

  /** Those in other clusters, where an earlier start had another address, stay. */
  async removeAll(): Promise<void> {
    if (!existsSync(this.#file)) return
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      const [url, index] = line.split(' ')
      if (url === this.#cluster.url && index) await this.#cluster.find(z.unknown(), 'DELETE', `/${index}`)
    }
    rmSync(this.#file)
  }
}
