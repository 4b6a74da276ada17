/** Writes the data card of a dictionary anew, with what a person has judged since its files were written. */
import { existsSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, FatalError } from '../runtime/errors.ts'
import { renderCard } from './card.ts'
import { type CardFacts, cardFacts, cardFactsName, cardName, reviewName } from './card-facts.ts'
import { judgedIn } from './review.ts'

/** Returns the card's file. Throws ConfigError DICTIONARY_MISSING, FatalError CARD_FACTS or REVIEW_LINE. */
export async function writeCard(folder: string): Promise<string> {
  const card = renderCard(await factsIn(join(folder, cardFactsName)), await judgedIn(join(folder, reviewName)))
  const file = join(folder, cardName)
  await writeFile(`${file}.part`, card)
  await rename(`${file}.part`, file)
  return file
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
