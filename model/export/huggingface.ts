import { type EncoderConfig, parameterShapes } from '../encoder.ts'
import { idfJson } from '../idf.ts'
import { type StoredTensor, safetensorsParts } from '../weights.ts'
import type { Draft } from './draft.ts'
import { layout } from './layout.ts'
import type { TrainedEncoder } from './trained-encoder.ts'

/**
 * The folder as Hugging Face's libraries read it: transformers' AutoModelForMaskedLM, and sentence-transformers' SparseEncoder
 * (modules as its version 6 writes them). An encoder of documents alone gets a router whose queries are the table of
 * frequencies.
 */
export async function writeHuggingFace(draft: Draft, trained: TrainedEncoder): Promise<void> {
  const { config, tokenizerJson, idf } = trained
  const write = (part: string, content: string | Iterable<Uint8Array>) =>
    draft.write(`${layout.huggingface}/${part}`, content)
  const writeJson = (part: string, value: unknown) => write(part, `${JSON.stringify(value, null, 2)}\n`)
  await writeJson('config.json', transformersConfig(trained))
  await write('model.safetensors', safetensorsParts(transformersTensors(trained), { format: 'pt' }))
  await write('tokenizer.json', tokenizerJson)
  await writeJson('tokenizer_config.json', tokenizerConfig(trained))
  await writeJson('special_tokens_map.json', specialTokens(trained))
  await write('vocab.txt', vocabularyFile(trained))
  await writeJson('config_sentence_transformers.json', {
    model_type: 'SparseEncoder',
    prompts: { query: '', document: '' },
    default_prompt_name: null,
    similarity_fn_name: 'dot',
  })
  await writeJson('sentence_bert_config.json', {
    transformer_task: 'fill-mask',
    modality_config: { text: { method: 'forward', method_output_name: 'logits' } },
    module_output_name: 'token_embeddings',
  })
  const pooling = idf ? 'document_1_SpladePooling' : '1_SpladePooling'
  await writeJson(`${pooling}/config.json`, poolingConfig(config))
  if (!idf) {
    await writeJson(
      'modules.json',
      modulesOf([
        ['', types.transformer],
        [pooling, types.pooling],
      ]),
    )
    return
  }
  const query = 'query_0_SparseStaticEmbedding'
  await writeJson('modules.json', modulesOf([['', types.router]]))
  await writeJson('router_config.json', {
    types: { '': types.transformer, [pooling]: types.pooling, [query]: types.table },
    structure: { query: [query], document: ['', pooling] },
    parameters: { default_route: 'document', allow_empty_key: true, route_mappings: {} },
  })
  const table = new Map<string, StoredTensor>([['weight', { shape: [idf.length], data: idf }]])
  await writeJson(`${query}/config.json`, { frozen: true })
  await write(`${query}/model.safetensors`, safetensorsParts(table, { format: 'pt' }))
  await write(`${query}/tokenizer.json`, tokenizerJson)
  await writeJson(`${query}/tokenizer_config.json`, tokenizerConfig(trained))
  await write('idf.json', idfJson(idf, tokenizerJson))
}

/** Classes of sentence-transformers. */
const types = {
  transformer: 'sentence_transformers.base.modules.transformer.Transformer',
  router: 'sentence_transformers.base.modules.router.Router',
  pooling: 'sentence_transformers.sparse_encoder.modules.splade_pooling.SpladePooling',
  table: 'sentence_transformers.sparse_encoder.modules.sparse_static_embedding.SparseStaticEmbedding',
} as const

function modulesOf(modules: readonly (readonly [path: string, type: string])[]): unknown {
  return modules.map(([path, type], idx) => ({ idx, name: String(idx), path, type }))
}

/** max over the positions of log(1 + ReLU), once or twice: the same as ours, for all of these are monotonic. */
function poolingConfig({ activation, vocabularySize }: EncoderConfig): unknown {
  return {
    pooling_strategy: 'max',
    activation_function: activation === 'log1p-twice' ? 'log1p_relu' : 'relu',
    embedding_dimension: vocabularySize,
  }
}

function transformersConfig({ config, tokenizer }: TrainedEncoder): unknown {
  return {
    architectures: ['BertForMaskedLM'],
    model_type: 'bert',
    vocab_size: config.vocabularySize,
    hidden_size: config.hiddenSize,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    intermediate_size: config.feedForwardSize,
    max_position_embeddings: config.maxLength,
    layer_norm_eps: config.layerNormEpsilon,
    hidden_act: 'gelu',
    position_embedding_type: 'absolute',
    type_vocab_size: segments,
    pad_token_id: tokenizer.special.pad,
    tie_word_embeddings: true,
    is_decoder: false,
    dtype: 'float32',
  }
}

/** As BERT has them. Ours knows one segment, so both of these add nothing. */
const segments = 2
/**
 * Bias of special tokens, which are no terms. sentence-transformers knows of no such exception, so the head itself never
 * reaches them. Not −1e9: in half precision that would be −∞, and −∞ times a mask of 0 not a number.
 */
const neverReached = -1e4

function transformersTensors({ config, weights }: TrainedEncoder): ReadonlyMap<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>()
  for (const [name, shape] of parameterShapes(config)) tensors.set(name, { shape, data: weights.get(name)! })
  const shape = [segments, config.hiddenSize]
  tensors.set('bert.embeddings.token_type_embeddings.weight', {
    shape,
    data: new Float32Array(segments * config.hiddenSize),
  })
  const bias = Float32Array.from(weights.get('cls.predictions.bias')!)
  for (const id of config.specialTokenIds) bias[id] = neverReached
  tensors.set('cls.predictions.bias', { shape: [bias.length], data: bias })
  return tensors
}

function specialTokens({ tokenizer }: TrainedEncoder): Readonly<Record<string, string>> {
  const { pad, unknown, cls, sep, mask } = tokenizer.special
  const name = (id: number) => tokenizer.decodeToken(id)
  return {
    cls_token: name(cls),
    mask_token: name(mask),
    pad_token: name(pad),
    sep_token: name(sep),
    unk_token: name(unknown),
  }
}

/** The class that takes tokenizer.json as it is: that of BERT would build one of its own from the vocabulary. */
function tokenizerConfig(trained: TrainedEncoder): unknown {
  return {
    ...specialTokens(trained),
    tokenizer_class: 'PreTrainedTokenizerFast',
    model_max_length: trained.config.maxLength,
    model_input_names: ['input_ids', 'attention_mask'],
    clean_up_tokenization_spaces: false,
  }
}

function vocabularyFile({ tokenizer }: TrainedEncoder): string {
  return Array.from({ length: tokenizer.vocabularySize }, (_, id) => `${tokenizer.decodeToken(id)}\n`).join('')
}
