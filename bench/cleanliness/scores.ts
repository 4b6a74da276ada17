/** Figures of each reader over the articles of one wiki. */
import { articlePages, type RealWiki } from '../pages/real-pages.ts'
import { leftOversIn } from './left-overs.ts'
import type { Reader } from './readers.ts'
import { agreed, debrisOf, shared, sharedPhrases, total, type WordCounts, without, wordsOf } from './words.ts'

export interface ReaderScore {
  readonly reader: string
  /** Articles of which the reader gives a text. */
  readonly articles: number
  readonly words: number
  /** Of the words of the shared consensus, with repetition; null where it has none of these articles. 0 to 1. */
  readonly recall: number | null
  /** Of the words that two of the judges keep that were run now; null where fewer than two of them are installed. */
  readonly recallOfPeers: number | null
  /** The two above, of words that are no debris of markup, counting what the reader keeps apart from the text as well. */
  readonly recallAnywhere: number | null
  readonly recallOfPeersAnywhere: number | null
  /** Of the words that MediaWiki renders, where that is known. */
  readonly recallOfRendered: number | null
  /** Of the reader's words on the pages whose rendered text is known, those that are in it. */
  readonly precisionOfRendered: number | null
  /** Of the reader's words, those that no other reader has as often; null where no peer is installed. */
  readonly extra: number | null
  readonly leftOverPer1000: number
  /** By kind, per 1,000 articles. */
  readonly leftOvers: Readonly<Record<string, number>>
}

/** Extractors of different kinds, as the shared consensus has them: those of one kind keep the same debris. */
const judges = new Set(['mwparserfromhell', 'named libraries', 'wikiextractor', 'wikrs'])

/** Written without spaces: what stands between two marks is a phrase. */
const withoutSpaces = new Set(['ja', 'zh'])

export function scoreReaders(
  wiki: RealWiki,
  readers: readonly Reader[],
  consensus: ReadonlyMap<string, WordCounts>,
  rendered: ReadonlyMap<string, string> = new Map(),
): ReaderScore[] {
  const pages = articlePages(wiki)
  const titles = pages.map(({ title }) => title)
  const debris = new Map(pages.map(({ title, text }) => [title, debrisOf(text, wiki.site)]))
  const words = new Map(readers.map((reader) => [reader.name, wordsByTitle(reader, titles)]))
  const isPhrased = withoutSpaces.has(wiki.site.language)
  const kept = (wanted: WordCounts, reader: Reader, title: string) =>
    isPhrased
      ? sharedPhrases(wanted, reader.texts.get(title) ?? '')
      : shared(wanted, words.get(reader.name)?.get(title) ?? new Map())
  const countAnywhere = (
    sums: { clean: number; anywhere: number },
    wanted: WordCounts,
    reader: Reader,
    title: string,
  ) => {
    const clean = without(wanted, debris.get(title) ?? new Map())
    const text = `${reader.texts.get(title) ?? ''}\n${reader.apart?.get(title) ?? ''}`
    sums.clean += total(clean)
    sums.anywhere += isPhrased ? sharedPhrases(clean, text) : shared(clean, wordsOf(text))
  }

  return readers.map((reader) => {
    const others = readers.filter((other) => !other.ours && other !== reader)
    const sums = { words: 0, articles: 0, extra: 0 }
    const ofConsensus = { wanted: 0, kept: 0, clean: 0, anywhere: 0 }
    const ofPeers = { wanted: 0, kept: 0, clean: 0, anywhere: 0 }
    const ofRendered = { wanted: 0, kept: 0, words: 0 }
    const leftOvers: Record<string, number> = {}
    for (const title of titles) {
      const own = words.get(reader.name)?.get(title) ?? new Map()
      sums.words += total(own)
      if (reader.texts.has(title)) sums.articles++
      const wanted = consensus.get(title)
      if (wanted !== undefined) {
        ofConsensus.wanted += total(wanted)
        ofConsensus.kept += kept(wanted, reader, title)
        countAnywhere(ofConsensus, wanted, reader, title)
      }
      const theirs = others
        .filter(({ name }) => judges.has(name))
        .map((other) => words.get(other.name)?.get(title) ?? new Map<string, number>())
      const wantedNow = theirs.length < 2 ? new Map<string, number>() : agreed(theirs, 2)
      ofPeers.wanted += total(wantedNow)
      ofPeers.kept += kept(wantedNow, reader, title)
      countAnywhere(ofPeers, wantedNow, reader, title)
      const wantedRendered = rendered.get(title)
      if (wantedRendered !== undefined && reader.texts.has(title)) {
        const renderedWords = wordsOf(wantedRendered)
        ofRendered.wanted += total(renderedWords)
        ofRendered.kept += kept(renderedWords, reader, title)
        ofRendered.words += total(own)
      }
      const all = others.map((other) => words.get(other.name)?.get(title) ?? new Map<string, number>())
      sums.extra += total(own) - shared(own, agreed(all, 1))
      for (const { kind } of leftOversIn(reader.texts.get(title) ?? '')) leftOvers[kind] = (leftOvers[kind] ?? 0) + 1
    }
    const per1000 = (count: number) => (count * 1000) / titles.length
    return {
      reader: reader.name,
      articles: sums.articles,
      words: sums.words,
      recall: share(ofConsensus.kept, ofConsensus.wanted),
      recallOfPeers: share(ofPeers.kept, ofPeers.wanted),
      recallAnywhere: share(ofConsensus.anywhere, ofConsensus.clean),
      recallOfPeersAnywhere: share(ofPeers.anywhere, ofPeers.clean),
      recallOfRendered: share(ofRendered.kept, ofRendered.wanted),
      precisionOfRendered: isPhrased ? null : share(ofRendered.kept, ofRendered.words),
      extra: others.length === 0 || sums.words === 0 ? null : sums.extra / sums.words,
      leftOverPer1000: per1000(Object.values(leftOvers).reduce((sum, count) => sum + count, 0)),
      leftOvers: Object.fromEntries(Object.entries(leftOvers).map(([kind, count]) => [kind, per1000(count)])),
    }
  })
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function wordsByTitle(reader: Reader, titles: readonly string[]): Map<string, WordCounts> {
  return new Map(titles.map((title) => [title, wordsOf(reader.texts.get(title) ?? '')]))
}
