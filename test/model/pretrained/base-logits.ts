import { Tokenizer } from '../../../language/tokenizer.ts'
import { tokenRows } from '../../../model/batch.ts'
import { declareParameters, encode } from '../../../model/encoder.ts'
import { Graph } from '../../../model/graph/graph.ts'
import { GraphSession } from '../../../model/graph/session.ts'
import { type BaseModel, encoderOf } from '../../../model/pretrained/base-model.ts'

/** Greatest logits [texts, vocabulary] of a base over the positions of each text, padded to `paddedLength` tokens. */
export async function logitsOf(
  base: BaseModel,
  texts: readonly string[],
  paddedLength?: number,
): Promise<Float32Array> {
  const config = encoderOf(base.config)
  const tokenizer = Tokenizer.parse(base.tokenizerJson)
  const { ids, mask, rows, length } = tokenRows(texts, tokenizer, [paddedLength ?? config.maxLength])
  const graph = new Graph()
  const parameters = declareParameters(graph, config)
  const shape = [rows, length]
  const input = (name: string) => graph.input(name, 'i64', shape)
  const { logits } = encode(parameters, config, { ids: input('input_ids'), mask: input('attention_mask') })
  const session = await GraphSession.open({ outputs: { logits }, initialisers: base.weights }, { threads: 1 })
  const values = await session.run({ input_ids: { data: ids, shape }, attention_mask: { data: mask, shape } })
  await session.close()
  if (!(values.logits instanceof Float32Array)) throw new Error('logits are f32')
  return values.logits
}
