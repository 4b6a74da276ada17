/**
 * Mutated pages through the whole way from XML to articles: nothing may be thrown, hang, or keep memory.
 *
 *   node --import tsx bench/fuzz.ts [--pages 1000000] [--seed 1]
 *
 * Pages are those of ../shared/data/wiki-dumps, cut to a few kilobytes and mutated: pieces of markup put in, parts taken
 * out, doubled or swapped, bytes changed at random (so that some are no UTF-8 or no XML). Then each construct that is
 * known to slow readers down, 16,000 times over, in milliseconds for a megabyte: above 100 the exit code is 1. Prints one
 * line of JSON last.
 */
import { parseArgs } from 'node:util'
import { Randomness } from '../model/randomness.ts'
import { pieces } from '../test/wiki/soup.ts'
import { decodeArticle } from '../wiki/article-encoding.ts'
import { type ArticlesOptions, articlesOf } from '../wiki/articles.ts'
import { siteOf } from '../wiki/site.ts'
import { dumpPage } from './pages/dump-xml.ts'
import { realWikis } from './pages/real-pages.ts'

const { values } = parseArgs({ options: { pages: { type: 'string' }, seed: { type: 'string' } } })
const wanted = Number(values.pages ?? 1_000_000)
const batch = 500
const longest = 4096

const site = siteOf(undefined, { wiki: 'kowiki' })
const options: ArticlesOptions = { engine: 'kernel', parser: 'fast', maxPageBytes: 1 << 24 }
const place = { file: 'mutated', byteOffset: 0 }

const random = new Randomness(Number(values.seed ?? 1))
const below = (bound: number) => random.below(bound)
const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T

const pageXml = (text: string) =>
  dumpPage({
    pageId: 1,
    revisionId: 2,
    timestamp: '2026-01-01T00:00:00Z',
    title: '서울',
    namespace: 0,
    model: 'wikitext',
    text,
    textBytes: Buffer.byteLength(text),
    textDeleted: false,
  }).trim()

function mutateText(source: string): string {
  let text = source
  for (let i = below(6); i >= 0; i--) {
    const [at, length] = [below(text.length + 1), below(80)]
    const kind = below(5)
    const part = text.slice(at, at + length)
    if (kind === 0) text = text.slice(0, at) + oneOf(pieces) + text.slice(at)
    else if (kind === 1) text = text.slice(0, at) + text.slice(at + length)
    else if (kind === 2) text = text.slice(0, at) + part + part + text.slice(at + length)
    else if (kind === 3) text = text.slice(at) + text.slice(0, at)
    else text = text.slice(0, at) + oneOf(pieces).repeat(below(20)) + text.slice(at)
  }
  return text
}

function mutateBytes(bytes: Buffer): Buffer {
  for (let i = below(4); i > 0; i--) bytes[below(bytes.length)] = below(256)
  return random.uniform() < 0.02 ? bytes.subarray(0, below(bytes.length)) : bytes
}

const sources = (await realWikis()).flatMap(({ pages }) => pages.map(({ text }) => text)).filter((text) => text !== '')
if (sources.length === 0) {
  console.error('../shared/data/wiki-dumps is not here: there are no pages to mutate')
  process.exit(1)
}
function mutatedPage(): Buffer {
  const source = oneOf(sources)
  const start = below(Math.max(1, source.length - longest))
  const page = Buffer.from(pageXml(mutateText(source.slice(start, start + below(longest)))))
  return random.uniform() < 0.3 ? mutateBytes(page) : page
}

async function read(bytes: Buffer, counts: Map<string, number>): Promise<void> {
  async function* chunk() {
    yield bytes
  }
  for await (const outcome of articlesOf(chunk(), site, place, options)) {
    const kind = outcome.kind === 'bad' ? outcome.error.code : outcome.kind
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    if (outcome.kind !== 'article') continue
    decodeArticle(outcome.article.encoded)
    outcome.article.tables()
  }
}

const counts = new Map<string, number>()
let megabytes = 0
let slowest = 0
let afterWarmUp = 0
const began = performance.now()
for (let done = 0; done < wanted; done += batch) {
  const bytes = Buffer.concat(Array.from({ length: Math.min(batch, wanted - done) }, mutatedPage))
  const before = process.cpuUsage()
  await read(bytes, counts)
  const { user, system } = process.cpuUsage(before)
  slowest = Math.max(slowest, (user + system) / 1000 / (bytes.length / 1e6))
  megabytes += bytes.length / 1e6
  if (done === batch * 40) afterWarmUp = process.memoryUsage().rss
  if (done % (batch * 100) === 0) {
    const seconds = (performance.now() - began) / 1000
    console.error(`${done} of ${wanted} pages, ${(megabytes / seconds).toFixed(1)} MB/s, ${Math.round(seconds)} s`)
  }
}
const rss = process.memoryUsage().rss

const constructs = [
  '{{',
  '[[',
  '<ref>',
  '{|\n',
  '<!--',
  "'''",
  '<a <b',
  '    ',
  '{{a|',
  '[[a|',
  '[http://a ',
  '&lt;',
  '<nowiki>',
  '==',
  '(,',
  '__a',
]
const adversarial: Record<string, number> = {}
for (const construct of constructs) {
  const page = Buffer.from(pageXml(construct.repeat(16_000)))
  const times = []
  for (let round = 0; round < 5; round++) {
    const before = process.cpuUsage()
    await read(page, new Map())
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  adversarial[construct] = Number((Math.min(...times) / (page.length / 1e6)).toFixed(1))
}
const nested = Buffer.from(pageXml(`${'{{nowrap|'.repeat(50)}가${'}}'.repeat(50)} `.repeat(300)))
const before = process.cpuUsage()
await read(nested, new Map())
const { user, system } = process.cpuUsage(before)
adversarial['50 deep'] = Number(((user + system) / 1000 / (nested.length / 1e6)).toFixed(1))

console.table(adversarial)
if (Object.values(adversarial).some((msPerMB) => msPerMB > 100)) process.exitCode = 1
console.log(
  JSON.stringify({
    bench: 'fuzz',
    pages: wanted,
    megabytes: Math.round(megabytes),
    outcomes: Object.fromEntries([...counts].sort()),
    slowestBatchMsPerMB: Math.round(slowest),
    rssGrowthMB: Math.round((rss - afterWarmUp) / 1e6),
    adversarialMsPerMB: adversarial,
  }),
)
