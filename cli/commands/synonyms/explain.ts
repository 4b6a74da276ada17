/** naru synonyms explain: why two terms are a pair. */
import { join } from 'node:path'
import { nearestTerms } from '../../../dictionary/nearest.ts'
import { type DictionaryEvidence, type FoundEntry, findTerm, termIndexFile } from '../../../dictionary/reading.ts'
import { type WordsAround, wordsAround } from '../../../dictionary/words-around.ts'
import { FatalError } from '../../../runtime/errors.ts'
import { evidenceAddress } from '../../../wiki/addresses.ts'
import { print, printJson } from '../../print.ts'
import { renderTable } from '../../table.ts'
import { workspaceOf } from '../../workspace.ts'

export interface ExplainFlags {
  readonly out?: string
  readonly json?: boolean
}

const suggestionsAtMost = 5

/** Throws FatalError TERM_UNKNOWN, which names the nearest terms, where no pair has the term. */
export async function explain(term: string, { out, json }: ExplainFlags): Promise<void> {
  const { data } = workspaceOf(out)
  const folder = join(data, 'synonyms')
  const { folded, entries } = await findTerm(folder, term)
  const nearest = entries.length > 0 ? [] : await nearestTerms(termIndexFile(folder), folded, suggestionsAtMost)
  const pairs = await Promise.all(entries.map((entry) => withWords(entry, join(data, 'wikipedia'))))
  if (json) printJson({ term, folded, pairs: pairs.map(pairJson), nearest })
  if (entries.length === 0) {
    throw new FatalError('TERM_UNKNOWN', `no pair has the term ${term}`, {
      hint: nearest.length === 0 ? 'Nothing in the dictionary is spelt like it.' : `Nearest: ${nearest.join(', ')}.`,
    })
  }
  if (!json) print(pairs.map(renderPair).join('\n\n'))
}

interface ExplainedEntry extends FoundEntry {
  /** Of each piece of evidence the words around it, where it is part of a text and the run has written the articles. */
  readonly words: readonly (WordsAround | undefined)[]
}

async function withWords(found: FoundEntry, articles: string): Promise<ExplainedEntry> {
  const { entry, term, translation } = found
  const words: (WordsAround | undefined)[] = []
  for (const { wiki, pageId, revisionId, offset, written } of entry.evidence) {
    const names = written === undefined ? [term, translation] : [written]
    words.push(
      offset === undefined ? undefined : await wordsAround(articles, { wiki, pageId, revisionId, offset, names }),
    )
  }
  return { ...found, words }
}

function pairJson({ language, term, translation, entry, words }: ExplainedEntry): Record<string, unknown> {
  const evidence = entry.evidence.map((one, i) => ({
    ...one,
    address: addressOf(one) ?? null,
    ...(words[i] && { text: words[i] }),
  }))
  const { source, sources, confidence, domain = null, cluster, split } = entry
  return { language, term, translation, source, sources, confidence, domain, cluster, split, evidence }
}

function renderPair({ term, translation, entry, words }: ExplainedEntry): string {
  const { confidence, domain, cluster, split, evidence } = entry
  const about = [`confidence ${confidence}`, ...(domain === undefined ? [] : [domain]), split, `cluster ${cluster}`]
  const lines = renderTable(
    ['Rule', 'Pages', 'Seen', 'Evidence'].map((title) => ({ title })),
    evidence.map(evidenceCells),
  )
  const texts = words.flatMap((around, i) =>
    around === undefined ? [] : [`${evidence[i]?.rule}: … ${around.before}[${around.words}]${around.after} …`],
  )
  return [`${term} = ${translation}`, `  ${about.join(', ')}`, ...[...lines, ...texts].map((line) => `  ${line}`)].join(
    '\n',
  )
}

function evidenceCells(evidence: DictionaryEvidence): string[] {
  const { rule, detail, pages, count, share, written, wiki, pageId } = evidence
  const seen = [
    ...(written === undefined ? [] : [`“${written}”`]),
    ...(count > 1 ? [`${count}×`] : []),
    ...(share === undefined ? [] : [`share ${share.toFixed(2)}`]),
  ]
  const list = /^file:(.*)$/.exec(wiki)?.[1]
  return [
    detail === undefined ? rule : `${rule} (${detail})`,
    pages.filter((page) => page !== '').join(' ↔ '),
    seen.join(' '),
    list === undefined ? (addressOf(evidence) ?? `${wiki}, page ${pageId}`) : `${list}, line ${pageId}`,
  ]
}

function addressOf({ wiki, pageId, revisionId }: DictionaryEvidence): string | undefined {
  return evidenceAddress(wiki, pageId, revisionId)
}
