/** Starts real servers for tests, by the scripts in deploy/servers, on free ports and with data in a temporary folder. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { freePort } from '../../chaos/free-port.ts'
import { type Server, serverOf } from '../../chaos/server.ts'
import { packageRoot } from '../../runtime/package-root.ts'

function has(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)))
}

/**
 * Why tests that need these programs are left out; false where they are there. With NARU_REQUIRE_SERVERS=1, as in CI,
 * nothing is left out: the tests then fail.
 */
export function skipWithout(...commands: readonly string[]): string | false {
  const missing = commands.filter((command) => !has(command))
  if (missing.length === 0 || process.env.NARU_REQUIRE_SERVERS === '1') return false
  return `${missing.join(' and ')} not installed`
}

export const skipWithoutKafka = (): string | false => skipWithout('java', 'mvn')
export const skipWithoutRedis = (): string | false => skipWithout('redis-server')

/** It is a download of 685 MB, which a test does not begin by itself. */
export function skipWithoutOpenSearch(): string | false {
  const script = join(packageRoot, 'deploy', 'servers', 'opensearch.sh')
  if (process.env.NARU_REQUIRE_SERVERS === '1' || spawnSync(script, ['installed']).status === 0) return false
  return 'OpenSearch is not installed: deploy/servers/opensearch.sh install fetches it'
}

/** A running broker; the first use on a machine fetches its jars, which takes half a minute. */
export async function startKafka(
  environment: Readonly<Record<string, string>> = {},
): Promise<Server & { readonly brokers: string[] }> {
  const server = await serverOf('kafka.sh', [await freePort(), await freePort()], environment)
  await server.start()
  return { ...server, brokers: [`127.0.0.1:${server.port}`] }
}

export async function startRedis(
  environment: Readonly<Record<string, string>> = {},
): Promise<Server & { readonly url: string }> {
  const server = await serverOf('redis.sh', [await freePort()], environment)
  await server.start()
  const protocol = environment.REDIS_CERTIFICATES === undefined ? 'redis' : 'rediss'
  return { ...server, url: `${protocol}://127.0.0.1:${server.port}` }
}

/**
 * A node with ml-commons and neural-search: a quarter of a minute until it is healthy, and 1.5 GB of memory. Without the second
 * compiler, which in a test costs more than it brings: 17 instead of 30 CPU seconds until it is healthy.
 */
export async function startOpenSearch(): Promise<Server & { readonly url: string }> {
  const ports = [await freePort(), await freePort()]
  const server = await serverOf('opensearch.sh', ports, { OPENSEARCH_JVM: '-XX:TieredStopAtLevel=1' })
  await server.start()
  return { ...server, url: `http://127.0.0.1:${server.port}` }
}
