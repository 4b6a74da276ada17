/** Where a run begins that does not begin from scratch: a pretrained encoder in a folder, or on Hugging Face's hub. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fetchModel, hubAccessFrom, parseModelName } from '../../mirror/hub.ts'
import { transferSettingsOf } from '../../mirror/settings.ts'
import { latestCheckpoint } from '../../model/checkpoint.ts'
import type { BaseConfig } from '../../model/pretrained/base-config.ts'
import { baseFingerprint, readBaseConfig } from '../../model/pretrained/base-model.ts'
import { ConfigError } from '../../runtime/errors.ts'
import type { FileStore } from '../../runtime/ports.ts'
import type { Deps } from '../../runtime/service.ts'
import type { TrainerSettings } from './settings.ts'

export interface Base {
  /** Absolute. */
  readonly folder: string
  readonly config: BaseConfig
  /** Of its content: another base under the same name is another run. Undefined where the model continues from itself. */
  readonly fingerprint: string | undefined
}

type Surroundings = Pick<Deps<unknown, never>, 'log' | 'signal'> & { readonly files: FileStore }

/**
 * Undefined for `scratch`, and for `last` where this model was not trained before. A path begins with `.` or `/`; anything else is a name on the hub. Fetches what is not there yet. The
 * folder of a model that was trained here stands for the last checkpoint of its last run.
 */
export async function locateBase(
  { name, base }: TrainerSettings['model'],
  deps: Surroundings,
): Promise<Base | undefined> {
  if (base === 'scratch') return undefined
  if (base === 'last') {
    const latest = await lastOfLastRun(deps.files.path(`models/checkpoints/${name}`))
    if (latest === undefined) return undefined
    return { folder: latest, config: await readBaseConfig(latest), fingerprint: undefined }
  }
  const folder = /^[./]/.test(base) ? await checkpointIn(resolve(base), name, deps) : await fetchBase(base, deps)
  return { folder, config: await readBaseConfig(folder), fingerprint: await baseFingerprint(folder) }
}

async function checkpointIn(folder: string, ownName: string, { files }: Surroundings): Promise<string> {
  if (!existsSync(join(folder, runFile))) return folder
  if (folder === files.path(`models/checkpoints/${ownName}`)) {
    throw new ConfigError('BASE_IS_ITSELF', `${ownName} cannot begin with what it will write itself`, {
      at: { file: folder },
      hint: 'last as model.base goes on from it; or give another model.name, or the folder of one checkpoint',
    })
  }
  const latest = await lastOfLastRun(folder)
  if (latest) return latest
  throw new ConfigError('BASE_INVALID', 'the run that was trained here last has no checkpoint', {
    at: { file: folder },
    hint: 'train it, or give the folder of a checkpoint as model.base',
  })
}

/** Beside the folders of a model's runs: the name of the one that was trained last. */
const runFile = 'run.json'

/** To be called when the first checkpoint of a run that has a base lies in its folder. */
export async function recordRun(model: string, run: string, files: FileStore): Promise<void> {
  await files.write(`models/checkpoints/${model}/${runFile}`, `${JSON.stringify({ run })}\n`)
}

/** The last checkpoint of the run of a model that was trained last, if there is one. */
async function lastOfLastRun(folder: string): Promise<string | undefined> {
  const recorded = await readFile(join(folder, runFile), 'utf8').catch(() => '')
  const run = /"run":"([0-9a-f]+)"/.exec(recorded)?.[1]
  return run === undefined ? undefined : latestCheckpoint(join(folder, run))
}

function fetchBase(base: string, { files, log, signal }: Surroundings): Promise<string> {
  const name = parseModelName(base)
  if (!name) {
    throw new ConfigError('BASE_INVALID', `${base} names neither a folder nor a model`, {
      hint: 'model.base is scratch, last, a folder (./folder, /folder) or a name on the hub (org/name, org/name@revision)',
    })
  }
  // Credentials are no settings: those are recorded with the run.
  const access = hubAccessFrom(process.env)
  const http = { settings: transferSettingsOf(), s3: { region: 'us-east-1' }, log, signal }
  return fetchModel(name, files.path('models/bases'), access, http)
}
