/** naru engines add: fetches what an engine needs and the package leaves out. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { tryProvider } from '../../model/graph/providers.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { print } from '../print.ts'

/** Throws ConfigError where the package has no such files, FatalError ENGINE_NOT_ADDED when they cannot be fetched. */
export async function addCuda(): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new ConfigError(
      'PROVIDER_MISSING',
      `onnxruntime-node has no CUDA files for ${process.platform}/${process.arch}`,
      {
        hint: 'on Windows set training.provider to dml, on macOS to coreml',
      },
    )
  }
  const folder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  const script = join(folder, 'script', 'install.js')
  const { status } = spawnSync(process.execPath, [script, '--onnxruntime-node-install=cuda12'], {
    cwd: folder,
    stdio: ['ignore', process.stderr, process.stderr],
  })
  if (status !== 0) {
    throw new FatalError('ENGINE_NOT_ADDED', `the install script of onnxruntime-node ended with ${status}`, {
      hint: `it fetches NuGet packages; behind a proxy set GLOBAL_AGENT_HTTPS_PROXY, then: node ${script} --onnxruntime-node-install=cuda12`,
    })
  }
  const { usable, reason } = await tryProvider('cuda')
  print(usable ? 'cuda computes on this machine' : `the files are there, but cuda cannot compute yet: ${reason}`)
}
