/**
 * A large multilingual vocabulary cut down to what two languages use. The texts that the kept entries were counted on are
 * read as before, token by token: longest match (WordPiece) and best path (Unigram) choose among fewer rivals, and what they
 * chose is still there.
 */
import { z } from 'zod'
import { ConfigError } from '../runtime/errors.ts'
import { Tokenizer } from './tokenizer.ts'
import { maxVocabularySize } from './vocabulary.ts'

export interface PrunedTokenizer {
  readonly tokenizerJson: string
  /** Old id by new id, rising: the rows of the model that stay. */
  readonly keptIds: readonly number[]
  readonly counts: PruningCounts
}

export interface PruningCounts {
  /** Entries before and after. */
  readonly before: number
  readonly after: number
  /** Of the entries kept: special tokens, entries that the texts use, single characters of the two languages. */
  readonly special: number
  readonly used: number
  readonly characters: number
  /** Tokens of the texts whose entry did not fit. */
  readonly lostTokens: number
  readonly tokens: number
}

const tokenId = z.int().min(0)
const tokenizerShape = z.looseObject({
  added_tokens: z.array(z.looseObject({ id: tokenId, content: z.string() })).default([]),
  post_processor: z.unknown(),
  model: z.discriminatedUnion('type', [
    z.looseObject({ type: z.literal('WordPiece'), vocab: z.record(z.string(), tokenId) }),
    z.looseObject({ type: z.literal('Unigram'), unk_id: tokenId, vocab: z.array(z.tuple([z.string(), z.number()])) }),
  ]),
})
type TokenizerJson = z.output<typeof tokenizerShape>

/** Without them an unseen word of either language would be unknown; `▁` and `##` mark the place in a word. */
const singleCharacter = /^(?:##|▁)?[\p{Script=Hangul}\p{Script=Latin}0-9\p{P}\p{S}]?$/u

/**
 * Keeps all special tokens, single characters of Korean and English, and the entries that `texts` use, most frequent first,
 * up to `limit` in all. Throws ConfigError when the limit has no room for the specials and characters or exceeds 65,535.
 */
export function pruneTokenizer(tokenizerJson: string, texts: Iterable<string>, limit: number): PrunedTokenizer {
  const file = tokenizerShape.parse(JSON.parse(tokenizerJson))
  const tokenizer = Tokenizer.parse(tokenizerJson)
  const uses = new Map<number, number>()
  let tokens = 0
  for (const text of texts) {
    for (const id of tokenizer.contentIds(text)) {
      uses.set(id, (uses.get(id) ?? 0) + 1)
      tokens++
    }
  }
  const special = new Set([...Object.values(tokenizer.special), ...file.added_tokens.map(({ id }) => id)])
  const kept = new Set(special)
  for (const [id, token] of entriesOf(file)) if (singleCharacter.test(token)) kept.add(id)
  const lowest = lowestScored(file)
  if (lowest !== undefined) kept.add(lowest)
  const characters = kept.size - special.size
  requireRoom(kept.size, limit)
  for (const id of byUse(uses)) if (kept.size < limit) kept.add(id)
  const keptIds = [...kept].sort((a, b) => a - b)
  const lostTokens = [...uses].reduce((lost, [id, count]) => (kept.has(id) ? lost : lost + count), 0)
  return {
    tokenizerJson: `${JSON.stringify(renumbered(file, keptIds), null, 1)}\n`,
    keptIds,
    counts: {
      before: tokenizer.vocabularySize,
      after: keptIds.length,
      special: special.size,
      used: keptIds.length - special.size - characters,
      characters,
      lostTokens,
      tokens,
    },
  }
}

function requireRoom(needed: number, limit: number): void {
  if (limit <= maxVocabularySize && needed <= limit) return
  throw new ConfigError(
    'VOCABULARY_TOO_SMALL',
    `special tokens and characters alone are ${needed}, and ${limit} entries were asked for`,
    { hint: `set model.vocab_size between ${needed} and ${maxVocabularySize}` },
  )
}

function* entriesOf({ model }: TokenizerJson): Iterable<readonly [id: number, token: string]> {
  if (model.type === 'WordPiece') for (const [token, id] of Object.entries(model.vocab)) yield [id, token]
  else for (const [id, [token]] of model.vocab.entries()) yield [id, token]
}

/** An unknown character costs the lowest score of all less ten: without that entry every path with one would change. */
function lowestScored({ model }: TokenizerJson): number | undefined {
  if (model.type === 'WordPiece') return undefined
  let lowest = 0
  for (const [id, [, score]] of model.vocab.entries()) if (score < model.vocab[lowest]![1]) lowest = id
  return lowest
}

function byUse(uses: ReadonlyMap<number, number>): number[] {
  return [...uses].sort(([a, m], [b, n]) => n - m || a - b).map(([id]) => id)
}

function renumbered(file: TokenizerJson, keptIds: readonly number[]): TokenizerJson {
  const newIds = new Map(keptIds.map((old, id) => [old, id]))
  const newId = (old: number): number => newIds.get(old) ?? 0
  return {
    ...file,
    added_tokens: file.added_tokens.map((token) => ({ ...token, id: newId(token.id) })),
    post_processor: withNewIds(file.post_processor, newId),
    model: modelOf(file.model, keptIds, newIds, newId),
  }
}

function modelOf(
  model: TokenizerJson['model'],
  keptIds: readonly number[],
  newIds: ReadonlyMap<number, number>,
  newId: (old: number) => number,
): TokenizerJson['model'] {
  if (model.type === 'WordPiece') {
    const entries = Object.entries(model.vocab).flatMap(([token, id]): [string, number][] =>
      newIds.has(id) ? [[token, newId(id)]] : [],
    )
    return { ...model, vocab: Object.fromEntries(entries.sort(([, a], [, b]) => a - b)) }
  }
  const vocab = keptIds.flatMap((id) => (model.vocab[id] ? [model.vocab[id]] : []))
  return { ...model, unk_id: newId(model.unk_id), vocab }
}

const templateTokens = z.looseObject({
  special_tokens: z.record(z.string(), z.looseObject({ ids: z.array(tokenId) })),
})
const pairs = z.looseObject({ sep: z.tuple([z.string(), tokenId]), cls: z.tuple([z.string(), tokenId]) })

/** TemplateProcessing lists ids by token; RobertaProcessing and BertProcessing have two of them. */
function withNewIds(processor: unknown, newId: (old: number) => number): unknown {
  const template = templateTokens.safeParse(processor)
  if (template.success) {
    const tokens = Object.entries(template.data.special_tokens).map(([name, token]) => [
      name,
      { ...token, ids: token.ids.map(newId) },
    ])
    return { ...template.data, special_tokens: Object.fromEntries(tokens) }
  }
  const two = pairs.safeParse(processor)
  if (!two.success) return processor
  const { sep, cls } = two.data
  return { ...two.data, sep: [sep[0], newId(sep[1])], cls: [cls[0], newId(cls[1])] }
}
