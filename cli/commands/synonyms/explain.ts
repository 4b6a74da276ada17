/** naru synonyms explain: why two terms are a pair. */
import { addressOf, type ExplainedEntry, explainTerm, pairJson } from '../../../dictionary/explanation.ts'
import type { DictionaryEvidence } from '../../../dictionary/reading.ts'
import { FatalError } from '../../../runtime/errors.ts'
import { print, printJson } from '../../print.ts'
import { renderTable } from '../../table.ts'
import { workspaceOf } from '../../workspace.ts'

export interface ExplainFlags {
  readonly out?: string
  readonly json?: boolean
}

/** Throws FatalError TERM_UNKNOWN, which names the nearest terms, where no pair has the term. */
export async function explain(term: string, { out, json }: ExplainFlags): Promise<void> {
  const { data } = workspaceOf(out)
  const { folded, pairs, nearest } = await explainTerm(data, term)
  if (json) printJson({ term, folded, pairs: pairs.map(pairJson), nearest })
  if (pairs.length === 0) {
    throw new FatalError('TERM_UNKNOWN', `no pair has the term ${term}`, {
      hint: nearest.length === 0 ? 'Nothing in the dictionary is spelt like it.' : `Nearest: ${nearest.join(', ')}.`,
    })
  }
  if (!json) print(pairs.map(renderPair).join('\n\n'))
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
