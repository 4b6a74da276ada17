import type { Outcome } from '../../runtime/service.ts'
import { type Deps, dropped, emit, stream } from '../../runtime/service.ts'
import { amendments } from './amendments.ts'
import { textKinds } from './documents.ts'
import { type Draft, exampleOf, toldOf } from './examples.ts'
import { inGroups } from './groups.ts'
import { keepWorld, layerFolder, newWorld } from './kept-world.ts'
import { type Settings, settings } from './settings.ts'
import { spanDraftsOf } from './spans.ts'
import type { World } from './world.ts'

const ports = ['files', 'scratch', 'searchIndexes'] as const
type AssemblerDeps = Deps<Settings, (typeof ports)[number]>

export default stream(
  'example-assembler',
  { settings, ports, saysChanges: true },
  async function* (events, deps) {
    const { settings, log } = deps
    const world = newWorld(settings, deps)
    for await (const event of events) {
      if (event.topic === 'synonyms') world.clusters.put(event.key, event.value)
      else world.pages.put(event.key, event.value)
    }
    const clusters = gather(world)
    await index(world, deps)
    const passages = Object.fromEntries([...world.documents].map(([language, { size }]) => [language, size]))
    log.info({ passages, clusters, index: settings.searchIndex }, 'passages indexed')
    yield* examplesIn(world, clusters, deps)
    for (const { reason, count } of world.dropped()) yield dropped(reason, count)
    // What a server had is gone with this run.
    if (settings.searchIndex === 'embedded') await keepWorld(world, deps)
    else await world.close()
  },
  amendments,
)

/** Documents and held-out names, as they follow from pages and clusters. Returns the number of the clusters. */
function gather(world: World): number {
  let clusters = 0
  for (const cluster of world.clusters) {
    world.clusterPages.add(cluster)
    world.heldOut.add(cluster)
    clusters++
  }
  for (const page of world.pages) {
    const document = world.documentOf(page)
    if (typeof document === 'string') world.drop(document, 1)
    else world.addDocument(page.language, document)
  }
  return clusters
}

async function index(world: World, { settings, searchIndexes, scratch, signal }: AssemblerDeps): Promise<void> {
  for (const [language, documents] of world.documents) {
    for (const kind of textKinds) {
      if (settings.searchIndex === 'embedded') {
        const place = { base: 0, folder: layerFolder(language, kind, 0, { scratch }) }
        await world.rankingOf(language, kind).addLayer(place, documents, signal)
      } else {
        const terms = world.rankingOf(language, kind).termsOf(documents)
        world.lookElsewhere(
          language,
          kind,
          await searchIndexes.build(settings.searchIndex, `${language}-${kind}`, terms),
        )
      }
    }
  }
}

async function* examplesIn(
  world: World,
  clusters: number,
  { settings, progress, signal }: AssemblerDeps,
): AsyncIterable<Outcome<'training-examples'>> {
  let done = 0
  for await (const group of inGroups(world.clusters)) {
    signal.throwIfAborted()
    const told = group.map((cluster) => toldOf(cluster, world.documents, settings))
    for (const { untold } of told) world.drop(untold.reason, untold.count)
    yield* examplesOf(
      told.flatMap(({ drafts }) => drafts),
      world,
    )
    done += group.length
    progress.report({ done, total: clusters, unit: 'clusters' })
  }
  for (const [language, documents] of world.documents) {
    for await (const group of inGroups(documents)) {
      signal.throwIfAborted()
      const drafts = group.flatMap((document) => spanDraftsOf(document, language, world, settings))
      yield* examplesOf(drafts, world)
    }
  }
}

async function* examplesOf(
  drafts: readonly Draft[],
  { negatives }: World,
): AsyncIterable<Outcome<'training-examples'>> {
  const examples = await Promise.all(drafts.map((draft) => exampleOf(draft, negatives)))
  for (const example of examples) yield emit.trainingExamples(example)
}
