/** How folders of sparse encoders by others are laid out. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../../runtime/errors.ts'
import type { Activation } from '../encoder.ts'

export interface SparseLayout {
  /** Folder of the network: config.json, tokenizer.json, weights. */
  readonly network: string
  readonly activation: Activation
  /** Whether the terms of special tokens are 0, as OpenSearch has it; sentence-transformers leaves them in. */
  readonly specialTokensAreNoTerms: boolean
  /** Longest text in tokens; undefined leaves it to the network. */
  readonly maxLength: number | undefined
  readonly queries: QueryLayout
}

/** network: as documents. table: weights of tokens in a folder of their own (safetensors), or in an idf.json. */
export type QueryLayout =
  | { readonly kind: 'network' }
  | { readonly kind: 'table'; readonly folder: string }
  | { readonly kind: 'idf'; readonly file: string }

const moduleShape = z.looseObject({ path: z.string(), type: z.string() })
const routerShape = z.looseObject({
  types: z.record(z.string(), z.string()),
  structure: z.looseObject({ query: z.array(z.string()), document: z.array(z.string()) }),
})
const poolingShape = z.looseObject({
  pooling_strategy: z.string().default('max'),
  activation_function: z.string().default('relu'),
})
const lengthShape = z.looseObject({ max_seq_length: z.int().min(3).nullish() })

interface Module {
  /** Absolute. */
  readonly folder: string
  /** `MLMTransformer`, without the package that it lies in: packages have moved. */
  readonly kind: string
}

/** Undefined for a folder without modules.json and config.json. Throws ConfigError MODEL_UNSUPPORTED. */
export async function readSparseLayout(folder: string): Promise<SparseLayout | undefined> {
  if (existsSync(join(folder, 'modules.json'))) return sentenceTransformersLayout(folder)
  if (!existsSync(join(folder, 'config.json')) || existsSync(join(folder, 'onnx', 'model.onnx'))) return undefined
  const idf = join(folder, 'idf.json')
  return {
    network: folder,
    activation: 'log1p',
    specialTokensAreNoTerms: true,
    maxLength: undefined,
    queries: existsSync(idf) ? { kind: 'idf', file: idf } : { kind: 'network' },
  }
}

async function sentenceTransformersLayout(folder: string): Promise<SparseLayout> {
  const listed = await jsonIn(join(folder, 'modules.json'), z.array(moduleShape))
  const modules = listed.map(({ path, type }) => ({ folder: join(folder, path), kind: kindOf(type) }))
  const [router] = modules
  if (router?.kind !== 'Router') return { ...(await networkOf(modules, folder)), queries: { kind: 'network' } }
  const { types, structure } = await jsonIn(join(router.folder, 'router_config.json'), routerShape)
  const routed = (names: readonly string[]) =>
    names.map((name): Module => ({ folder: join(router.folder, name), kind: kindOf(types[name] ?? '') }))
  const [query, ...others] = routed(structure.query)
  if (query?.kind !== 'SparseStaticEmbedding' || others.length > 0) {
    throw unsupported(folder, `queries go through ${structure.query.join(', ')}`)
  }
  return {
    ...(await networkOf(routed(structure.document), folder)),
    queries: { kind: 'table', folder: query.folder },
  }
}

async function networkOf(modules: readonly Module[], folder: string): Promise<Omit<SparseLayout, 'queries'>> {
  const [network, pooling, ...others] = modules
  const isNetwork = network?.kind === 'MLMTransformer' || network?.kind === 'Transformer'
  if (!isNetwork || pooling?.kind !== 'SpladePooling' || others.length > 0) {
    throw unsupported(folder, `documents go through ${modules.map(({ kind }) => kind).join(', ')}`)
  }
  const { pooling_strategy, activation_function } = await jsonIn(join(pooling.folder, 'config.json'), poolingShape)
  const activation = { relu: 'log1p', log1p_relu: 'log1p-twice' }[activation_function] as Activation | undefined
  if (pooling_strategy !== 'max' || activation === undefined) {
    throw unsupported(folder, `it pools by ${pooling_strategy} with ${activation_function}`)
  }
  const lengths = join(network.folder, 'sentence_bert_config.json')
  const { max_seq_length } = existsSync(lengths) ? await jsonIn(lengths, lengthShape) : {}
  return {
    network: network.folder,
    activation,
    specialTokensAreNoTerms: false,
    maxLength: max_seq_length ?? undefined,
  }
}

function kindOf(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1)
}

async function jsonIn<Shape extends z.ZodType>(file: string, shape: Shape): Promise<z.output<Shape>> {
  try {
    return shape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    throw new ConfigError('MODEL_INVALID', 'this file of the model cannot be understood', {
      at: { file },
      hint: 'fetch the model again, or save it again with sentence-transformers 5 or later',
      cause,
    })
  }
}

function unsupported(folder: string, what: string): ConfigError {
  return new ConfigError('MODEL_UNSUPPORTED', `the model is laid out in a way that is not known: ${what}`, {
    at: { file: folder },
    hint: 'known are a masked language model with SpladePooling (max; relu or log1p_relu), alone or behind a Router whose queries are a SparseStaticEmbedding',
  })
}
