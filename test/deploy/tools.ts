/** The tools of tools.sh, which check compose files and charts. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { packageRoot } from '../../runtime/package-root.ts'

const script = join(packageRoot, 'test', 'deploy', 'tools.sh')

/** Why tests that need them are left out; false where they are there. With NARU_REQUIRE_SERVERS=1 nothing is left out. */
export function skipWithoutTools(): string | false {
  if (process.env.NARU_REQUIRE_SERVERS === '1' || spawnSync(script, ['installed']).status === 0) return false
  return 'helm, kubectl-validate and compose-go are not installed: test/deploy/tools.sh install fetches them'
}

export function toolsFolder(): string {
  return spawnSync(script, ['folder'], { encoding: 'utf8' }).stdout.trim()
}

export function runTool(tool: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(join(toolsFolder(), tool), args, { cwd: packageRoot, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}
