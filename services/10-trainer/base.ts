/** Where a run begins that does not begin from scratch: a pretrained encoder in a folder, or on Hugging Face's hub. */
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
  /** Of its content: another base under the same name is another run. */
  readonly fingerprint: string
}

type Surroundings = Pick<Deps<unknown, never>, 'log' | 'signal'> & { readonly files: FileStore }

/**
 * Undefined for `scratch`. A path begins with `.` or `/`; anything else is a name on the hub. Fetches what is not there yet. The
 * folder of a model that was trained here stands for the last checkpoint of its last run.
 */
export async function locateBase(
  { name, base }: TrainerSettings['model'],
  deps: Surroundings,
): Promise<Base | undefined> {
  if (base === 'scratch') return undefined
  const folder = /^[./]/.test(base) ? await checkpointIn(resolve(base), name, deps) : await fetchBase(base, deps)
  return { folder, config: await readBaseConfig(folder), fingerprint: await baseFingerprint(folder) }
}

async function checkpointIn(folder: string, ownName: string, { files }: Surroundings): Promise<string> {
  const log = await readFile(join(folder, 'training.jsonl'), 'utf8').catch(() => undefined)
  if (log === undefined) return folder
  if (folder === files.path(`models/checkpoints/${ownName}`)) {
    throw new ConfigError('BASE_IS_ITSELF', `${ownName} cannot begin with what it will write itself`, {
      at: { file: folder },
      hint: 'give another model.name, or the folder of one checkpoint as model.base',
    })
  }
  const run = /"run":"([0-9a-f]+)"/.exec(log)?.[1]
  const latest = run && (await latestCheckpoint(join(folder, run)))
  if (latest) return latest
  throw new ConfigError('BASE_INVALID', 'the run that was trained here last has no checkpoint', {
    at: { file: folder },
    hint: 'train it, or give the folder of a checkpoint as model.base',
  })
}

function fetchBase(base: string, { files, log, signal }: Surroundings): Promise<string> {
  const name = parseModelName(base)
  if (!name) {
    throw new ConfigError('BASE_INVALID', `${base} names neither a folder nor a model`, {
      hint: 'model.base is scratch, a folder (./folder, /folder) or a name on the hub (org/name, org/name@revision)',
    })
  }
  // Credentials are no settings: those are recorded with the run.
  const access = hubAccessFrom(process.env)
  const http = { settings: transferSettingsOf(), s3: { region: 'us-east-1' }, log, signal }
  return fetchModel(name, files.path('models/bases'), access, http)
}
