/** naru synonyms explain: why two terms are a pair. */
import { join } from 'node:path'
import { nearestTerms } from '../../../dictionary/nearest.ts'
import { type DictionaryEvidence, type FoundEntry, findTerm, termIndexFile } from '../../../dictionary/reading.ts'
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
  const folder = join(workspaceOf(out).data, 'synonyms')
  const { folded, entries } = await findTerm(folder, term)
  const nearest = entries.length > 0 ? [] : await nearestTerms(termIndexFile(folder), folded, suggestionsAtMost)
  if (json) printJson({ term, folded, pairs: entries.map(pairJson), nearest })
  if (entries.length === 0) {
    throw new FatalError('TERM_UNKNOWN', `no pair has the term ${term}`, {
      hint: nearest.length === 0 ? 'Nothing in the dictionary is spelt like it.' : `Nearest: ${nearest.join(', ')}.`,
    })
  }
  if (!json) print(entries.map(renderPair).join('\n\n'))
}

function pairJson({ language, term, translation, entry }: FoundEntry): Record<string, unknown> {
  const evidence = entry.evidence.map((one) => ({ ...one, address: addressOf(one) ?? null }))
  const { source, sources, confidence, domain = null, cluster, split } = entry
  return { language, term, translation, source, sources, confidence, domain, cluster, split, evidence }
}

function renderPair({ term, translation, entry }: FoundEntry): string {
  const { confidence, domain, cluster, split, evidence } = entry
  const about = [`confidence ${confidence}`, ...(domain === undefined ? [] : [domain]), split, `cluster ${cluster}`]
  const lines = renderTable(
    ['Rule', 'Pages', 'Seen', 'Evidence'].map((title) => ({ title })),
    evidence.map(evidenceCells),
  )
  return [`${term} = ${translation}`, `  ${about.join(', ')}`, ...lines.map((line) => `  ${line}`)].join('\n')
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
