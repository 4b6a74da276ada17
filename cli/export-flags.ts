/** The options by which `naru export CHECKPOINT` exports one checkpoint, and `naru export verify`; without them it is a phase. */
import { type Command, Option } from 'commander'
import type { ExportFormat } from '../model/export/layout.ts'
import type { WeightPrecision } from '../model/graph/onnx-weights.ts'
import type { VerifyFlags } from './commands/export/verify.ts'
import type { ConductFlags } from './conduct.ts'
import { examples } from './help.ts'

export interface ExportFlags extends ConductFlags {
  readonly formats?: readonly ExportFormat[]
  readonly precision?: readonly WeightPrecision[]
  readonly signingKey?: string
}

// Said again, for --help must not load the export.
const formats: readonly ExportFormat[] = ['onnx', 'torchscript', 'huggingface', 'opensearch']
export const precisions: readonly WeightPrecision[] = ['fp32', 'fp16', 'int8']

export const checkpointFlagNames = ['formats', 'precision', 'signingKey'] as const

export function withExport(command: Command): Command {
  command
    .argument('[checkpoint]', 'folder of one checkpoint; --out is then that of the export')
    .optionsGroup('One checkpoint to a folder:')
    .addOption(new Option('--formats <format...>', 'default: all that the tokenizer allows').choices(formats))
    .addOption(
      new Option(
        '--precision <precision...>',
        'ONNX files with fewer bits a weight, beside the exact one; parity.json says\nwhat they cost',
      ).choices(precisions),
    )
    .option('--signing-key <file>', 'PEM file of an Ed25519 private key that signs the manifest')
  command
    .command('verify')
    .description('hash every file of an export again, and check its signature; exit code 1 where it is not sound')
    .argument('<folder>', 'of an export')
    .option('--public-key <file>', 'PEM file of the key that must have signed')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      examples(
        'naru export verify models/exports/naru',
        'naru export verify models/exports/naru --public-key release.pub',
      ),
    )
    .action(async (folder: string, flags: VerifyFlags) => {
      await (await import('./commands/export/verify.ts')).verify(folder, flags)
    })
  return command.enablePositionalOptions()
}
