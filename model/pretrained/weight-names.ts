import type { Family } from './base-config.ts'

/**
 * The name under which a tensor of transformers' BERT, DistilBERT and RoBERTa families is kept here: that of BertForMaskedLM, whether the
 * file is of the whole model or of the encoder alone (no `bert.` before the names), and whether its layer norms speak of
 * weight and bias or, as those converted from TensorFlow, of gamma and beta. Undefined for what the encoder does not use.
 */
export function ownName(name: string, { kind }: Family): string | undefined {
  const plain = name.replace(/LayerNorm\.gamma$/, 'LayerNorm.weight').replace(/LayerNorm\.beta$/, 'LayerNorm.bias')
  const own = { bert: fromBert, distilbert: fromDistilbert, roberta: fromRoberta }[kind](plain)
  return own !== undefined && used.test(own) ? own : undefined
}

export const decoderWeight = 'cls.predictions.decoder.weight'
export const tokenTypeEmbeddings = 'bert.embeddings.token_type_embeddings.weight'

const used = new RegExp(
  [
    String.raw`^bert\.embeddings\.(word|position|token_type)_embeddings\.weight$`,
    String.raw`^bert\.embeddings\.LayerNorm\.(weight|bias)$`,
    String.raw`^bert\.encoder\.layer\.\d+\.`,
    String.raw`^cls\.predictions\.(bias|transform\..*|decoder\.weight)$`,
  ].join('|'),
)

function fromBert(name: string): string {
  if (name === 'cls.predictions.decoder.bias') return 'cls.predictions.bias'
  return name.startsWith('bert.') || name.startsWith('cls.') ? name : `bert.${name}`
}

function fromRoberta(name: string): string {
  if (!name.startsWith('lm_head.')) return `bert.${name.replace(/^roberta\./, '')}`
  return name
    .replace(/^lm_head\.dense\./, 'cls.predictions.transform.dense.')
    .replace(/^lm_head\.layer_norm\./, 'cls.predictions.transform.LayerNorm.')
    .replace(/^lm_head\.decoder\.weight$/, decoderWeight)
    .replace(/^lm_head\.(decoder\.)?bias$/, 'cls.predictions.bias')
}

const distilbertParts: readonly (readonly [own: RegExp, bert: string])[] = [
  [/^distilbert\./, ''],
  [/^transformer\.layer\.(\d+)\./, 'encoder.layer.$1.'],
  [/\.attention\.q_lin\./, '.attention.self.query.'],
  [/\.attention\.k_lin\./, '.attention.self.key.'],
  [/\.attention\.v_lin\./, '.attention.self.value.'],
  [/\.attention\.out_lin\./, '.attention.output.dense.'],
  [/\.sa_layer_norm\./, '.attention.output.LayerNorm.'],
  [/\.ffn\.lin1\./, '.intermediate.dense.'],
  [/\.ffn\.lin2\./, '.output.dense.'],
  [/\.output_layer_norm\./, '.output.LayerNorm.'],
  [/^vocab_transform\./, 'cls.predictions.transform.dense.'],
  [/^vocab_layer_norm\./, 'cls.predictions.transform.LayerNorm.'],
  [/^vocab_projector\.weight$/, decoderWeight],
  [/^vocab_projector\.bias$/, 'cls.predictions.bias'],
]

function fromDistilbert(name: string): string {
  return fromBert(distilbertParts.reduce((renamed, [own, bert]) => renamed.replace(own, bert), name))
}
