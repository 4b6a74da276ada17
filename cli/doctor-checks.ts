/** What naru doctor looks at besides engines: Node, memory, disk, servers and ports; each with what to do where it is short. */
import { statfs } from 'node:fs/promises'
import { connect } from 'node:net'
import { freemem, totalmem } from 'node:os'
import { dirname } from 'node:path'
import { monitorPort } from './monitor-commands.ts'
import { formatBytes } from './quantities.ts'

export interface Check {
  readonly what: string
  /** bad: what was asked for cannot work. short: it may not be enough for whole Wikipedias. */
  readonly state: 'good' | 'short' | 'bad'
  readonly found: string
  /** What to do; absent where it is good. */
  readonly advice?: string
}

export interface AskedServers {
  readonly brokers?: string
  readonly redis?: string
  readonly url?: string
}

/** The training of docs/experiment-10k.md held 1.8 GB. */
const memoryForTraining = 2e9
/** English Wikipedia's articles are a download of some 25 GB, and as much again is written while they are taken apart. */
const diskForWikipedias = 50e9
const diskForSample = 1e9
const connectTimeoutMs = 2_000

/** @param needed lowest version, such as `>=20.19`, of package.json. */
export function checkNode(version: string, needed: string): Check {
  const [major = 0, minor = 0] = numbersOf(version)
  const [neededMajor = 0, neededMinor = 0] = numbersOf(needed)
  const isEnough = major > neededMajor || (major === neededMajor && minor >= neededMinor)
  if (isEnough) return { what: 'node', state: 'good', found: version }
  const advice = `naru needs ${needed}: install a current Node, such as by nvm install --lts`
  return { what: 'node', state: 'bad', found: version, advice }
}

const numbersOf = (version: string): readonly number[] => version.match(/\d+/g)?.map(Number) ?? []

/** @param limit of the container, in bytes; 0 or absent where there is none. */
export function checkMemory(total = totalmem(), free = freemem(), limit = process.constrainedMemory()): Check {
  const usable = limit > 0 ? Math.min(total, limit) : total
  const found = `${formatBytes(usable)}, ${formatBytes(Math.min(free, usable))} free`
  if (usable >= memoryForTraining) return { what: 'memory', state: 'good', found }
  const advice = 'training may not fit: smaller batches (training.batch_size), fewer --workers, or a machine with 2 GB'
  return { what: 'memory', state: 'short', found, advice }
}

/** @param folder that --out names; what of its path does not exist yet will be made on the disk of what does. */
export async function checkDisk(folder: string): Promise<Check> {
  const { bavail, bsize } = await statfs(folder).catch(() => statfsOfParent(folder))
  const free = bavail * bsize
  const found = `${formatBytes(free)} free in ${folder}`
  if (free >= diskForWikipedias) return { what: 'disk', state: 'good', found }
  if (free >= diskForSample) {
    const advice =
      'enough for the sample; whole Wikipedias take 50 GB and more: name a folder on a larger disk by --out'
    return { what: 'disk', state: 'short', found, advice }
  }
  return { what: 'disk', state: 'bad', found, advice: 'free some, or name a folder on another disk by --out' }
}

async function statfsOfParent(folder: string): Promise<{ bavail: number; bsize: number }> {
  const parent = dirname(folder)
  return statfs(parent).catch((error: unknown) => {
    if (parent === folder) throw error
    return statfsOfParent(parent)
  })
}

/** Servers that were named must answer; what is not named is not needed. */
export async function checkServers({ brokers, redis, url }: AskedServers): Promise<readonly Check[]> {
  const asked = [
    ...(brokers ?? '')
      .split(',')
      .filter(Boolean)
      .map((broker) => ['kafka', broker.trim(), 'deploy/servers/kafka.sh start FOLDER 9092 19092 starts one'] as const),
    ...(redis === undefined
      ? []
      : [['redis', withPort(redis, 6379), 'deploy/servers/redis.sh start FOLDER 6379 starts one'] as const]),
    ...(url === undefined ? [] : [['opensearch', withPort(url, 9200), 'naru opensearch up starts one'] as const]),
  ]
  return Promise.all(
    asked.map(async ([what, address, advice]): Promise<Check> => {
      if (await answers(address)) return { what, state: 'good', found: `${address} answers` }
      return { what, state: 'bad', found: `${address} does not answer`, advice }
    }),
  )
}

function withPort(url: string, port: number): string {
  const { hostname, port: given, protocol } = new URL(url)
  return `${hostname}:${given || (protocol === 'https:' ? 443 : port)}`
}

/** The ports that naru's own servers take by default: those that are taken need another number. */
export async function checkPorts(): Promise<readonly Check[]> {
  const ports = [
    [9092, 'Kafka', 'deploy/servers/kafka.sh start FOLDER <another port> …'],
    [6379, 'Redis', 'deploy/servers/redis.sh start FOLDER <another port>'],
    [9200, 'OpenSearch', 'naru opensearch up --port <another>'],
    [monitorPort, 'monitor', 'naru monitor --port <another>'],
  ] as const
  return Promise.all(
    ports.map(async ([port, server, command]): Promise<Check> => {
      const what = `port ${port}`
      if (!(await answers(`127.0.0.1:${port}`))) return { what, state: 'good', found: `free, ${server} may have it` }
      const advice = `if it is not your ${server}: ${command}`
      return { what, state: 'short', found: 'something answers there already', advice }
    }),
  )
}

function answers(address: string): Promise<boolean> {
  const at = address.lastIndexOf(':')
  return new Promise((resolve) => {
    const socket = connect({
      host: address.slice(0, at),
      port: Number(address.slice(at + 1)),
      timeout: connectTimeoutMs,
    })
    const end = (isThere: boolean) => () => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}
