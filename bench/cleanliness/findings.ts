/** The worst of what our readers leave or lose, with the place: a list to mend from. */
import { articlePages, type RealWiki } from '../pages/real-pages.ts'
import { contextOf, leftOversIn } from './left-overs.ts'
import { lostPhrases } from './lost-phrases.ts'
import type { Reader } from './readers.ts'
import { missing, type WordCounts, wordsOf } from './words.ts'

const leftOversShown = 150
const pagesShown = 15
const wordsShown = 15
const phrasesShown = 120
const proseKeepers = ['named libraries', 'wikiextractor']
const witnessNames = ['named libraries', 'wikiextractor', 'mwparserfromhell', 'wikrs']

export function findingsOf(
  wiki: RealWiki,
  readers: readonly Reader[],
  consensus: ReadonlyMap<string, WordCounts>,
): string[] {
  return readers
    .filter(({ ours }) => ours)
    .flatMap((reader) => [
      `# ${wiki.wiki}, ${reader.name}`,
      '',
      ...leftOverFindings(wiki, reader),
      '',
      ...phraseFindings(wiki, reader, readers),
      '',
      ...wordFindings(wiki, reader, consensus),
      '',
    ])
}

function leftOverFindings(wiki: RealWiki, reader: Reader): string[] {
  const found = articlePages(wiki).flatMap(({ title }) => {
    const text = reader.texts.get(title) ?? ''
    return leftOversIn(text).map((leftOver) => ({ title, kind: leftOver.kind, context: contextOf(text, leftOver) }))
  })
  const byKind = new Map<string, typeof found>()
  for (const finding of found) byKind.set(finding.kind, [...(byKind.get(finding.kind) ?? []), finding])
  const shownPerKind = Math.ceil(leftOversShown / Math.max(1, byKind.size))
  const lines = [`## Left-overs: ${found.length}`]
  for (const [kind, all] of [...byKind].sort(([, a], [, b]) => b.length - a.length)) {
    lines.push(`### \`${kind}\`: ${all.length}`)
    for (const { title, context } of all.slice(0, shownPerKind)) lines.push(`- ${title}: ${context}`)
  }
  return lines
}

/** What a rendering extractor keeps and another confirms: the first keeps no captions and no tables, so this is prose. */
function phraseFindings(wiki: RealWiki, reader: Reader, readers: readonly Reader[]): string[] {
  const titles = articlePages(wiki).map(({ title }) => title)
  const peers = readers.filter(({ ours }) => !ours)
  return peers
    .filter(({ name }) => proseKeepers.includes(name))
    .flatMap((keeper) => {
      const witnesses = peers.filter((peer) => peer !== keeper && witnessNames.includes(peer.name))
      const lost = lostPhrases(reader, keeper, witnesses, titles)
      const words = lost.reduce((sum, phrase) => sum + phrase.words, 0)
      return [
        `## Phrases of ${keeper.name} that are lost: ${lost.length} with ${words} words`,
        ...lost
          .slice(0, phrasesShown)
          .map(({ title, before, phrase, after }) => `- ${title}: ${before} »${phrase.slice(0, 400)}« ${after}`),
      ]
    })
}

/** Pages that lose the most words of the consensus, and where those words stand in the source. */
function wordFindings(wiki: RealWiki, reader: Reader, consensus: ReadonlyMap<string, WordCounts>): string[] {
  const pages = articlePages(wiki).flatMap((page) => {
    const wanted = consensus.get(page.title)
    if (wanted === undefined) return []
    const lost = missing(wanted, wordsOf(reader.texts.get(page.title) ?? ''))
    const count = lost.reduce((sum, [, lacking]) => sum + lacking, 0)
    return count === 0 ? [] : [{ page, lost, count }]
  })
  pages.sort((a, b) => b.count - a.count)
  const all = pages.reduce((sum, { count }) => sum + count, 0)
  const lines = [`## Words of the consensus that are lost: ${all} on ${pages.length} pages`]
  for (const { page, lost, count } of pages.slice(0, pagesShown)) {
    lines.push(`### ${page.title}: ${count}`)
    for (const [word, lacking] of lost.slice(0, wordsShown)) {
      lines.push(`- ${word} ×${lacking}: ${sourcePlaces(page.text, word).join(' ‖ ')}`)
    }
  }
  return lines
}

function sourcePlaces(source: string, word: string): string[] {
  const letters = '\\p{L}\\p{N}\\p{M}'
  const pattern = new RegExp(`(?<![${letters}])${word}(?![${letters}])`, 'giu')
  return [...source.matchAll(pattern)]
    .slice(0, 3)
    .map(({ index, 0: { length } }) => contextOf(source, { at: index, length }, 40))
}
