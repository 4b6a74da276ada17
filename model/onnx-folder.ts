/** An ONNX encoder as OpenSearch's ml-commons takes it, beside its tokenizer.json. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Tokenizer } from '../language/tokenizer.ts'
import { ConfigError } from '../runtime/errors.ts'
import { type Feed, GraphSession } from './graph/session.ts'
import { readIdf, type SparseEncoder, type SparseEncoderSettings, sparseEncoder } from './sparse-encoder.ts'

/**
 * Inputs are known by the ends of their names (`input1.input_ids`, `attention_mask`, `token_type_ids`), each i64 [batch, sequence];
 * the one output is f32 [batch, vocabulary], pooled. Throws ConfigError MODEL_UNSUPPORTED for another shape.
 */
export async function loadOnnxFolder(
  folder: string,
  name: string,
  { threads = 1 }: SparseEncoderSettings,
): Promise<SparseEncoder> {
  const tokenizerJson = await readFile(join(folder, 'tokenizer.json'), 'utf8').catch((cause: unknown) => {
    throw new ConfigError('EXPORT_MISSING', 'tokenizer.json cannot be read', {
      at: { file: join(folder, 'tokenizer.json') },
      hint: 'put the tokenizer.json of the model beside its .onnx file',
      cause,
    })
  })
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const { vocabularySize, maxLength } = tokenizer
  const session = await GraphSession.open(await readFile(join(folder, name)), { threads })
  const unsupported = (what: string) =>
    new ConfigError('MODEL_UNSUPPORTED', what, {
      at: { file: join(folder, name) },
      hint: 'its inputs should be input_ids and attention_mask, its output the pooled vectors [batch, vocabulary]',
    })
  const feedOf = (input: string, ids: Feed, mask: Feed): Feed => {
    if (input.endsWith('input_ids')) return ids
    if (input.endsWith('attention_mask')) return mask
    if (input.endsWith('token_type_ids')) return { data: new BigInt64Array(ids.data.length), shape: ids.shape }
    throw unsupported(`the input ${input} is not known`)
  }
  const named: Pick<GraphSession, 'run' | 'close'> = {
    run: async (feeds) => {
      const [ids, mask] = [feeds.input_ids!, feeds.attention_mask!]
      const inputs = session.inputNames.map((input) => [input, feedOf(input, ids, mask)] as const)
      const [output, ...others] = Object.values(await session.run(Object.fromEntries(inputs)))
      const rows = ids.shape[0] ?? 0
      if (!output || others.length > 0 || output.length !== rows * vocabularySize) {
        throw unsupported(`${rows} texts give ${output?.length ?? 0} figures, not ${rows} × ${vocabularySize}`)
      }
      return { output }
    },
    close: () => session.close(),
  }
  const idf = await readIdf(join(folder, 'idf.json'), tokenizerJson)
  return sparseEncoder({ session: named, tokenizer, vocabularySize, maxLength, idf })
}
