import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import { breathing } from '../../runtime/breath.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { fileDigest } from '../../runtime/files.ts'
import type { FileStore, Scratch } from '../../runtime/ports.ts'
import { dropped, emit, type MadeAlike, before as sayBefore, stream, withdrawal } from '../../runtime/service.ts'
import type { Synonym, SynonymPair } from '../../schemas/types.ts'
import { readEarlier } from './cluster-file.ts'
import { goneClusters, lineKey } from './cluster-lines.ts'
import { Clusters } from './clusters.ts'
import { KeptLines } from './kept-lines.ts'
import { joinedWith, KeptPairs } from './kept-pairs.ts'
import type { PairNames } from './names.ts'
import { settings } from './settings.ts'
import { type Decision, SplitPairs, synonymOf } from './split-pairs.ts'
import { sureSenses } from './thresholds.ts'

/** clusters.jsonl of the run before may lie elsewhere for each run: what counts is that it is what was made last. */
const madeAlike: MadeAlike<Settings> = async ({ earlier: before, ...ofBefore }, { earlier, ...ofNow }, made, files) => {
  if (!isDeepStrictEqual(ofBefore, ofNow)) return false
  if (earlier === null) return before === null
  return (await fileDigest(files.path(earlier)).catch(() => undefined)) === made[outputOf(ofNow)]
}

export default stream(
  'synonym-splitter',
  { settings, ports: ['files', 'scratch', 'tables'], madeAlike },
  async function* (events, { settings, files, scratch, tables, log }) {
    const output = outputOf(settings)
    const earlier = await readEarlier(earlierFile(settings.earlier, output, files), scratch)

    // The last event of a key is the pair as it stands; one that was withdrawn is gone.
    const pairs = scratch.table<SynonymPair>('pairs')
    for await (const { key, value } of events) pairs.put(key, value)
    const kept = new KeptPairs(tables)
    for await (const { key, value: pair } of breathing(pairs.entries())) {
      const senses = sureSenses(pair, settings)
      if (senses.length < pair.senses.length) yield dropped('below_threshold', pair.senses.length - senses.length)
      if (senses.length > 0) kept.put(key, { ...pair, senses })
    }

    const split = await SplitPairs.of(await Clusters.of(kept.names, scratch), earlier, settings, scratch)
    log.info({ ...split.tally() }, 'groups put on their sides')
    const keys = scratch.table<true>('keys of synonyms')
    for (const decision of split.decisions()) {
      if (decision.isHeldOut) yield dropped('held_out')
      else {
        const synonym = synonymOf(decision, kept.pairs.get(decision.key)!)
        keys.put(keyOf(synonym), true)
        yield emit.synonyms(synonym)
      }
    }
    for (const { value: line } of earlier.clusters.entries()) {
      for (const pairKey of line.pairs) {
        const key = keyOf({ pairKey, cluster: line.cluster })
        if (keys.get(key) === undefined) yield withdrawal('synonyms', key)
      }
    }
    const lines = new KeptLines(tables)
    for await (const line of breathing(split.lines())) lines.put(line)
    for (const line of goneClusters(earlier, (name) => kept.has(name))) lines.put(line)
    await files.write(output, lines.texts())
  },
  async function* ({ events }, { settings, files, scratch, tables, log }) {
    const changes = new Map<string, SynonymPair | null>()
    for await (const { key, value } of events) changes.set(key, value)
    for (const [key, pair] of changes) {
      if (pair === null) continue
      const senses = sureSenses(pair, settings)
      if (senses.length < pair.senses.length) yield dropped('below_threshold', pair.senses.length - senses.length)
      changes.set(key, senses.length > 0 ? { ...pair, senses } : null)
    }

    const kept = new KeptPairs(tables)
    const lines = new KeptLines(tables)
    const isWithEarlier = settings.earlier !== null
    const seeds = [...changes.keys(), ...(isWithEarlier ? lines.pairsOfMerged() : [])]
    const [before, now] = [within(scratch, 'before'), within(scratch, 'now')]
    const [namesBefore, namesNow] = [before.table<PairNames>('names'), now.table<PairNames>('names')]
    const joined = joinedWith(seeds, kept, changes)
    for (const key of joined) namesBefore.put(key, kept.names.get(key) ?? null)
    const changedBefore = new Map([...changes.keys()].map((key) => [key, kept.pairs.get(key)]))
    for (const [key, pair] of changes) kept.put(key, pair)
    for (const key of joined) namesNow.put(key, kept.names.get(key) ?? null)

    const clusters = await Clusters.of(namesBefore, before)
    const founders = new Set(clusters.founders())
    const earlier = isWithEarlier ? lines.earlier(founders, scratch) : await readEarlier(undefined, scratch)
    const splitBefore = await SplitPairs.of(clusters, earlier, settings, before)
    const split = await SplitPairs.of(await Clusters.of(namesNow, now), earlier, settings, now)
    log.info({ ...split.tally() }, 'groups that have changed put on their sides')
    const saysSame = sameOfBoth(splitBefore, split, (key) => !changes.has(key))
    for (const decision of splitBefore.decisions()) {
      const { key, isHeldOut } = decision
      if (isHeldOut || saysSame(decision)) continue
      const pair = changes.has(key) ? changedBefore.get(key) : kept.pairs.get(key)
      yield sayBefore(emit.synonyms(synonymOf(decision, pair!)))
    }
    for (const decision of split.decisions()) {
      if (decision.isHeldOut) yield dropped('held_out')
      else if (!saysSame(decision)) yield emit.synonyms(synonymOf(decision, kept.pairs.get(decision.key)!))
    }

    const ended = new Set([...founders].map(lineKey.ofCluster))
    for (const { key } of [...lines.gone()]) lines.remove(key)
    for await (const line of breathing(split.lines())) {
      lines.put(line)
      ended.delete(line.key)
    }
    for (const key of ended) lines.remove(key)
    for (const line of goneClusters(earlier, (name) => kept.has(name))) lines.put(line)
    await files.write(outputOf(settings), lines.texts())
  },
)

type Settings = z.output<typeof settings>

function outputOf({ folder }: Pick<Settings, 'folder'>): string {
  return `${folder}/clusters.jsonl`
}

/** Tells of a decision whether it is one of both, on a pair that is as it was. */
function sameOfBoth(before: SplitPairs, now: SplitPairs, isAsItWas: (key: string) => boolean) {
  const textOf = ({ key, founder, group, split, senses, isHeldOut }: Decision) =>
    [key, founder, group, split, senses, isHeldOut].join('\t')
  const texts = new Set<string>()
  for (const decision of before.decisions()) if (isAsItWas(decision.key)) texts.add(textOf(decision))
  const same = new Set<string>()
  for (const decision of now.decisions()) {
    const text = textOf(decision)
    if (texts.has(text)) same.add(text)
  }
  return (decision: Decision) => same.has(textOf(decision))
}

/** Tables of their own for one of two that go the same way. */
function within(scratch: Scratch, name: string): Scratch {
  return {
    ...scratch,
    table: (own) => scratch.table(`${name}: ${own}`),
    folder: (own) => scratch.folder(`${name}: ${own}`),
  }
}

/** Absolute path. A run that is repeated after a crash would take what it wrote itself for the run before. */
function earlierFile(address: string | null, output: string, files: FileStore): string | undefined {
  if (address === null) return undefined
  const file = files.path(address)
  if (file !== files.path(output)) return file
  throw new ConfigError('CLUSTERS_OVERWRITTEN', 'the clusters of the run before lie where this run writes its own', {
    at: { file },
    hint: 'Give a copy of clusters.jsonl.',
  })
}

/** As topology.ts says that the keys of `synonyms` are made. */
function keyOf({ pairKey, cluster }: Pick<Synonym, 'pairKey' | 'cluster'>): string {
  return `${pairKey}:${cluster}`
}
