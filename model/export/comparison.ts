import { rm } from 'node:fs/promises'
import * as ort from 'onnxruntime-node'
import { loadSparseEncoder } from '../sparse-encoder.ts'
import { type DjlRuntime, djlRuntimes, encodeByDjl, whyWithoutDjl } from './djl.ts'
import type { Draft } from './draft.ts'
import type { FormsTold, WantedForms } from './forms.ts'
import { layout, roundedOnnx } from './layout.ts'
import { mlCommonsOnnx } from './opensearch.ts'
import { agreementOf, type FormParity, type Parity, tolerance } from './parity.ts'
import { encodeAsTrained, type TrainedEncoder } from './trained-encoder.ts'

export interface Comparing {
  readonly texts: readonly string[]
  readonly threads: number
  /** Whether to start Java where it has what is needed; false says so in the parity. */
  readonly withDjl: boolean
  readonly told: FormsTold
}

/** Runs every form that this machine can run, beside the encoder as it is trained. */
export async function compareForms(
  draft: Draft,
  trained: TrainedEncoder,
  { formats, rounded }: WantedForms,
  { texts, threads, withDjl, told }: Comparing,
): Promise<Parity> {
  const ofDjl = djlForms(draft, trained, formats)
  const total = 2 + ofDjl.length + rounded.length
  let done = 0
  const next = (note: string) => told('comparing', { done: done++, total, note })
  next('as it is trained')
  const expected = await encodeAsTrained(trained, texts, threads)
  const byOnnx = async (file: string): Promise<FormParity> => {
    next(file)
    const encoder = await loadSparseEncoder(draft.folder, { threads, form: file })
    try {
      const agreement = agreementOf(expected, await encoder.encode(texts))
      return { file, runtime: `onnxruntime-node ${ort.env.versions.node}`, ...agreement }
    } finally {
      await encoder.close()
    }
  }
  const exact = [await byOnnx(layout.onnx)]
  const notRun: Parity['notRun'][number][] = []
  for (const { file, runtime, path } of ofDjl) {
    next(file)
    const reason = withDjl ? whyWithoutDjl(runtime) : 'not asked for'
    const by = djlRuntimes[runtime].runtime
    if (reason !== undefined) notRun.push({ file, reason: `${by}: ${reason}` })
    else {
      const vectors = await encodeByDjl(runtime, await path(), tokenIds(trained, texts))
      exact.push({ file, runtime: by, ...agreementOf(expected, vectors) })
    }
  }
  await rm(draft.path(looseFolder), { recursive: true, force: true })
  if (formats.includes('huggingface')) {
    notRun.push({ file: layout.huggingface, reason: 'transformers: needs Python, as npm run test:python has it' })
  }
  const roundedForms = []
  for (const precision of rounded) roundedForms.push({ precision, ...(await byOnnx(roundedOnnx(precision))) })
  return { texts: texts.length, tolerance, exact, rounded: roundedForms, notRun }
}

interface DjlForm {
  /** As the parity names it. */
  readonly file: string
  readonly runtime: DjlRuntime
  readonly path: () => Promise<string>
}

/** The model of ml-commons' ONNX bundle, out of its zip while it is compared. */
const [looseFolder, looseName] = ['.ml-commons', 'model.onnx'] as const

function djlForms(draft: Draft, trained: TrainedEncoder, formats: WantedForms['formats']): DjlForm[] {
  const forms: DjlForm[] = []
  if (formats.includes('torchscript') || formats.includes('opensearch')) {
    const file = layout.torchscript
    const path = () => Promise.resolve(draft.path(file))
    forms.push({ file, runtime: 'libtorch-2.5', path }, { file, runtime: 'libtorch-1.13', path })
  }
  if (formats.includes('opensearch')) {
    const path = async () => {
      const { model, data } = mlCommonsOnnx(trained, looseName)
      await draft.write(`${looseFolder}/${looseName}`, model)
      if (data) await draft.write(`${looseFolder}/${looseName}_data`, data)
      return draft.path(`${looseFolder}/${looseName}`)
    }
    forms.push({ file: `${layout.opensearch} (ONNX)`, runtime: 'onnxruntime-1.16', path })
  }
  return forms
}

function tokenIds({ tokenizer, config }: TrainedEncoder, texts: readonly string[]): readonly (readonly number[])[] {
  return texts.map((text) => tokenizer.encode(text, config.maxLength))
}
