/** Writes the data card of a dictionary anew, with what a person has judged since its files were written. */
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { renderCard } from './card.ts'
import { type CardFacts, cardFacts, cardFactsName, cardName, reviewName } from './card-facts.ts'
import { judgedIn } from './review.ts'

export interface WrittenCard {
  readonly file: string
  /** Of the dictionary. */
  readonly pairs: number
  /** Judged pairs, which what a review has found rests on. */
  readonly right: number
  readonly wrong: number
}

/** Throws ConfigError DICTIONARY_MISSING, FatalError CARD_FACTS or REVIEW_LINE. */
export async function writeCard(folder: string): Promise<WrittenCard> {
  const facts = await factsIn(join(folder, cardFactsName))
  const judged = await judgedIn(join(folder, reviewName))
  const card = renderCard(facts, judged)
  const file = join(folder, cardName)
  await writeFile(`${file}.part`, card)
  await rename(`${file}.part`, file)
  const counts = [...judged.values()]
  const sumOf = (verdict: 'right' | 'wrong') => counts.reduce((sum, count) => sum + count[verdict], 0)
  return { file, pairs: facts.pairs, right: sumOf('right'), wrong: sumOf('wrong') }
}

async function factsIn(file: string): Promise<CardFacts> {
  if (!existsSync(file)) {
    throw new ConfigError('DICTIONARY_MISSING', 'there is no dictionary', {
      at: { file },
      hint: 'naru synonyms makes one; --out names the folder of the run.',
    })
  }
  try {
    return cardFacts.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    throw new FatalError('CARD_FACTS', 'what was counted for the data card cannot be read', {
      at: { file },
      hint: 'Run naru synonyms again.',
      cause,
    })
  }
}
