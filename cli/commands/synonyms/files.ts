/** The files of the dictionary in a workspace. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigError } from '../../../runtime/errors.ts'
import type { Workspace } from '../../workspace.ts'

/** Throws ConfigError DICTIONARY_MISSING where it is not there. */
export function synonymFile({ data }: Workspace, name: string): string {
  const file = join(data, 'synonyms', name)
  if (existsSync(file)) return file
  throw new ConfigError('DICTIONARY_MISSING', 'there is no dictionary', {
    at: { file },
    hint: 'naru synonyms makes one; --out names the folder of the run.',
  })
}
