/** naru export: the phase, or one checkpoint that is named. */
import { ConfigError } from '../../runtime/errors.ts'
import { checkpointFlagNames, type ExportFlags } from '../export-flags.ts'
import { phase } from './phase.ts'

export async function exportModels(checkpoint: string | undefined, flags: ExportFlags): Promise<void> {
  if (checkpoint !== undefined) {
    await (await import('./export/checkpoint.ts')).exportCheckpoint(checkpoint, flags)
    return
  }
  const mixed = checkpointFlagNames.find((name) => flags[name] !== undefined)
  if (mixed === undefined) return phase('export', flags)
  throw new ConfigError('FLAGS_MIXED', `--${mixed === 'signingKey' ? 'signing-key' : mixed} needs a checkpoint`, {
    hint: 'name the folder of a checkpoint, or give the settings of exporter in a file: --config',
  })
}
