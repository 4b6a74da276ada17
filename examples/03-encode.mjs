// A model without naru: the terms of a text, by onnxruntime and the tokenizer alone: node examples/03-encode.mjs EXPORT TEXT
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { InferenceSession, Tensor } from 'onnxruntime-node'

const [folder, text] = process.argv.slice(2)
const json = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8'))
const { ids } = new Tokenizer(json, {}).encode(text)

const session = await InferenceSession.create(join(folder, 'onnx', 'model.onnx'))
const row = (values) => new Tensor('int64', BigInt64Array.from(values.map(BigInt)), [1, values.length])
const { output } = await session.run({ input_ids: row(ids), attention_mask: row(ids.map(() => 1)) })

const termOf = new Map(Object.entries(json.model.vocab).map(([term, id]) => [id, term]))
const weights = [...output.data]
  .map((weight, id) => ({ term: termOf.get(id), weight }))
  .filter(({ weight }) => weight > 0)
for (const { term, weight } of weights.sort((a, b) => b.weight - a.weight).slice(0, 10)) {
  console.log(weight.toFixed(3), term)
}
