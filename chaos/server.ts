/** Real servers, by the scripts in deploy/servers, with their data in a temporary folder. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { packageRoot } from '../runtime/package-root.ts'

const run = promisify(execFile)

export interface Server {
  /** Of its data, its log and its pid. */
  readonly folder: string
  readonly port: number
  start(): Promise<void>
  stop(): Promise<void>
  /** kill -9, as a crash would be. */
  kill(): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** @param environment what the script is to know beyond the environment of this process. */
export async function serverOf(
  script: string,
  ports: readonly number[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const file = join(packageRoot, 'deploy', 'servers', script)
  const folder = mkdtempSync(join(tmpdir(), 'naru-server-'))
  const start = async () => {
    await run(file, ['start', folder, ...ports.map(String)], { env: { ...process.env, ...environment } })
  }
  const stop = async () => {
    await run(file, ['stop', folder])
  }
  const kill = async () => {
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
    process.kill(pid, 'SIGKILL')
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const remove = async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { folder, port: ports[0]!, start, stop, kill, remove }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
