/** The rules for search engines as files: both ways in one, and each way in one of its own. */
import type { z } from 'zod'
import type { OutputFolder } from './output-folder.ts'
import type { settings } from './settings.ts'
import type { TermSide } from './term-side.ts'
import type { Terms } from './terms.ts'

const rulesName = 'opensearch_synonyms'

export async function writeRules(
  { left, right }: Terms,
  { languages, search, card }: z.output<typeof settings>,
  folder: OutputFolder,
): Promise<void> {
  const header = [
    `${card.name}: rules of confidence ${search.minConfidence} and more, for a synonym_graph filter (Solr format).`,
    `${card.licence}. README.md says what they were made from.`,
  ].map((text) => `# ${text.replace(/\s+/g, ' ')}\n`)
  const write = async (name: string, sides: readonly TermSide[]): Promise<void> => {
    const content = async function* () {
      yield header.join('')
      for (const side of sides) yield* side.rules()
    }
    const rows = sides.reduce((sum, { ruleCount }) => sum + ruleCount, 0)
    await folder.writeRows(name, rows, content())
  }
  await write(`${rulesName}.${languages.join('-')}.txt`, [left])
  await write(`${rulesName}.${languages.toReversed().join('-')}.txt`, [right])
  await write(`${rulesName}.txt`, [left, right])
}
