/**
 * What an update costs beside a run on the new dump alone: node --import tsx bench/update.ts [--times 4] [--changed 0.05] [--article-kb 10] [--folder DIR]
 * A dump TIMES the sample's size (synthetic-dump.ts), of short articles or of such as are at least so many kB of wikitext, and one of a month later in which so many pages have changed: a run on the first, an update of
 * it, and a run on the second alone, up to the data sets. Services run one after another, so that each can be told what it takes: CPU
 * seconds of the process and all its threads, on which a busy machine has less influence than on the clock. What decompression takes is
 * measured alone and left out of `ratio`. Fails where the bytes differ. Prints one line of JSON last;
 * a folder that is given, an empty one, is left behind to be looked at.
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { withUpstream } from '../runtime/pipeline.ts'
import { dataSetHashes, dataSetWriters, keepBefore, runStages } from '../test/pipeline/stages.ts'
import { decompressRange } from '../wiki/bz2.ts'
import { writeSyntheticDumps } from './synthetic-dump.ts'

interface Cost {
  readonly cpuSeconds: number
  readonly wallSeconds: number
}

const { values: flags } = parseArgs({
  options: {
    times: { type: 'string', default: '4' },
    changed: { type: 'string', default: '0.05' },
    'article-kb': { type: 'string', default: '0' },
    folder: { type: 'string' },
  },
})
const root = flags.folder ?? mkdtempSync(join(tmpdir(), 'naru-bench-update-'))
const languages = ['ko', 'en']

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const startedMs = performance.now()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return { cpuSeconds: (user + system) / 1e6, wallSeconds: (performance.now() - startedMs) / 1000 }
}

function sumOf(costs: readonly Cost[]): Cost {
  const sum = (of: (cost: Cost) => number) => costs.reduce((total, cost) => total + of(cost), 0)
  return { cpuSeconds: sum((cost) => cost.cpuSeconds), wallSeconds: sum((cost) => cost.wallSeconds) }
}

async function runOn(date: string, out: string, update: number) {
  const inputs = languages.map((language) => ({ language, location: join(root, date, `${language}wiki`) }))
  const settings = update === 0 ? {} : keepBefore(out, update)
  const stages: Record<string, Cost> = {}
  let articles = 0
  for (const id of withUpstream(dataSetWriters)) {
    stages[id] = await costOf(async () => {
      const statuses = await runStages({ out, services: [id], inputs, update, settings })
      articles += statuses.reduce((sum, { figures }) => sum + (figures.written.articles ?? 0), 0)
    })
  }
  return { ...sumOf(Object.values(stages)), articles, stages }
}

async function decompress(date: string): Promise<void> {
  for (const language of languages) {
    const folder = join(root, date, `${language}wiki`)
    const name = readdirSync(folder).find((one) => one.endsWith('multistream.xml.bz2'))
    for await (const piece of decompressRange(join(folder, name ?? ''))) void piece
  }
}

function share(part: Cost, whole: Cost, decompression: Cost) {
  const of = (key: keyof Cost) => (part[key] - decompression[key]) / (whole[key] - decompression[key])
  return { cpu: of('cpuSeconds'), wall: of('wallSeconds') }
}

try {
  writeSyntheticDumps(root, Number(flags.times), Number(flags.changed), Number(flags['article-kb']) * 1000)
  const [updated, alone] = [join(root, 'updated'), join(root, 'alone')]
  const first = await runOn('20260901', updated, 0)
  const update = await runOn('20261001', updated, 1)
  const fresh = await runOn('20261001', alone, 0)
  const decompression = await costOf(() => decompress('20261001'))
  for (const [id, { cpuSeconds }] of Object.entries(fresh.stages)) {
    const own = update.stages[id]?.cpuSeconds ?? 0
    console.error(
      `${id.padEnd(20)} ${cpuSeconds.toFixed(2).padStart(8)} s ${own.toFixed(2).padStart(8)} s in an update`,
    )
  }
  const ratio = share(update, fresh, decompression)
  assert.deepEqual(dataSetHashes(updated), dataSetHashes(alone))
  console.log(JSON.stringify({ bench: 'update', ...flags, first, update, fresh, decompression, ratio }))
} finally {
  if (flags.folder === undefined) rmSync(root, { recursive: true, force: true })
}
