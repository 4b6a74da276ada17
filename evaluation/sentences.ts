/** Sentences and their translations, one a line in two files: the task of Tatoeba. */
import { readFile } from 'node:fs/promises'
import type { LanguagePair } from '../language/pair.ts'
import { ConfigError } from '../runtime/errors.ts'

export interface AlignedSentences {
  /** The sentence of each language, line by line. */
  readonly lines: readonly ReadonlyMap<string, string>[]
}

/**
 * Reads two files of as many lines, in the order of the languages, UTF-8. Throws ConfigError SENTENCES_MISSING for a file that
 * cannot be read, SENTENCES_UNALIGNED where the numbers of lines differ.
 */
export async function readSentences(
  files: readonly [string, string],
  languages: LanguagePair,
): Promise<AlignedSentences> {
  const [left, right] = await Promise.all([linesOf(files[0]), linesOf(files[1])])
  if (left.length !== right.length) {
    const message = `${left.length} sentences in ${languages[0]}, ${right.length} in ${languages[1]}`
    throw new ConfigError('SENTENCES_UNALIGNED', message, {
      at: { file: files[1] },
      hint: 'Give two files in which the same line says the same.',
    })
  }
  const lines = left.map((sentence, at) => {
    return new Map([
      [languages[0], sentence],
      [languages[1], right[at]!],
    ])
  })
  return { lines }
}

async function linesOf(file: string): Promise<string[]> {
  try {
    const text = await readFile(file, 'utf8')
    return text
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
      .map((line) => line.normalize('NFC').trim())
  } catch (cause) {
    throw new ConfigError('SENTENCES_MISSING', 'the sentences cannot be read', {
      at: { file },
      hint: 'Name two text files with one sentence a line, or none.',
      cause,
    })
  }
}

/** For each line the lines that say the same in `to`: its own, and those whose sentence is the same on either side. */
export function answersByLine({ lines }: AlignedSentences, from: string, to: string): ReadonlySet<number>[] {
  const numbersOf = (language: string) => {
    const numbers = new Map<string, number[]>()
    for (const [at, line] of lines.entries()) {
      const sentence = line.get(language) ?? ''
      numbers.set(sentence, [...(numbers.get(sentence) ?? []), at])
    }
    return numbers
  }
  const [asked, answering] = [numbersOf(from), numbersOf(to)]
  return lines.map(
    (line) =>
      new Set(
        [from, to].flatMap((language) => {
          const numbers = language === from ? asked : answering
          return numbers.get(line.get(language) ?? '') ?? []
        }),
      ),
  )
}
