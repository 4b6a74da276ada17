/** What every peer of the encoding bench reads: texts, a vocabulary trained on them, one network with fresh weights. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialiseTokenizer, tokenizerFile } from '../../language/tokenizer-file.ts'
import { defaultVocabularySettings, trainVocabulary } from '../../language/vocabulary.ts'
import { WordCounts } from '../../language/word-counts.ts'
import { dynamicSize, type EncoderConfig, encoderGraph, initialWeights, parameterShapes } from '../../model/encoder.ts'
import { onnxModel } from '../../model/graph/onnx.ts'
import { Randomness } from '../../model/randomness.ts'
import { type SizeName, sizes } from '../trainer/problem.ts'

export interface EncodingProblem {
  readonly config: EncoderConfig
  /** Name and shape of each parameter in weights.bin (f32, little-endian, one after the other). */
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]
  readonly texts: readonly string[]
}

/** Files of the encoder, as an export names them, by how they keep the weights. */
export const forms = { fp32: 'onnx/model.onnx', int8: 'onnx/model_int8.onnx' } as const

const maxLength = 128
/** Of a passage. */
const wordsAtMost = 80
const specialTokenIds = [0, 1, 2, 3, 4]
const embeddingDeviation = 0.02
/** Of the logits' distribution, so that some dozens of terms fire in a text, as with a trained encoder. */
const deviationsBelow = 3.5

/** Sentences of Tatoeba in both languages and passages of real articles: a mix of short and long texts, in a seeded order. */
export async function realTexts(shared: string): Promise<readonly string[]> {
  const sentences = ['kor', 'eng'].flatMap((language) =>
    readFileSync(join(shared, `ko-en/tatoeba.kor-eng.${language}`), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  )
  const passages: string[] = []
  // Only here: a machine that is given the texts needs neither dumps nor kernels.
  const { articles } = await import('../../wiki/index.ts')
  for (const dump of ['enwiki-206pages.xml.bz2', 'kowiki-berlin.xml.bz2']) {
    const file = join(shared, 'wiki-dumps', dump)
    if (!existsSync(file)) continue
    for await (const { text } of articles(file, { fields: ['text'] })) passages.push(...passagesOf(text))
  }
  const texts = [...sentences, ...passages.slice(0, sentences.length)]
  const randomness = new Randomness(1)
  return texts
    .map((text) => ({ text, place: randomness.uniform() }))
    .sort((a, b) => a.place - b.place)
    .map(({ text }) => text)
}

function passagesOf(text: string): readonly string[] {
  const words = text.split(/\s+/)
  return Array.from({ length: Math.floor(words.length / wordsAtMost) }, (_, i) =>
    words.slice(i * wordsAtMost, (i + 1) * wordsAtMost).join(' '),
  )
}

/** Writes the folder; it also serves as an export of ours. */
export function writeEncodingProblem(folder: string, size: SizeName, texts: readonly string[]): void {
  const { tokens } = trainVocabulary(WordCounts.of(texts), {
    ...defaultVocabularySettings,
    size: sizes[size].vocabularySize,
  })
  const config: EncoderConfig = {
    ...sizes[size],
    vocabularySize: tokens.length,
    maxLength,
    specialTokenIds,
    layerNormEpsilon: 1e-12,
  }
  const weights = initialWeights(config, embeddingDeviation, new Randomness(2))
  weights.get('cls.predictions.bias')!.fill(-deviationsBelow * embeddingDeviation * Math.sqrt(config.hiddenSize))
  const parameters = [...parameterShapes(config)].map(([name, shape]) => ({ name, shape }))
  const problem: EncodingProblem = { config, parameters, texts }
  const { vectors } = encoderGraph(config, dynamicSize)
  mkdirSync(join(folder, 'onnx'), { recursive: true })
  writeFileSync(join(folder, 'problem.json'), JSON.stringify(problem))
  writeFileSync(join(folder, 'weights.bin'), Buffer.concat([...weights.values()].map(bytesOf)))
  writeFileSync(join(folder, 'tokenizer.json'), serialiseTokenizer(tokenizerFile(tokens, maxLength)))
  for (const precision of ['fp32', 'int8'] as const) {
    const model = onnxModel({ outputs: { output: vectors }, initialisers: weights, portable: true, precision })
    writeFileSync(join(folder, forms[precision]), model)
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
