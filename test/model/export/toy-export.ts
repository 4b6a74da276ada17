import { Tokenizer } from '../../../language/tokenizer.ts'
import { writeCheckpoint } from '../../../model/checkpoint.ts'
import type { Activation } from '../../../model/encoder.ts'
import { type ExportOptions, type ExportReport, exportModel } from '../../../model/export/export-model.ts'
import { inverseDocumentFrequencies } from '../../../model/idf.ts'
import { TrainingEngine } from '../../../model/training-engine.ts'
import { toyExamples, toySettings, toyTitles, toyTokenizerJson } from '../toy.ts'

export interface ToySettings {
  readonly activation?: Activation
  /** An encoder of documents alone, whose queries are a table. */
  readonly withIdf?: boolean
  readonly tokenizerJson?: string
}

/** A checkpoint of an encoder that has seen nothing yet; gives its folder. */
export async function toyCheckpoint(folder: string, settings: ToySettings = {}): Promise<string> {
  const { activation = 'log1p', withIdf = false, tokenizerJson = toyTokenizerJson } = settings
  const training = { ...toySettings, network: { ...toySettings.network, activation } }
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const engine = TrainingEngine.start(training, tokenizer, 1)
  const documents = toyExamples.map(({ positive_doc }) => positive_doc)
  const { path } = await writeCheckpoint(folder, {
    settings: training,
    progress: engine.progress,
    tokenizerJson,
    tensors: new Map(engine.tensors()),
    ...(withIdf && { idf: inverseDocumentFrequencies(documents, tokenizer) }),
  })
  return path
}

/** Sentences of the toy world, words, and what is longer than its position table. */
const toyTexts: readonly string[] = [
  ...toyTitles.korean,
  ...toyTitles.english,
  'the mountain is a thing',
  '물은 것 이다',
  'the water is a river '.repeat(8),
  '',
]

export async function exportToy(
  checkpoint: string,
  outDir: string,
  options: Partial<ExportOptions> = {},
): Promise<ExportReport> {
  return exportModel(checkpoint, outDir, { name: 'toy', texts: toyTexts, ...options })
}
