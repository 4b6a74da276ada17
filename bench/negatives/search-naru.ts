/**
 * Searches the passages with our own index. Protocol of all the programs here: PASSAGES QUERIES K FOLDER on the command line, a line
 * each, words parted by spaces; a line of JSON when the index is there; then, for each line of standard input, all queries once
 * and a line of JSON with the seconds, and the hits of the first queries as [document, score].
 */
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Randomness } from '../../model/randomness.ts'
import { mineNegatives } from '../../search/negatives.ts'
import { PassageIndexBuilder } from '../../search/passages/build.ts'

const [passagesFile = '', queriesFile = '', k = '', folder = '', positivesFile] = process.argv.slice(2)
const queries = linesOf(queriesFile).map((line) => line.split(' '))
const positives = positivesFile === undefined ? undefined : linesOf(positivesFile).map(Number)
const shownQueries = 50
/** Passages that stand for the pages of one cluster, or pages that link to each other. */
const clusterSize = 10

const started = process.cpuUsage()
const builder = new PassageIndexBuilder(join(folder, 'index'))
for await (const line of createInterface({ input: createReadStream(passagesFile) })) builder.add(line.split(' '))
const index = await builder.finish()
/** Mining compares the candidates with the passage that answers. */
const passages = positives === undefined ? [] : linesOf(passagesFile)
console.log(JSON.stringify({ buildCpuSeconds: cpuSince(started), peakMegabytes: peakMegabytes() }))

for await (const _ of createInterface({ input: process.stdin })) {
  const [wall, cpu] = [performance.now(), process.cpuUsage()]
  if (positives === undefined) {
    for (const query of queries) index.search(query, Number(k))
  } else for (const [at, query] of queries.entries()) await mine(query, positives[at]!)
  const seconds = (performance.now() - wall) / 1000
  const cpuSeconds = cpuSince(cpu)
  const hits = queries.slice(0, shownQueries).map((query) => index.search(query, Number(k)))
  const shown = hits.map((list) => list.map(({ doc, score }) => [doc, score]))
  console.log(JSON.stringify({ seconds, cpuSeconds, peakMegabytes: peakMegabytes(), hits: shown }))
}
await index.close()

async function mine(query: readonly string[], positive: number): Promise<void> {
  const isRelated = (doc: number): boolean => Math.floor(doc / clusterSize) === Math.floor(positive / clusterSize)
  const tokensOf = (doc: number): Set<string> => new Set(passages[doc]!.split(' '))
  await mineNegatives(index, tokensOf, { tokens: query, positive, isRelated }, fillsFor(positive))
}

/** All passages once, from one by chance on. */
function* fillsFor(positive: number): Iterable<number> {
  const from = new Randomness(positive).below(passages.length)
  for (let at = 0; at < passages.length; at++) yield (from + at) % passages.length
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1)
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6
}
