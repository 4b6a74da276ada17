/** naru engines add: fetches what an engine needs and the package leaves out. */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { enginesFolder } from '../../model/engines-folder.ts'
import { tryProvider } from '../../model/graph/providers.ts'
import type { TfjsDevice } from '../../model/graph/tfjs-loader.ts'
import { executionSettings } from '../../model/settings.ts'
import { ConfigError, FatalError } from '../../runtime/errors.ts'
import { buildTfjs, tensorflowVersion } from '../engines/tfjs-build.ts'
import { tryTfjsApart } from '../engines/trial.ts'
import { print, printJson, say } from '../print.ts'

export type AddableEngine = 'cuda' | 'tfjs-gpu'

export interface EnginesFlags {
  /** Of tfjs-gpu; default: cuda where the machine has a card. */
  readonly device?: TfjsDevice
  readonly python?: string
  readonly json?: boolean
}

export async function addEngine(engine: AddableEngine, flags: EnginesFlags): Promise<void> {
  switch (engine) {
    case 'cuda':
      return addCuda(flags)
    case 'tfjs-gpu':
      return addTfjs(flags)
  }
}

/** Throws as `buildTfjs`, and FatalError ENGINE_NOT_ADDED when what was built does not compute. */
async function addTfjs(flags: EnginesFlags): Promise<void> {
  const { device = hasCard() ? 'cuda' : 'cpu', python = 'python3', json } = flags
  const engines = enginesFolder(process.env)
  const folder = await buildTfjs({ device, engines, python, say })
  // The build for CUDA is what `auto` takes, and computes on the CPU where there is no GPU.
  const settings = executionSettings.parse({ engine: 'tfjs', provider: device === 'cuda' ? 'auto' : device })
  const trial = await tryTfjsApart({ settings, engines, threads: availableParallelism() })
  if (!trial.usable) {
    throw new FatalError('ENGINE_NOT_ADDED', `it was built, but cannot be used: ${trial.reason}`, {
      at: { file: folder },
      hint: 'report this, with the output of ldd on the tfjs_binding.node in that folder',
    })
  }
  if (json) {
    printJson({ engine: 'tfjs-gpu', usable: true, reason: null, folder, version: trial.version, device: trial.device })
    return
  }
  print(
    `TensorFlow.js ${trial.version} over TensorFlow ${tensorflowVersion} computes on ${trial.device}; it lies in ${folder}`,
  )
  if (trial.device !== device) print(`for ${device} it waits for a GPU: TensorFlow found none`)
  print('training.engine: tfjs trains with it, naru doctor --measure tells how fast')
}

function hasCard(): boolean {
  return spawnSync('nvidia-smi', ['-L'], { stdio: 'ignore' }).status === 0
}

/** Throws ConfigError where the package has no such files, FatalError ENGINE_NOT_ADDED when they cannot be fetched. */
async function addCuda({ json }: EnginesFlags): Promise<void> {
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
  if (json) printJson({ engine: 'cuda', usable, reason: reason ?? null, folder })
  else print(usable ? 'cuda computes on this machine' : `the files are there, but cuda cannot compute yet: ${reason}`)
}
