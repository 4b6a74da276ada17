/**
 * The pipeline as data: which topics there are, what they carry, and which service reads and writes what. Everything
 * that must agree with this (runners, compose, Helm, diagrams, monitor, docs) is derived from it; it imports no service.
 */
import type { SchemaName, Schemas } from './schemas/types.ts'

export interface TopicSpec<S extends SchemaName = SchemaName> {
  readonly schema: S
  /** Fields whose values, joined by a colon, are the record key; records of one key stay in order. */
  readonly key: readonly (keyof Schemas[S] & string)[]
  /** Upper bound of the parallel consumers of one group. */
  readonly partitions: number
  /** delete: kept for `retentionHours`; compact: the last record of each key is kept for good. */
  readonly cleanup: 'delete' | 'compact'
  readonly retentionHours: number
  /** Copies that must have a write before it counts: what is committed survives the loss of one broker less. */
  readonly minInsyncReplicas: number
  readonly update: TopicUpdate
  readonly description: string
}

/** For topics that say nothing else, and for those beside the topology: dead letters, the sources' positions. */
export const minInsyncReplicas = 2

/**
 * What an update writes to a topic, beside what earlier runs wrote (docs/decisions/0020).
 * renewed: all of it anew; what earlier runs wrote counts no more.
 * kept: what has changed by its key; what has not is named as kept, and what is neither is gone.
 * rows: what is new, and what counts no more as retractions, which carry the value that they take back.
 * latest: what has changed; the last record of a key counts, and a null takes it back.
 */
export type TopicUpdate = 'renewed' | 'kept' | 'rows' | 'latest'

/** Ties the key to the fields of the schema, so that a key of an unknown field does not compile. */
function topic<S extends SchemaName>(
  spec: Omit<TopicSpec<S>, 'minInsyncReplicas'> & Partial<Pick<TopicSpec<S>, 'minInsyncReplicas'>>,
): TopicSpec<S> {
  return { minInsyncReplicas, ...spec }
}

const week = 7 * 24

export const topics = {
  'dump-files': topic({
    schema: 'DumpFile',
    key: ['wiki', 'kind'],
    partitions: 1,
    cleanup: 'delete',
    retentionHours: 4 * week,
    update: 'renewed',
    description: 'Verified dump files.',
  }),
  'dump-chunks': topic({
    schema: 'DumpChunk',
    key: ['wiki', 'chunk'],
    partitions: 12,
    cleanup: 'delete',
    retentionHours: week,
    update: 'renewed',
    description: 'Byte ranges of article files, the units of work.',
  }),
  articles: topic({
    schema: 'Article',
    key: ['wiki', 'pageId'],
    partitions: 12,
    cleanup: 'compact',
    retentionHours: week,
    update: 'kept',
    description: 'Pages taken apart.',
  }),
  'page-links': topic({
    schema: 'PageName',
    key: ['wiki', 'title'],
    partitions: 12,
    cleanup: 'delete',
    retentionHours: week,
    update: 'renewed',
    description: 'Titles of pages in the other language, as one wiki or Wikidata says, not yet compared.',
  }),
  mentions: topic({
    schema: 'PageMentions',
    key: ['wiki', 'title'],
    partitions: 12,
    cleanup: 'delete',
    retentionHours: week,
    update: 'rows',
    description: 'Names that the leads of pages speak of.',
  }),
  anchors: topic({
    schema: 'AnchorCount',
    key: ['wiki', 'surfaceKey'],
    partitions: 12,
    cleanup: 'delete',
    retentionHours: week,
    update: 'rows',
    description: 'Link texts, gathered by surface so that their targets can be weighed against each other.',
  }),
  'page-names': topic({
    schema: 'PageName',
    key: ['wiki', 'title'],
    partitions: 12,
    cleanup: 'delete',
    retentionHours: week,
    update: 'rows',
    description: 'Names of pages in their own and the other language, gathered by page.',
  }),
  'synonym-candidates': topic({
    schema: 'SynonymCandidate',
    key: ['pairKey'],
    partitions: 12,
    cleanup: 'delete',
    retentionHours: week,
    update: 'rows',
    description: 'Single pieces of evidence for pairs.',
  }),
  'synonym-pairs': topic({
    schema: 'SynonymPair',
    key: ['pairKey'],
    partitions: 12,
    cleanup: 'compact',
    retentionHours: week,
    update: 'latest',
    description: 'Pairs with their evidence merged.',
  }),
  synonyms: topic({
    schema: 'Synonym',
    key: ['pairKey', 'cluster'],
    partitions: 4,
    cleanup: 'compact',
    retentionHours: week,
    update: 'latest',
    description: 'The bilingual dictionary: pairs in one sense each, with cluster and split.',
  }),
  'training-examples': topic({
    schema: 'TrainingExample',
    key: ['exampleId'],
    partitions: 4,
    cleanup: 'compact',
    retentionHours: 4 * week,
    update: 'latest',
    description: 'Queries with a positive document and hard negatives.',
  }),
  checkpoints: topic({
    schema: 'Checkpoint',
    key: ['model'],
    partitions: 1,
    cleanup: 'delete',
    retentionHours: 4 * week,
    update: 'renewed',
    description: 'Saved states of training.',
  }),
  exports: topic({
    schema: 'ModelExport',
    key: ['model'],
    partitions: 1,
    cleanup: 'compact',
    retentionHours: week,
    update: 'latest',
    description: 'Published model folders.',
  }),
  scores: topic({
    schema: 'Score',
    key: ['model', 'task', 'system', 'direction', 'stratum', 'metric'],
    partitions: 1,
    cleanup: 'compact',
    retentionHours: week,
    update: 'latest',
    description: 'Figures of evaluations.',
  }),
} as const

/** Topics on which an event may be withdrawn: a tombstone, whose value is null, stands in its place. */
export const withdrawableTopics = [
  'synonym-pairs',
  'synonyms',
  'training-examples',
] as const satisfies readonly (keyof typeof topics)[]
export type WithdrawableTopic = (typeof withdrawableTopics)[number]

export type TopicName = keyof typeof topics
export type EventOf<T extends TopicName> = T extends TopicName ? Schemas[(typeof topics)[T]['schema']] : never

/**
 * source: begins the pipeline, one instance works at a time.
 * transform: one event in, events out; every partition of its input is a unit of its own.
 * stream: sees a whole input before it writes; per partition, or over the whole topic with one instance at work.
 */
export type ServiceKind = 'source' | 'transform' | 'partition-stream' | 'topic-stream'

export interface ServiceSpec {
  readonly kind: ServiceKind
  readonly reads: readonly TopicName[]
  readonly writes: readonly TopicName[]
  readonly description: string
}

export const services = {
  'dump-downloader': {
    kind: 'source',
    reads: [],
    writes: ['dump-files'],
    description: 'Fetches dump files with resume and verifies their checksums.',
  },
  'list-reader': {
    kind: 'source',
    reads: [],
    writes: ['synonym-candidates'],
    description: 'Reads existing synonym lists: JSON such as enhanced_synonyms.json, TSV, MUSE.',
  },
  'dump-planner': {
    kind: 'transform',
    reads: ['dump-files'],
    writes: ['dump-chunks'],
    description: 'Cuts article files into byte ranges.',
  },
  'langlink-extractor': {
    kind: 'transform',
    reads: ['dump-files'],
    writes: ['page-links'],
    description: 'Joins the langlinks table with the page table, or the items of Wikidata with one another.',
  },
  'link-comparer': {
    kind: 'topic-stream',
    reads: ['page-links'],
    writes: ['page-names'],
    description: 'Compares what the two wikis say of each other and leaves out where they contradict.',
  },
  'article-extractor': {
    kind: 'transform',
    reads: ['dump-chunks'],
    writes: ['articles'],
    description: 'Decompresses a range and takes its pages apart.',
  },
  'name-finder': {
    kind: 'transform',
    reads: ['articles'],
    writes: ['anchors', 'mentions', 'page-names'],
    description: 'Finds names of pages in redirects, anchors, leads, glosses and infoboxes.',
  },
  'anchor-counter': {
    kind: 'partition-stream',
    reads: ['anchors'],
    writes: ['page-names'],
    description: 'Keeps the anchor texts that mostly mean one page.',
  },
  'entity-linker': {
    kind: 'partition-stream',
    reads: ['page-names'],
    writes: ['synonym-candidates'],
    description: 'Joins the names of a page with those of its mate in the other wiki.',
  },
  'entity-matcher': {
    kind: 'topic-stream',
    reads: ['mentions', 'page-names'],
    writes: ['synonym-candidates'],
    description: 'Pairs names that two linked pages both speak of, by the likeness of their sound.',
  },
  deduplicator: {
    kind: 'transform',
    reads: ['synonym-candidates'],
    writes: ['synonym-pairs'],
    description: 'Merges the evidence for each pair and weighs it.',
  },
  'synonym-splitter': {
    kind: 'topic-stream',
    reads: ['synonym-pairs'],
    writes: ['synonyms'],
    description: 'Clusters names and splits the clusters into train, val and test.',
  },
  'example-assembler': {
    kind: 'topic-stream',
    reads: ['articles', 'synonyms'],
    writes: ['training-examples'],
    description: 'Builds queries, passages and BM25 hard negatives.',
  },
  'article-writer': {
    kind: 'topic-stream',
    reads: ['articles'],
    writes: [],
    description: 'Writes the articles of each wiki as a JSON Lines file.',
  },
  'synonym-writer': {
    kind: 'topic-stream',
    reads: ['synonyms', 'dump-files'],
    writes: [],
    description: 'Writes the dictionary and its splits: JSON, JSONL, Parquet, rules for OpenSearch, a data card.',
  },
  'example-writer': {
    kind: 'topic-stream',
    reads: ['training-examples'],
    writes: [],
    description: 'Writes the training examples and their negatives as JSON Lines files.',
  },
  trainer: {
    kind: 'topic-stream',
    reads: ['training-examples', 'synonyms'],
    writes: ['checkpoints'],
    description: 'Trains the neural sparse encoder on a vocabulary that knows no name of a test cluster.',
  },
  exporter: {
    kind: 'transform',
    reads: ['checkpoints'],
    writes: ['exports'],
    description: 'Publishes the best checkpoint in every form, and checks that each computes what was trained.',
  },
  evaluator: {
    kind: 'topic-stream',
    reads: ['articles', 'synonyms', 'exports'],
    writes: ['scores'],
    description: 'Judges the export beside BM25, dictionary-BM25 and the consonant skeleton.',
  },
} as const satisfies Record<string, ServiceSpec>

export type ServiceId = keyof typeof services
export type Reads<Id extends ServiceId> = (typeof services)[Id]['reads'][number]
export type Writes<Id extends ServiceId> = (typeof services)[Id]['writes'][number]
export type ServicesOf<K extends ServiceKind> = {
  [Id in ServiceId]: (typeof services)[Id]['kind'] extends K ? Id : never
}[ServiceId]

export const topicNames = Object.keys(topics) as TopicName[]
export const serviceIds = Object.keys(services) as ServiceId[]

/** Services that write a topic, in the order of the topology. */
export function writersOf(name: TopicName): ServiceId[] {
  return serviceIds.filter((id) => specOf(id).writes.includes(name))
}

/** Services that read a topic, in the order of the topology. */
export function readersOf(name: TopicName): ServiceId[] {
  return serviceIds.filter((id) => specOf(id).reads.includes(name))
}

/** Services that read, directly or by way of others, what a service writes, in the order of the topology. */
export function downstreamOf(id: ServiceId): ServiceId[] {
  const found = new Set<ServiceId>()
  const visit = (writer: ServiceId): void => {
    for (const reader of specOf(writer).writes.flatMap(readersOf)) {
      if (found.has(reader)) continue
      found.add(reader)
      visit(reader)
    }
  }
  visit(id)
  return serviceIds.filter((one) => found.has(one))
}

export function specOf(id: ServiceId): ServiceSpec {
  return services[id]
}

/** Longest way from a source, counted from 1: the number of the service's folder. */
function depthOf(id: ServiceId): number {
  const upstream = specOf(id).reads.flatMap(writersOf)
  return 1 + Math.max(0, ...upstream.map(depthOf))
}

/** Folder of a service below services/, such as `04-name-finder`. */
export function folderOf(id: ServiceId): string {
  return `${String(depthOf(id)).padStart(2, '0')}-${id}`
}
