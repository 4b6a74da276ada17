/**
 * How clean the text is, and how much of it is there: left-over markup per 1,000 articles, words that other extractors
 * agree on, words that nobody else has. Ours beside every peer that is installed, on the real pages of ../shared/data.
 *
 *   npm run bench:cleanliness -- [DUMP | WIKI=DUMP …] [--rendered SHARD …] [--only naru] [--findings FILE]
 *
 * --rendered names shards of the search index of these wikis, whose text MediaWiki has rendered.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { renderTable } from '../cli/table.ts'
import { findingsOf } from './cleanliness/findings.ts'
import { leftOverKinds } from './cleanliness/left-overs.ts'
import { ourReaders, peerReader, type Reader } from './cleanliness/readers.ts'
import { renderedTexts } from './cleanliness/rendered.ts'
import { type ReaderScore, scoreReaders } from './cleanliness/scores.ts'
import type { WordCounts } from './cleanliness/words.ts'
import { articlePages, type RealWiki, readWiki, realWikis, sharedDumps } from './pages/real-pages.ts'
import { type InstalledPeer, peers } from './peers/peers.ts'

/** The consensus names pages by title alone. */
const consensusWikis = new Set(['enwiki', 'kowiki', 'jawiki', 'zhwiki'])

const { values: flags, positionals: dumps } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, findings: { type: 'string' }, rendered: { type: 'string', multiple: true } },
})

const wikis: RealWiki[] = dumps.length > 0 ? [] : await realWikis()
// kowiki=FILE where the header names another wiki.
for (const dump of dumps) {
  const [, wiki, file = dump] = /^([a-z_]+wiki)=(.+)$/.exec(dump) ?? []
  wikis.push(await readWiki(file, wiki))
}
if (wikis.length === 0) {
  console.error('no pages: ../shared/data/wiki-dumps is not here; name dump files instead')
  process.exit(2)
}
const installed: InstalledPeer[] = []
for (const { name, install, find } of peers) {
  if (flags.only !== undefined && flags.only !== name) continue
  const peer = find()
  if (peer !== undefined) installed.push(peer)
  else console.error(`${name} is not installed: ${install}`)
}

const consensus = sharedConsensus()
const results: Record<string, readonly ReaderScore[]> = {}
const findings: string[] = []
for (const wiki of wikis) {
  const readers: Reader[] = await ourReaders(wiki)
  for (const peer of installed) readers.push(await peerReader(peer, wiki))
  const known = consensusWikis.has(wiki.wiki) ? consensus : new Map<string, WordCounts>()
  const rendered = await renderedTexts(flags.rendered ?? [], wiki.wiki)
  const scores = scoreReaders(wiki, readers, known, rendered)
  results[wiki.wiki] = scores
  print(wiki, scores)
  findings.push(...findingsOf(wiki, readers, known))
}
if (flags.findings !== undefined) writeFileSync(flags.findings, `${findings.join('\n')}\n`)
console.log(JSON.stringify(results))

/** Title → the words that at least two of four extractors keep, as ../shared/data has it; empty where it is not there. */
function sharedConsensus(): ReadonlyMap<string, WordCounts> {
  try {
    const json: unknown = JSON.parse(gunzipSync(readFileSync(join(sharedDumps, 'consensus-dev.json.gz'))).toString())
    if (typeof json !== 'object' || json === null) return new Map()
    return new Map(
      Object.entries(json).map(([title, counts]: [string, Record<string, number>]) => [
        title.normalize('NFC'),
        new Map(Object.entries(counts)),
      ]),
    )
  } catch {
    console.error('../shared/data/wiki-dumps/consensus-dev.json.gz is not here: recall is against the peers run now')
    return new Map()
  }
}

function print(wiki: RealWiki, scores: readonly ReaderScore[]) {
  const kinds = leftOverKinds.filter(({ name }) => scores.some((score) => (score.leftOvers[name] ?? 0) > 0))
  const hasRendered = scores.some(({ recallOfRendered }) => recallOfRendered !== null)
  const titles = [
    ...['articles', 'words', 'recall', 'anywhere', 'recall (run now)', 'anywhere (run now)', 'extra'],
    ...(hasRendered ? ['recall (rendered)', 'precision (rendered)'] : []),
    ...['left-overs', ...kinds.map(({ name }) => name)],
  ]
  const columns = [{ title: 'reader' }, ...titles.map((title) => ({ title, align: 'right' as const }))]
  const rows = scores.map((score) => [
    score.reader,
    String(score.articles),
    String(score.words),
    share(score.recall),
    share(score.recallAnywhere),
    share(score.recallOfPeers),
    share(score.recallOfPeersAnywhere),
    share(score.extra),
    ...(hasRendered ? [share(score.recallOfRendered), share(score.precisionOfRendered)] : []),
    score.leftOverPer1000.toFixed(0),
    ...kinds.map(({ name }) => (score.leftOvers[name] ?? 0).toFixed(0)),
  ])
  console.error(`\n${wiki.wiki}: ${articlePages(wiki).length} articles; left-overs per 1,000 articles`)
  for (const line of renderTable(columns, rows)) console.error(line)
}

function share(value: number | null): string {
  return value === null ? '–' : value.toFixed(4)
}
