/** The articles and pairs of an evaluation, from the files of a run. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { entriesOf } from '../dictionary/entries.ts'
import { ConfigError } from '../runtime/errors.ts'
import type { Scratch } from '../runtime/ports.ts'
import { type LinkedPair, Links, type PairTable } from './links.ts'
import { type JudgedPages, judgedPages, type PageRecord, recordOf } from './pages.ts'
import type { EvaluationSettings } from './settings.ts'

export interface DataSetFiles {
  /** JSON lines of articles, as `naru extract` and the article writer make them. */
  readonly articles: readonly string[]
  /** combined_synonyms.json. */
  readonly pairs: string
}

export interface DataSet {
  readonly pages: JudgedPages
  readonly links: Links
  readonly pairs: PairTable
}

const articleShape = z.looseObject({
  wiki: z.string(),
  pageId: z.number(),
  language: z.string(),
  title: z.string(),
  kind: z.enum(['article', 'redirect', 'disambiguation', 'list', 'stub']),
  lead: z.string(),
})

/** `read` is told how many articles have been read. Throws ConfigError ARTICLES_UNREADABLE and ARTICLE_LINE, with the place. */
export async function readDataSet(
  { articles, pairs: pairFile }: DataSetFiles,
  scratch: Scratch,
  settings: EvaluationSettings,
  { signal, read }: { readonly signal: AbortSignal; readonly read: (articles: number) => void },
): Promise<DataSet> {
  const records = scratch.table<PageRecord>('pages')
  let count = 0
  for (const file of articles) {
    for await (const [line, text] of linesOf(file)) {
      signal.throwIfAborted()
      const article = articleOf(text, file, line)
      records.put(`${article.wiki}:${article.pageId}`, recordOf(article, settings.passageCharacters))
      count += 1
      if (count % 1000 === 0) read(count)
    }
  }
  read(count)
  const pairs = scratch.table<LinkedPair>('pairs')
  for await (const entry of entriesOf(pairFile)) {
    signal.throwIfAborted()
    const { left, right, languages, cluster, split, evidence } = entry
    const pair: LinkedPair = {
      left: { language: languages[0], surface: left },
      right: { language: languages[1], surface: right },
      cluster,
      split,
      evidence: evidence.map(({ rule, pages: [leftTitle = '', rightTitle = ''] = [] }) => ({
        rule,
        leftTitle,
        rightTitle,
      })),
    }
    pairs.put(`${left}\t${right}\t${cluster}`, pair)
  }
  const links = new Links(pairs, settings.languages)
  return { pages: judgedPages(records, links, settings), links, pairs }
}

async function* linesOf(file: string): AsyncIterable<readonly [line: number, text: string]> {
  let line = 0
  try {
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1
      if (text !== '') yield [line, text]
    }
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause
    throw new ConfigError('ARTICLES_UNREADABLE', 'the articles cannot be read', {
      at: { file },
      hint: 'Name files of JSON lines, such as dataset/wikipedia/ko_articles.jsonl.',
      cause,
    })
  }
}

function articleOf(text: string, file: string, line: number) {
  try {
    return articleShape.parse(JSON.parse(text))
  } catch (cause) {
    throw new ConfigError('ARTICLE_LINE', 'this line holds no article', {
      at: { file, line },
      hint: 'Each line is an article as naru extract writes it: wiki, pageId, language, title, kind, lead.',
      cause,
    })
  }
}
