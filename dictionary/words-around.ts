/** What stands around a piece of evidence, out of the articles that the run has written, which lie in the order of their pages. */
import { existsSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { wholeText } from '../wiki/article.ts'
import { linesOf } from '../wiki/lines.ts'
import { languageOfWiki } from '../wiki/site.ts'
import { firstLine } from './sorted-lines.ts'

/** Where evidence lies: `offset` UTF-16 code units into the text of a page, where one of `names` stands. */
export interface TextPlace {
  readonly wiki: string
  readonly pageId: number
  readonly revisionId: number
  readonly offset: number
  readonly names: readonly string[]
}

/** The words before, the words that are the evidence, those behind; on one line. */
export interface WordsAround {
  readonly before: string
  readonly words: string
  readonly after: string
}

const unitsAround = 32

const articleShape = z.looseObject({
  revisionId: z.number(),
  lead: z.string(),
  sections: z.array(z.looseObject({ heading: z.string(), level: z.number(), text: z.string() })),
})

/** Undefined where the folder has no articles of the wiki, or not this revision of the page, or none of the names stands there. */
export async function wordsAround(folder: string, place: TextPlace): Promise<WordsAround | undefined> {
  const file = join(folder, `${languageOfWiki(place.wiki)}_articles.jsonl`)
  if (!existsSync(file)) return undefined
  const handle = await open(file)
  try {
    const isBefore = (line: Buffer) => {
      const [wiki, pageId] = pageOf(line.toString('utf8', 0, 200))
      return wiki < place.wiki || (wiki === place.wiki && pageId < place.pageId)
    }
    const start = await firstLine(handle, isBefore)
    for await (const line of linesOf(handle.createReadStream({ start, autoClose: false }))) {
      const [wiki, pageId] = pageOf(line)
      if (wiki !== place.wiki || pageId !== place.pageId) return undefined
      const article = articleShape.parse(JSON.parse(line))
      return article.revisionId === place.revisionId ? around(wholeText(article), place) : undefined
    }
    return undefined
  } finally {
    await handle.close()
  }
}

/** Wiki and page are the first fields of a line, with the language between them. */
function pageOf(line: string): [wiki: string, pageId: number] {
  const [, wiki = '', pageId = '0'] = /^\{"wiki":"([^"]*)","language":"[^"]*","pageId":(\d+)/.exec(line) ?? []
  return [wiki, Number(pageId)]
}

function around(text: string, { offset, names }: TextPlace): WordsAround | undefined {
  const found = names.filter((name) => text.startsWith(name, offset)).sort((a, b) => b.length - a.length)
  if (found[0] === undefined) return undefined
  const end = offset + found[0].length
  const [from, to] = [Math.max(0, offset - unitsAround), Math.min(text.length, end + unitsAround)]
  // A word that was cut is left away.
  const before = text.slice(from, offset).replace(from === 0 ? '' : /^\S*\s/u, '')
  const after = text.slice(end, to).replace(to === text.length ? '' : /\s\S*$/u, '')
  const [line, words] = [(part: string) => part.replace(/\s+/gu, ' '), text.slice(offset, end)]
  return { before: line(before), words: line(words), after: line(after) }
}
