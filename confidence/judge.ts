/** A bilingual dictionary that was not a source as the judge of pairs: agree, disagree or unknown. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { foldTitle } from '../language/title.ts'
import { englishStem } from '../language/word-forms.ts'
import { ConfigError } from '../runtime/errors.ts'

/** disagree: the dictionary knows both terms, and not as one; unknown: it lacks one of them and says nothing. */
export type Verdict = 'agree' | 'disagree' | 'unknown'
const verdicts = ['agree', 'disagree', 'unknown'] as const satisfies readonly Verdict[]

export interface Judge {
  readonly name: string
  readonly sha256: string
  readonly pairs: number
  verdictOn(korean: string, english: string): Verdict
}

/** Lines that were read to tell which column is Korean. */
const linesAtFirst = 200
const hangul = /\p{Script=Hangul}/u

/**
 * Reads tab-separated lines of two terms, one of them Korean: either column may be. Further columns are not looked at.
 * Throws ConfigError DICTIONARY_UNREADABLE, DICTIONARY_MALFORMED.
 */
export async function readJudge(file: string): Promise<Judge> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new ConfigError('DICTIONARY_UNREADABLE', 'the dictionary cannot be read', {
      at: { file },
      hint: 'Is the path right, and may this user read the file?',
      cause,
    })
  })
  const lines = bytes.toString('utf8').split(/\r?\n/)
  const rows = lines.flatMap((line, at) => (line.trim() === '' || line.startsWith('#') ? [] : [{ line, at }]))
  const pairs = rows.map(({ line, at }) => {
    const [first, second] = line.split('\t')
    if (first === undefined || second === undefined) {
      throw new ConfigError('DICTIONARY_MALFORMED', 'a line of the dictionary is not two terms with a tab between', {
        at: { file, line: at + 1 },
        hint: 'Write each pair as a line of two terms with a tab between; lines that begin with # are left out.',
      })
    }
    return [first, second] as const
  })
  const head = pairs.slice(0, linesAtFirst)
  const koreanIsFirst = head.filter(([first]) => hangul.test(first)).length * 2 >= head.length
  const ordered = koreanIsFirst ? pairs : pairs.map(([first, second]) => [second, first] as const)
  return judgeOf(basename(file), createHash('sha256').update(bytes).digest('hex'), ordered)
}

export function judgeOf(
  name: string,
  sha256: string,
  pairs: readonly (readonly [korean: string, english: string])[],
): Judge {
  const translations = new Map<string, Set<string>>()
  const english = new Set<string>()
  for (const [left, right] of pairs) {
    const key = foldTitle(left)
    translations.set(key, (translations.get(key) ?? new Set()).add(englishKey(right)))
    english.add(englishKey(right))
  }
  return {
    name,
    sha256,
    pairs: pairs.length,
    verdictOn: (left, right) => {
      const known = translations.get(foldTitle(left))
      if (known?.has(englishKey(right))) return 'agree'
      return known && english.has(englishKey(right)) ? 'disagree' : 'unknown'
    },
  }
}

/** Plurals and the like are one word to a dictionary: families is family. */
function englishKey(term: string): string {
  return foldTitle(term).split(' ').map(englishStem).join(' ')
}

/** What several judges say together: one that agrees is enough, and one that disagrees counts where none agrees. */
export function jointVerdict(judges: readonly Judge[], korean: string, english: string): Verdict {
  const said = judges.map((judge) => judge.verdictOn(korean, english))
  return verdicts.find((verdict) => said.includes(verdict)) ?? 'unknown'
}
