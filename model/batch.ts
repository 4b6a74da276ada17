import type { Tokenizer } from '../language/tokenizer.ts'
import { ConfigError } from '../runtime/errors.ts'
import type { Feed } from './graph/session.ts'
import type { Randomness } from './randomness.ts'
import type { BatchSettings, LossSettings } from './settings.ts'

/** From training examples to the arrays of one step. */

export interface TrainingExample {
  readonly query: string
  readonly positive_doc: string
  readonly negative_docs: readonly string[]
  /** Pairs of terms that mean the same, one in each language. */
  readonly synonym_pairs: readonly (readonly [string, string])[]
  /** The lead of the page that is linked with that of the positive document, itself a lead: their vectors are aligned. */
  readonly linked_lead?: string
  /** A teacher's scores of the positive document and of the negatives, in their order. */
  readonly teacher_scores?: readonly number[]
}

/** Sizes of a step; one graph is built for each. */
export interface StepShape {
  readonly examples: number
  readonly negatives: number
  readonly queryLength: number
  /** 0: a step on synonym pairs alone, without queries and documents. */
  readonly documentLength: number
  /** Rows of leads that are aligned with positive documents. */
  readonly leads: number
  readonly synonymTargets: number
}

export function shapeKey(shape: StepShape): string {
  const { examples, negatives, leads, queryLength, documentLength, synonymTargets } = shape
  return `${examples}+${negatives}+${leads}:${queryLength}/${documentLength}:${synonymTargets}`
}

/**
 * Arrays of one step, by the name of the graph input. With n examples and k negatives each:
 * `short` holds n queries, n left and n right synonyms; `long` n positives, then n·k negatives (all first ones, then all
 * second ones …), then leads, the rows of whose mates `lead_mates` has. With `pairsOnly` there is no `long`, and no query in `short`.
 */
export interface StepBatch {
  readonly shape: StepShape
  readonly feeds: Readonly<Record<string, Feed>>
}

export interface Collating {
  readonly tokenizer: Tokenizer
  readonly settings: BatchSettings
  /** Decide which arrays the step reads. */
  readonly losses: Pick<LossSettings, 'queryEncoding' | 'deltaDistillation' | 'leadAlignmentShare'>
  readonly randomness: Randomness
}

/** Against a document that is no rival of the right one: far below every score. */
const excludedScore = -1e9

/**
 * Collates at most `settings.examples` examples; missing ones are filled up with rows that count nowhere. One synonym
 * pair of each example is drawn by `randomness`. Throws ConfigError when there are more examples than fit.
 */
export function collate(
  examples: readonly TrainingExample[],
  { tokenizer, settings, losses, randomness }: Collating,
): StepBatch {
  const n = settings.examples
  if (examples.length > n) {
    throw new ConfigError('BATCH_TOO_LARGE', `${examples.length} examples in a batch of ${n}`, {
      hint: 'raise training.batch_size or pass fewer examples a step',
    })
  }
  const pairs = examples.map(({ synonym_pairs }) => synonym_pairs[randomness.below(synonym_pairs.length)])
  const row = <T>(values: readonly T[]) => Array.from({ length: n }, (_, i) => values[i])
  const lefts = row(pairs.map((pair) => pair?.[0]))
  const rights = row(pairs.map((pair) => pair?.[1]))
  const pairFeeds = {
    ...synonymTargets(lefts, rights, tokenizer, settings.synonymTargets),
    pair_present: presence(lefts),
    pair_exclusion: exclusions(n, n, (i, j) => {
      const missing = lefts[j] === undefined || lefts[i] === undefined
      return i !== j && (missing || lefts[i] === lefts[j] || rights[i] === rights[j])
    }),
  }
  const rows = (texts: readonly (string | undefined)[], lengths: readonly number[]) =>
    withHidden(tokenRows(texts, tokenizer, lengths), { tokenizer, share: settings.hiddenShare, randomness })
  const shape = { examples: n, synonymTargets: settings.synonymTargets }
  if (settings.pairsOnly) {
    const short = rows([...lefts, ...rights], settings.queryLengths)
    return {
      shape: { ...shape, negatives: 0, leads: 0, queryLength: short.length, documentLength: 0 },
      feeds: { ...named('short', short), ...pairFeeds },
    }
  }
  const queries = row(examples.map((example) => example.query))
  const positives = row(examples.map((example) => example.positive_doc))
  const negatives = Array.from({ length: settings.negatives }, (_, k) =>
    row(examples.map((example) => example.negative_docs[k])),
  ).flat()
  const documents = [...positives, ...negatives]
  const { leads, mates } = losses.leadAlignmentShare > 0 ? linkedLeads(examples, settings.alignedLeads) : noLeads
  const short = rows([...queries, ...lefts, ...rights], settings.queryLengths)
  const long = rows([...documents, ...leads], settings.documentLengths)
  return {
    shape: {
      ...{ ...shape, negatives: settings.negatives, leads: leads.length },
      ...{ queryLength: short.length, documentLength: long.length },
    },
    feeds: {
      ...named('short', short),
      ...named('long', long),
      ...pairFeeds,
      ...(losses.queryEncoding === 'idf' && { query_first: firstOccurrences(short, n, tokenizer) }),
      ...(losses.deltaDistillation > 0 && teacherScores(row(examples), settings.negatives)),
      query_present: presence(queries),
      document_present: presence([...documents, ...leads]),
      ...(leads.length > 0 && { lead_mates: { data: mates, shape: [leads.length] } }),
      ranking_exclusion: exclusions(n, documents.length, (i, j) => {
        const document = documents[j]
        return document === undefined || (i !== j && document === positives[i])
      }),
    },
  }
}

interface LinkedLeads {
  readonly leads: readonly (string | undefined)[]
  /** Row of the positive document of each. */
  readonly mates: BigInt64Array
}

const noLeads: LinkedLeads = { leads: [], mates: new BigInt64Array(0) }

/** The first ones of a batch, filled up to `most`, so that there is one graph with leads; where the batch has none, no rows. */
function linkedLeads(examples: readonly TrainingExample[], most: number): LinkedLeads {
  const linked = examples.flatMap(({ linked_lead: lead }, row) => (lead === undefined ? [] : [{ lead, row }]))
  if (linked.length === 0) return noLeads
  const rows = Array.from({ length: most }, (_, i) => linked[i])
  return {
    leads: rows.map((one) => one?.lead),
    mates: BigInt64Array.from(rows, (one) => BigInt(one?.row ?? 0)),
  }
}

interface TokenRows {
  readonly ids: BigInt64Array
  readonly mask: BigInt64Array
  readonly rows: number
  readonly length: number
}

function named(name: string, { ids, mask, rows, length }: TokenRows): Record<string, Feed> {
  return {
    [`${name}_ids`]: { data: ids, shape: [rows, length] },
    [`${name}_mask`]: { data: mask, shape: [rows, length] },
  }
}

/** Token ids, padded to the smallest bucket that holds all texts, or cut to the largest. Absent texts are all padding. */
export function tokenRows(
  texts: readonly (string | undefined)[],
  tokenizer: Tokenizer,
  buckets: readonly number[],
): TokenRows {
  const longest = Math.max(...buckets)
  const encoded = texts.map((text) => (text === undefined ? [] : tokenizer.encode(text, longest)))
  const needed = Math.max(...encoded.map((ids) => ids.length))
  const length = [...buckets].sort((a, b) => a - b).find((bucket) => bucket >= needed) ?? longest
  const ids = new BigInt64Array(texts.length * length).fill(BigInt(tokenizer.special.pad))
  const mask = new BigInt64Array(texts.length * length)
  for (const [row, tokens] of encoded.entries()) {
    for (const [position, token] of tokens.entries()) {
      ids[row * length + position] = BigInt(token)
      mask[row * length + position] = 1n
    }
  }
  return { ids, mask, rows: texts.length, length }
}

/** Each token but [CLS] and [SEP] gives way to [MASK] with a probability of `share`. Nothing is drawn for a share of 0. */
function withHidden(
  tokens: TokenRows,
  { tokenizer, share, randomness }: { tokenizer: Tokenizer; share: number; randomness: Randomness },
): TokenRows {
  if (share === 0) return tokens
  const { pad, cls, sep, mask } = tokenizer.special
  const kept = new Set([pad, cls, sep].map(BigInt))
  const hidden = BigInt(mask)
  return { ...tokens, ids: tokens.ids.map((id) => (!kept.has(id) && randomness.uniform() < share ? hidden : id)) }
}

/**
 * The tokens that each side must activate: those of its partner; where the vocabulary holds triples of letters, the triples
 * of both, which are the same for either side. Rows: left sides first, then right sides.
 */
function synonymTargets(
  lefts: readonly (string | undefined)[],
  rights: readonly (string | undefined)[],
  tokenizer: Tokenizer,
  limit: number,
): Record<string, Feed> {
  const owns = [...lefts, ...rights]
  const partners = [...rights, ...lefts]
  const tokens = new BigInt64Array(partners.length * limit)
  const weights = new Float32Array(partners.length * limit)
  for (const [row, partner] of partners.entries()) {
    const known = tokenizer.hasLetterGrams
      ? tokenizer.letterGramIds(`${owns[row] ?? ''} ${partner ?? ''}`)
      : tokenizer.contentIds(partner ?? '').filter((id) => id !== tokenizer.special.unknown)
    for (const [position, id] of [...new Set(known)].slice(0, limit).entries()) {
      tokens[row * limit + position] = BigInt(id)
      weights[row * limit + position] = 1
    }
  }
  const shape = [partners.length, limit]
  return { target_tokens: { data: tokens, shape }, target_weights: { data: weights, shape } }
}

/** 1 where a token that is a term stands for the first time in its row, for the first `rows` rows. */
function firstOccurrences({ ids, mask, length }: TokenRows, rows: number, { special }: Tokenizer): Feed {
  const isSpecial = new Set(Object.values(special).map(BigInt))
  const data = new Float32Array(rows * length)
  for (let row = 0; row < rows; row++) {
    const seen = new Set(isSpecial)
    for (let at = row * length; at < (row + 1) * length; at++) {
      if (mask[at] === 1n && !seen.has(ids[at]!)) data[at] = 1
      seen.add(ids[at]!)
    }
  }
  return { data, shape: [rows, length] }
}

/** Rows: examples; columns: the positive document, then the negatives. */
function teacherScores(examples: readonly (TrainingExample | undefined)[], negatives: number): Record<string, Feed> {
  const width = 1 + negatives
  const shape = [examples.length, width]
  const [scores, scored] = [new Float32Array(examples.length * width), new Float32Array(examples.length * width)]
  for (const [row, example] of examples.entries()) {
    const documents = Math.min(width, 1 + (example?.negative_docs.length ?? -1))
    for (const [column, score] of (example?.teacher_scores ?? []).slice(0, documents).entries()) {
      scores[row * width + column] = score
      scored[row * width + column] = 1
    }
  }
  return { teacher_scores: { data: scores, shape }, teacher_scored: { data: scored, shape } }
}

function presence(items: readonly unknown[]): Feed {
  return { data: Float32Array.from(items, (item) => (item === undefined ? 0 : 1)), shape: [items.length] }
}

function exclusions(rows: number, columns: number, excludes: (row: number, column: number) => boolean): Feed {
  const data = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) if (excludes(i, j)) data[i * columns + j] = excludedScore
  }
  return { data, shape: [rows, columns] }
}
