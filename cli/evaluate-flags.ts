/** The options by which `naru evaluate` judges what is there already; without them it is a phase like others. */
import { type Command, Option } from 'commander'
import type { WeightPrecision } from '../model/graph/onnx-weights.ts'
import { isSparseModel } from '../model/sparse-folder.ts'
import { precisions } from './export-flags.ts'
import type { InputFlags } from './flags.ts'
import { wholeNumber } from './option-values.ts'

export interface EvaluateFlags extends Omit<InputFlags, 'model'> {
  readonly out?: string
  readonly model?: readonly string[]
  readonly run?: readonly string[]
  readonly qrels?: string
  readonly trec?: string
  readonly beir?: string
  readonly depth: number
  readonly articles?: readonly string[]
  readonly pairs?: string
  readonly sentences?: readonly string[]
  readonly keep?: boolean
  readonly precision?: readonly WeightPrecision[]
  readonly json?: boolean
  readonly quiet?: boolean
}

const judgingFlagNames = [
  'run',
  'qrels',
  'trec',
  'beir',
  'articles',
  'pairs',
  'sentences',
  'keep',
  'precision',
] as const

/** Whether models or rankings that are there are to be judged, rather than the phase carried out with all that it needs. */
export function asksToJudge(flags: EvaluateFlags): boolean {
  if (judgingFlagNames.some((name) => flags[name] !== undefined)) return true
  const models = flags.model ?? []
  return models.length > 1 || (models[0] !== undefined && isSparseModel(models[0]))
}

/** The phase trains one model, and names it. */
export function firstModel<Flags extends { readonly model?: readonly string[] }>(
  flags: Flags,
): Omit<Flags, 'model'> & { readonly model?: string } {
  const { model: models, ...others } = flags
  const [model] = models ?? []
  return { ...others, ...(model === undefined ? {} : { model }) }
}

export function withEvaluation(command: Command): Command {
  return command
    .optionsGroup('To judge what is there already, without a run:')
    .option('--articles <file...>', 'articles as JSON lines (default: those of the run in --out)')
    .option('--pairs <file>', 'combined_synonyms.json (default: that of the run in --out)')
    .option('--sentences <file...>', 'two files of sentences and their translations, Korean and English, one a line')
    .option('--trec <folder>', 'write tasks and rankings as TREC files')
    .option('--beir <folder>', 'write the tasks as BEIR and MTEB read them')
    .option('--depth <documents>', 'documents a query in the TREC files', wholeNumber(1), 100)
    .option('--keep', "leave scores and search index in the models' folders (those of the run always have them)")
    .addOption(
      new Option(
        '--precision <precision...>',
        'forms of an export to judge: fp32 int8 shows what rounding loses',
      ).choices(precisions),
    )
    .option('--run <file...>', 'TREC runs to judge by --qrels; the first is compared with the others')
    .option('--qrels <file>', 'TREC judgements')
}
