import { termOf } from '../../language/term.ts'
import { ConfigError } from '../../runtime/errors.ts'
import type { FileStore } from '../../runtime/ports.ts'
import { dropped, emit, stream, withdrawal } from '../../runtime/service.ts'
import type { Synonym, SynonymPair, Term } from '../../schemas/types.ts'
import { readEarlier } from './cluster-file.ts'
import { clusterLines } from './cluster-lines.ts'
import { Clusters, type Member } from './clusters.ts'
import { Groups } from './groups.ts'
import { evidenceIn, isNamedByLetter } from './names.ts'
import { settings } from './settings.ts'
import { identifierOf, type Side } from './sides.ts'
import { sureSenses } from './thresholds.ts'

export default stream('synonym-splitter', { settings, ports: ['files', 'scratch'] }, async function* (events, deps) {
  const { settings, files, scratch, log } = deps
  const output = `${settings.folder}/clusters.jsonl`
  const earlier = await readEarlier(earlierFile(settings.earlier, output, files), scratch)

  // The last event of a key is the pair as it stands; one that was withdrawn is gone.
  const pairs = scratch.table<SynonymPair>('pairs')
  for await (const { key, value } of events) pairs.put(key, value)

  const sure = scratch.table<SynonymPair>('sure pairs')
  for (const { key, value: pair } of pairs.entries()) {
    const senses = sureSenses(pair, settings)
    if (senses.length < pair.senses.length) yield dropped('below_threshold', pair.senses.length - senses.length)
    if (senses.length > 0) sure.put(key, { ...pair, senses })
  }

  const clusters = new Clusters(sure, scratch)
  const groups = new Groups(clusters, earlier, settings)
  log.info({ ...tallyOf(groups) }, 'groups put on their sides')

  const keys = scratch.table<true>('keys of synonyms')
  for (const member of clusters.members()) {
    const side = groups.of(member.founder)
    // A group keeps its side when it is given a letter for a name later on; the name alone is left out.
    if (side.split !== 'train' && isNamedByLetter(member.pair)) {
      yield dropped('held_out')
      continue
    }
    const synonym = synonymOf(member, side)
    keys.put(keyOf(synonym), true)
    yield emit.synonyms(synonym)
  }
  for (const { value: line } of earlier.clusters.entries()) {
    for (const pairKey of line.pairs) {
      const key = keyOf({ pairKey, cluster: line.cluster })
      if (keys.get(key) === undefined) yield withdrawal('synonyms', key)
    }
  }
  await files.write(output, clusterLines(clusters, groups, earlier, scratch))
})

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

function synonymOf({ founder, pair, senses }: Member, { group, split }: Side): Synonym {
  const { pairKey, left, right } = pair
  const [surest] = senses
  return {
    pairKey,
    left: inSense(left, surest!.leftTitle),
    right: inSense(right, surest!.rightTitle),
    confidence: surest!.confidence,
    evidence: evidenceIn(pair, senses),
    cluster: identifierOf(founder),
    group,
    split,
  }
}

/** The term with the page, and the domain, that it has in this sense. */
function inSense(term: Term, title: string): Term {
  return title === term.title ? term : { ...term, title, domain: termOf(term.language, title, title).domain }
}

/** As topology.ts says that the keys of `synonyms` are made. */
function keyOf({ pairKey, cluster }: Pick<Synonym, 'pairKey' | 'cluster'>): string {
  return `${pairKey}:${cluster}`
}

function tallyOf(groups: Groups): Record<string, number> {
  const tally = {
    groups: 0,
    train: 0,
    val: 0,
    test: 0,
    merged: 0,
    mergedGroups: 0,
    namedByLetter: groups.namedByLetter.size,
  }
  for (const { split, merged } of groups.all()) {
    tally.groups++
    tally[split]++
    if (merged.length > 0) tally.merged++
    tally.mergedGroups += merged.length
  }
  return tally
}
