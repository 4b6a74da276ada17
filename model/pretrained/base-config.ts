import { z } from 'zod'
import { ConfigError } from '../../runtime/errors.ts'

/** What a `config.json` of Hugging Face's transformers says of a model that training can start from. */
export interface BaseConfig {
  readonly family: Family
  readonly vocabularySize: number
  readonly hiddenSize: number
  readonly layers: number
  readonly heads: number
  readonly feedForwardSize: number
  /** Longest text in tokens. */
  readonly maxLength: number
  readonly layerNormEpsilon: number
  /** True for a checkpoint of ours: its head is that of a sparse encoder already, and its level must stay. */
  readonly isSparse: boolean
}

/**
 * bert: BertForMaskedLM. distilbert: DistilBertForMaskedLM, a BERT without segments under other names. roberta: RobertaForMaskedLM and XLMRobertaForMaskedLM, which number positions from the padding id + 1
 * and name the head otherwise.
 */
export type Family =
  | { readonly kind: 'bert' | 'distilbert' }
  | { readonly kind: 'roberta'; readonly firstPosition: number }

const size = z.int().min(1)
const file = z.looseObject({
  model_type: z.string(),
  vocab_size: size,
  hidden_size: size,
  num_hidden_layers: size,
  num_attention_heads: size,
  intermediate_size: size,
  max_position_embeddings: size,
  layer_norm_eps: z.number().positive().default(1e-12),
  hidden_act: z.string().default('gelu'),
  position_embedding_type: z.string().nullish(),
  pad_token_id: z.int().min(0).nullish(),
  tie_word_embeddings: z.boolean().default(true),
  is_decoder: z.boolean().default(false),
})

/** Throws ConfigError BASE_UNSUPPORTED for another architecture, BASE_INVALID for what is no config.json. */
export function parseBaseConfig(text: string, path: string): BaseConfig {
  const parsed = file.safeParse(withBertNames(jsonOrUndefined(text)))
  if (!parsed.success) {
    throw new ConfigError('BASE_INVALID', `config.json describes no transformer: ${z.prettifyError(parsed.error)}`, {
      at: { file: path },
      hint: 'model.base wants a folder as transformers saves it: config.json, tokenizer.json and weights',
    })
  }
  const config = parsed.data
  refuseOthers(config, path)
  const family = familyOf(config)
  return {
    family,
    vocabularySize: config.vocab_size,
    hiddenSize: config.hidden_size,
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    feedForwardSize: config.intermediate_size,
    maxLength: config.max_position_embeddings - (family.kind === 'roberta' ? family.firstPosition : 0),
    layerNormEpsilon: config.layer_norm_eps,
    isSparse: false,
  }
}

function familyOf({ model_type, pad_token_id }: z.output<typeof file>): Family {
  if (model_type === 'bert' || model_type === 'distilbert') return { kind: model_type }
  return { kind: 'roberta', firstPosition: (pad_token_id ?? 1) + 1 }
}

/** DistilBERT calls its sizes otherwise. */
const distilbertNames = {
  hidden_size: 'dim',
  num_hidden_layers: 'n_layers',
  num_attention_heads: 'n_heads',
  intermediate_size: 'hidden_dim',
  hidden_act: 'activation',
} as const

function withBertNames(config: unknown): unknown {
  const distilbert = z.looseObject({ model_type: z.literal('distilbert') }).safeParse(config)
  if (!distilbert.success) return config
  const renamed = Object.entries(distilbertNames).map(([bert, own]) => [bert, distilbert.data[own]])
  return { ...distilbert.data, ...Object.fromEntries(renamed) }
}

function refuseOthers(config: z.output<typeof file>, path: string): void {
  const faults = [
    !['bert', 'distilbert', 'roberta', 'xlm-roberta'].includes(config.model_type) && `model_type ${config.model_type}`,
    config.hidden_act !== 'gelu' && `hidden_act ${config.hidden_act}`,
    (config.position_embedding_type ?? 'absolute') !== 'absolute' &&
      `position_embedding_type ${config.position_embedding_type}`,
    !config.tie_word_embeddings && 'tie_word_embeddings false',
    config.is_decoder && 'is_decoder true',
  ].filter((fault) => fault !== false)
  if (faults.length === 0) return
  throw new ConfigError('BASE_UNSUPPORTED', `the base has ${faults.join(', ')}`, {
    at: { file: path },
    hint: 'use a BERT or an XLM-R encoder with exact GELU, absolute positions and a tied head, such as klue/bert-base or xlm-roberta-base',
  })
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
