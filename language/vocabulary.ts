/**
 * A WordPiece vocabulary for two languages. Frequent words of both are entries of their own, so that a sparse vector
 * speaks in words; Korean particles are pieces of their own, so that 서울, 서울은 and 서울에서 share the entry 서울.
 */
import { ConfigError } from '../runtime/errors.ts'
import { bertWords, standsAlone } from './bert-words.ts'
import { scriptOf } from './letters.ts'
import { mergePieces, type PiecedWord } from './pair-merges.ts'
import { ParticleSplitter, type WordCounts } from './word-counts.ts'

export const specialTokens = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const

/** OpenSearch's SEISMIC index takes a token id modulo 65,536. */
export const maxVocabularySize = 65_535

export interface VocabularySettings {
  /** Entries at most, special tokens included. */
  readonly size: number
  /** Characters seen at least this often get an entry; words with a rarer one become [UNK]. */
  readonly minCharacterCount: number
  /** Words seen at least this often may become entries, and pairs of pieces may merge. */
  readonly minWordCount: number
  /** Share of the entries left after characters and particles that whole words may take first, 0 to 1. */
  readonly wordShare: number
  /**
   * Names whose words are taken first, up to half of the words' share, when they occur at all; and whose last word is
   * never parted from a "particle" (고양이).
   */
  readonly preferredNames?: Iterable<string>
}

export const defaultVocabularySettings: VocabularySettings = {
  size: 30_000,
  minCharacterCount: 2,
  minWordCount: 3,
  wordShare: 0.7,
}

export interface Vocabulary {
  /** Position = id. The special tokens come first, then characters, particles, preferred words, words, pieces. */
  readonly tokens: readonly string[]
  /** Entries by kind; their sum is `tokens.length`. */
  readonly made: {
    readonly special: number
    readonly characters: number
    readonly particles: number
    readonly preferredWords: number
    readonly words: number
    readonly pieces: number
  }
}

/** Words after their particles were parted, and the particles, each with its count. */
interface PartedCounts {
  readonly words: ReadonlyMap<string, number>
  readonly particles: ReadonlyMap<string, number>
}

/**
 * Builds the vocabulary from word counts. The same counts and settings give the same tokens, whatever the order in
 * which words were counted. A name that the counts hold out is no entry, neither as a word nor as the beginning of one. Throws
 * ConfigError when `size` is no room for the characters, or above 65,535.
 */
export function trainVocabulary(corpus: WordCounts, settings: VocabularySettings): Vocabulary {
  const preferred = wordsOfNames(settings.preferredNames ?? [])
  const splitter = new ParticleSplitter(corpus.counts, preferred.last)
  const parted = partCounts(corpus.counts, splitter)
  const covered = frequentCharacters(corpus.counts, settings.minCharacterCount)
  const tokens = new Set<string>(specialTokens)
  const made = { special: tokens.size, characters: 0, particles: 0, preferredWords: 0, words: 0, pieces: 0 }
  const admit = (kind: keyof typeof made, candidates: Iterable<string>, limit: number): void => {
    const before = tokens.size
    for (const candidate of candidates) {
      if (tokens.size >= limit) break
      tokens.add(candidate)
    }
    made[kind] += tokens.size - before
  }

  admit('characters', characterTokens(covered), Number.POSITIVE_INFINITY)
  admit('particles', byCount(parted.particles).map(continuation), Number.POSITIVE_INFINITY)
  requireRoom(tokens.size, settings.size)
  const wordRoom = Math.floor((settings.size - tokens.size) * settings.wordShare)
  const wordLimit = tokens.size + wordRoom
  const preferredLimit = tokens.size + Math.ceil(wordRoom / 2)
  const isCovered = (word: string): boolean => [...word].every((character) => covered.has(character))
  const isWord = (word: string): boolean => [...word].length > 1 && isCovered(word) && !corpus.heldOut.has(word)
  const ranked = balancedWords(parted.words, settings.minWordCount).filter(isWord)
  const names = byCount(parted.words).filter((word) => preferred.all.has(word) && isWord(word))
  admit('preferredWords', names, preferredLimit)
  admit('words', ranked, wordLimit)
  admit('preferredWords', names, wordLimit)
  const pieces = mergePieces(piecedWords(parted.words, tokens, isCovered), {
    limit: settings.size - tokens.size,
    minCount: settings.minWordCount,
    isForbidden: (piece) =>
      !piece.startsWith('##') && (corpus.heldOut.has(piece) || splitter.split(piece) !== undefined),
  })
  admit('pieces', pieces, settings.size)
  admit('words', ranked, settings.size)
  return { tokens: [...tokens], made }
}

function requireRoom(needed: number, size: number): void {
  if (size > maxVocabularySize)
    throw new ConfigError('VOCABULARY_TOO_LARGE', `a vocabulary of ${size} entries was asked for`, {
      hint: `${maxVocabularySize} is the most: OpenSearch's sparse index takes token ids modulo 65536`,
    })
  if (needed > size)
    throw new ConfigError('VOCABULARY_TOO_SMALL', `characters and particles alone need ${needed} of ${size} entries`, {
      hint: 'raise model.vocab_size, or the count from which a character is covered',
    })
}

function wordsOfNames(names: Iterable<string>): { all: ReadonlySet<string>; last: ReadonlySet<string> } {
  const all = new Set<string>()
  const last = new Set<string>()
  for (const name of names) {
    const parts = bertWords(name.normalize('NFC'))
    for (const part of parts) all.add(part)
    const final = parts.at(-1)
    if (final !== undefined) last.add(final)
  }
  return { all, last }
}

function partCounts(counts: ReadonlyMap<string, number>, splitter: ParticleSplitter): PartedCounts {
  const words = new Map<string, number>()
  const particles = new Map<string, number>()
  for (const [word, count] of counts) {
    const inflected = splitter.split(word)
    const stem = inflected?.stem ?? word
    words.set(stem, (words.get(stem) ?? 0) + count)
    if (inflected) particles.set(inflected.particle, (particles.get(inflected.particle) ?? 0) + count)
  }
  return { words, particles }
}

function frequentCharacters(counts: ReadonlyMap<string, number>, minCount: number): ReadonlyMap<string, number> {
  const characters = new Map<string, number>()
  for (const [word, count] of counts)
    for (const character of word) characters.set(character, (characters.get(character) ?? 0) + count)
  return new Map([...characters].filter(([, count]) => count >= minCount))
}

/** Each character as a word's start and, unless it always stands alone, as its continuation. */
export function characterTokens(characters: ReadonlyMap<string, number>): string[] {
  const sorted = byCount(characters)
  return [...sorted, ...sorted.filter((character) => !standsAlone(character)).map(continuation)]
}

/** Most frequent first, Korean and other words in turn, so that the larger wiki does not crowd out the smaller. */
function balancedWords(counts: ReadonlyMap<string, number>, minCount: number): string[] {
  const frequent = byCount(new Map([...counts].filter(([, count]) => count >= minCount)))
  const korean = frequent.filter((word) => scriptOf(word) === 'hangul')
  const others = frequent.filter((word) => scriptOf(word) !== 'hangul')
  return Array.from({ length: Math.max(korean.length, others.length) }, (_, at) => [korean[at], others[at]])
    .flat()
    .filter((word) => word !== undefined)
}

/** The words that are no entries yet, cut as the tokenizer will: the longest entry that starts it, then characters. */
function* piecedWords(
  counts: ReadonlyMap<string, number>,
  tokens: ReadonlySet<string>,
  isCovered: (word: string) => boolean,
): Iterable<PiecedWord> {
  for (const [word, count] of counts) {
    if (tokens.has(word) || !isCovered(word)) continue
    const characters = [...word]
    let head = characters.length - 1
    while (head > 1 && !tokens.has(characters.slice(0, head).join(''))) head -= 1
    yield { pieces: [characters.slice(0, head).join(''), ...characters.slice(head).map(continuation)], count }
  }
}

/** Most frequent first, then by code point. */
export function byCount(counts: ReadonlyMap<string, number>): string[] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([text]) => text)
}

function continuation(piece: string): string {
  return `##${piece}`
}
