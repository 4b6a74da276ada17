/** Where a run begins that does not begin from scratch: a pretrained encoder in a folder, or on Hugging Face's hub. */
import { resolve } from 'node:path'
import { fetchModel, hubAccessFrom, parseModelName } from '../../mirror/hub.ts'
import { transferSettingsOf } from '../../mirror/settings.ts'
import type { BaseConfig } from '../../model/pretrained/base-config.ts'
import { baseFingerprint, readBaseConfig } from '../../model/pretrained/base-model.ts'
import { ConfigError } from '../../runtime/errors.ts'
import type { FileStore } from '../../runtime/ports.ts'
import type { Deps } from '../../runtime/service.ts'

export interface Base {
  /** Absolute. */
  readonly folder: string
  readonly config: BaseConfig
  /** Of its content: another base under the same name is another run. */
  readonly fingerprint: string
}

type Surroundings = Pick<Deps<unknown, never>, 'log' | 'signal'> & { readonly files: FileStore }

/** Undefined for `scratch`. A path begins with `.` or `/`; anything else is a name on the hub. Fetches what is not there yet. */
export async function locateBase(base: string, deps: Surroundings): Promise<Base | undefined> {
  if (base === 'scratch') return undefined
  const folder = /^[./]/.test(base) ? resolve(base) : await fetchBase(base, deps)
  return { folder, config: await readBaseConfig(folder), fingerprint: await baseFingerprint(folder) }
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
