import { dynamicSize, encoderGraph } from '../encoder.ts'
import { onnxFiles } from '../graph/onnx.ts'
import type { WeightPrecision } from '../graph/onnx-weights.ts'
import { writeTorchArchive } from '../graph/torch-archive.ts'
import { torchModule } from '../graph/torchscript.ts'
import { idfJson } from '../idf.ts'
import type { Draft } from './draft.ts'
import { writeHuggingFace } from './huggingface.ts'
import { type ExportFormat, layout, type RoundedPrecision, roundedOnnx } from './layout.ts'
import { writeOpenSearch } from './opensearch.ts'
import type { TrainedEncoder } from './trained-encoder.ts'

export interface WantedForms {
  readonly formats: readonly ExportFormat[]
  /** ONNX files beside the exact one. */
  readonly rounded: readonly RoundedPrecision[]
}

/** Hears which form is next, and how many are done with. */
export type FormsTold = (
  step: 'writing' | 'comparing',
  at: { readonly done: number; readonly total: number; readonly note: string },
) => void

/**
 * Writes the files that compute. ONNX in fp32 is always there: it is what naru itself encodes with. The bundles of OpenSearch
 * hold the TorchScript file, which therefore comes with them.
 */
export async function writeForms(
  draft: Draft,
  name: string,
  trained: TrainedEncoder,
  { formats, rounded }: WantedForms,
  told: FormsTold,
): Promise<void> {
  const { config, weights, tokenizerJson, idf } = trained
  const { vectors } = encoderGraph(config, dynamicSize)
  const outputs = { output: vectors }
  await draft.write(layout.tokenizer, tokenizerJson)
  if (idf) await draft.write(layout.idf, idfJson(idf, tokenizerJson))
  const forms: (readonly [name: string, write: () => Promise<unknown>])[] = [
    [layout.onnx, () => writeOnnx(draft, layout.onnx, trained, 'fp32')],
    ...rounded.map((precision) => {
      const file = roundedOnnx(precision)
      return [file, () => writeOnnx(draft, file, trained, precision)] as const
    }),
  ]
  if (formats.includes('huggingface')) forms.push([layout.huggingface, () => writeHuggingFace(draft, trained)])
  if (formats.includes('torchscript') || formats.includes('opensearch')) {
    forms.push([
      layout.torchscript,
      () => writeTorchArchive(draft.path(layout.torchscript), torchModule({ outputs, weights })),
    ])
  }
  if (formats.includes('opensearch')) forms.push([layout.opensearch, () => writeOpenSearch(draft, name, trained)])
  for (const [done, [note, write]] of forms.entries()) {
    told('writing', { done, total: forms.length, note })
    await write()
  }
}

/** Weights that one file does not hold lie in `model.onnx_data` beside it. */
async function writeOnnx(draft: Draft, part: string, trained: TrainedEncoder, precision: WeightPrecision) {
  const { vectors } = encoderGraph(trained.config, dynamicSize)
  const { model, data } = onnxFiles(
    { outputs: { output: vectors }, initialisers: trained.weights, portable: true, precision },
    { location: `${part.slice(part.lastIndexOf('/') + 1)}_data` },
  )
  await draft.write(part, model)
  if (data) await draft.write(`${part}_data`, data)
}
