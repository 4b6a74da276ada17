/** Where figures of the processes come from: a file in the folder of a run, or an address for each service. */
import { lookup } from 'node:dns/promises'
import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { type ServiceId, serviceIds } from '../../topology.ts'
import { type Figure, figuresIn } from './metrics-page.ts'

export interface MetricsPage {
  /** Tells processes apart. */
  readonly instance: string
  /** Undefined for a process that runs all services. */
  readonly service: ServiceId | undefined
  /** When the process told it. */
  readonly atMs: number
  readonly figures: readonly Figure[]
}

export interface MetricsPages {
  /** Pages of the processes that are at work now. */
  read(): Promise<readonly MetricsPage[]>
}

/**
 * A run writes its page about once a second, and less often where its thread is busy for longer.
 * @param file metrics.prom of a run's state. @param isAtWork whether the process of the run is there.
 */
export function pageInFile(file: string, isAtWork: () => boolean): MetricsPages {
  return {
    read: async () => {
      const found = isAtWork() ? await stat(file).catch(() => undefined) : undefined
      if (!found) return []
      const figures = figuresIn(await readFile(file, 'utf8'))
      return [{ instance: 'run', service: undefined, atMs: found.mtimeMs, figures }]
    },
  }
}

const fetchTimeoutMs = 900

/**
 * @param template address of a service's page with `{service}` for its id, such as http://{service}:9464/metrics. A name that
 * stands for several addresses, as that of scaled containers does, is asked at each of them.
 */
export function pagesByAddress(template: string): MetricsPages {
  const readService = async (service: ServiceId): Promise<MetricsPage[]> => {
    const url = new URL(template.replaceAll('{service}', service))
    const pages = await Promise.allSettled(
      (await addressesOf(url.hostname)).map(async (host) => {
        const at = new URL(url)
        at.hostname = isIP(host) === 6 ? `[${host}]` : host
        const response = await fetch(at, { signal: AbortSignal.timeout(fetchTimeoutMs) })
        return {
          instance: at.href,
          service,
          atMs: Date.now(),
          figures: response.ok ? figuresIn(await response.text()) : [],
        }
      }),
    )
    return pages.flatMap((page) => (page.status === 'fulfilled' ? [page.value] : []))
  }
  return { read: async () => (await Promise.all(serviceIds.map(readService))).flat() }
}

async function addressesOf(name: string): Promise<string[]> {
  try {
    return (await lookup(name.replace(/^\[|\]$/g, ''), { all: true })).map(({ address }) => address)
  } catch {
    return []
  }
}
