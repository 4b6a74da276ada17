/** naru opensearch up, down: a node of our own on this machine. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { FatalError } from '../../../runtime/errors.ts'
import { packageRoot } from '../../../runtime/package-root.ts'
import { print } from '../../print.ts'
import { workspaceOf } from '../../workspace.ts'

export interface DownFlags {
  readonly out?: string
}

export interface UpFlags extends DownFlags {
  readonly port: number
}

/** Between the nodes of a cluster, of which this one is alone; where OpenSearch's own default lies from its 9200. */
const transportPortAbove = 100

export async function up({ out, port }: UpFlags): Promise<void> {
  await script('start', folderOf(out), String(port), String(port + transportPortAbove))
  print(`http://127.0.0.1:${port}`)
}

export async function down({ out }: DownFlags): Promise<void> {
  await script('stop', folderOf(out))
}

function folderOf(out: string | undefined): string {
  return join(workspaceOf(out).state, 'opensearch')
}

/** What the script says goes to standard error. */
async function script(...args: readonly string[]): Promise<void> {
  const file = join(packageRoot, 'deploy', 'servers', 'opensearch.sh')
  const child = spawn(file, args, { stdio: ['ignore', 2, 2] })
  const [code] = await once(child, 'close')
  if (code === 0) return
  throw new FatalError('OPENSEARCH_SERVER', `the node did not ${args[0]}`, {
    at: { file: join(args[1] ?? '', 'opensearch.log') },
    hint: 'The lines above say why. Any cluster can be named by --url instead.',
  })
}
