/** naru opensearch up, down: a node of our own on this machine. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { defaultUrl } from '../../../opensearch/cluster.ts'
import { FatalError } from '../../../runtime/errors.ts'
import { packageRoot } from '../../../runtime/package-root.ts'
import { print, printJson, say } from '../../print.ts'
import { workspaceOf } from '../../workspace.ts'

export interface DownFlags {
  readonly out?: string
  readonly json?: boolean
}

export interface UpFlags extends DownFlags {
  readonly port: number
}

/** Between the nodes of a cluster, of which this one is alone; where OpenSearch's own default lies from its 9200. */
const transportPortAbove = 100

/** Prints the address, also of a node that runs already. */
export async function up({ out, port, json }: UpFlags): Promise<void> {
  const folder = folderOf(out)
  const running = runningNode(out)
  if (running === undefined) await script('start', folder, String(port), String(port + transportPortAbove))
  else say('it runs already')
  const url = running ?? `http://127.0.0.1:${port}`
  if (url !== defaultUrl) say(`the other commands find it by --url, or: export NARU_OPENSEARCH_URL=${url}`)
  if (json) printJson({ url, started: running === undefined })
  else print(url)
}

export async function down({ out, json }: DownFlags): Promise<void> {
  const running = runningNode(out)
  await script('stop', folderOf(out))
  say(running === undefined ? 'no node runs here' : `${running} is stopped, its data stay`)
  if (json) printJson({ stopped: running ?? null })
}

/** The address of the node that `up` started for the folder; undefined where it does not run. */
function runningNode(out: string | undefined): string | undefined {
  const { stdout } = spawnSync(scriptFile, ['running', folderOf(out)], { encoding: 'utf8' })
  return stdout?.trim() || undefined
}

function folderOf(out: string | undefined): string {
  return join(workspaceOf(out).state, 'opensearch')
}

const scriptFile = join(packageRoot, 'deploy', 'servers', 'opensearch.sh')

/** What the script says, such as how far its download is, goes to standard error. */
async function script(action: 'start' | 'stop', folder: string, ...ports: readonly string[]): Promise<void> {
  const child = spawn(scriptFile, [action, folder, ...ports], { stdio: ['ignore', 2, 2] })
  const [code] = await once(child, 'close')
  if (code === 0) return
  throw new FatalError('OPENSEARCH_SERVER', `the node did not ${action}`, {
    at: { file: join(folder, 'opensearch.log') },
    hint: 'The lines above say why. Any cluster can be named by --url instead.',
  })
}
