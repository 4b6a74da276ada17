/** The rules for search engines as files: both ways in one, and each way in one of its own. */
import type { z } from 'zod'
import { textLines } from '../../dictionary/text-lines.ts'
import type { OutputFolder } from './output-folder.ts'
import type { Direction, SearchRules } from './search-rules.ts'
import type { settings } from './settings.ts'

const rulesName = 'opensearch_synonyms'

/** Returns how many translations were left out, for their terms have surer ones. */
export async function writeRules(
  rules: SearchRules,
  { languages, search, card }: z.output<typeof settings>,
  folder: OutputFolder,
): Promise<number> {
  const [left, right] = languages
  const header = [
    `${card.name}: rules of confidence ${search.minConfidence} and more, for a synonym_graph filter (Solr format).`,
    `${card.licence}. README.md says what they were made from.`,
  ].map((text) => `# ${text.replace(/\s+/g, ' ')}\n`)
  let beyondLimit = 0
  const texts = function* (directions: readonly Direction[]): Iterable<string> {
    beyondLimit = 0
    for (const direction of directions) {
      for (const rule of rules.rules(direction)) {
        beyondLimit += rule.beyondLimit
        yield rule.text
      }
    }
  }
  const packed = async function* (lines: Iterable<string>): AsyncIterable<string> {
    yield header.join('')
    yield* textLines(lines)
  }
  await folder.writeLines(`${rulesName}.${left}-${right}.txt`, texts(['leftToRight']), packed)
  await folder.writeLines(`${rulesName}.${right}-${left}.txt`, texts(['rightToLeft']), packed)
  await folder.writeLines(`${rulesName}.txt`, texts(['leftToRight', 'rightToLeft']), packed)
  return beyondLimit
}
