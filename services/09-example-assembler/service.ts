import type { ScratchTable } from '../../runtime/ports.ts'
import { dropped, emit, stream } from '../../runtime/service.ts'
import type { Article, Synonym } from '../../schemas/types.ts'
import { ClusterPages, HeldOutNames } from './cluster-pages.ts'
import { clustersOf } from './clusters.ts'
import { Corpus } from './corpus.ts'
import { examplesOf, unsaidIn } from './examples.ts'
import { inGroups } from './groups.ts'
import { Negatives } from './negatives.ts'
import { settings } from './settings.ts'
import { spanExamples } from './spans.ts'

export default stream(
  'example-assembler',
  { settings, ports: ['scratch', 'searchIndexes'] },
  async function* (events, deps) {
    const { settings, scratch, progress, signal, log } = deps
    const articles = scratch.table<Article>('articles')
    const latest = scratch.table<Synonym>('synonyms')
    for await (const event of events) {
      if (event.topic === 'synonyms') latest.put(event.key, event.value)
      else addArticle(articles, event.value)
    }
    // Of each pair the last event counts, also where it has come into another cluster, on another side.
    const synonyms = scratch.table<Synonym>('synonyms by cluster')
    for (const { key, value } of latest.entries()) synonyms.put(`${value.cluster}\t${key}`, value)

    const pages = ClusterPages.of(synonyms, scratch)
    const heldOut = new HeldOutNames(synonyms, scratch)
    const corpus = Corpus.of(articles, pages, heldOut, settings, scratch)
    for (const [reason, count] of corpus.dropped) yield dropped(reason, count)
    const negatives = await Negatives.of(corpus, settings, deps)
    log.info({ passages: corpus.sizes, clusters: pages.clusters, index: settings.searchIndex }, 'passages indexed')

    let done = 0
    for await (const group of inGroups(clustersOf(synonyms))) {
      signal.throwIfAborted()
      // What is judged later leaves everything that the model is made from: queries, documents and negatives.
      const examples = await Promise.all(
        group.map(async (cluster) =>
          cluster.split === 'test' ? [] : examplesOf(cluster, corpus, negatives, settings),
        ),
      )
      for (const [at, cluster] of group.entries()) {
        if (cluster.split === 'test') yield dropped('held_out', cluster.synonyms.length)
        else {
          const ofCluster = examples[at]!
          for (const example of ofCluster) yield emit.trainingExamples(example)
          const unsaid = unsaidIn(ofCluster, cluster)
          // A list alone names no pages, and without pages there is neither a query nor a document.
          if (unsaid > 0) yield dropped(ofCluster.length === 0 ? 'no_pages' : 'over_limit', unsaid)
        }
        progress.report({ done: ++done, total: pages.clusters, unit: 'clusters' })
      }
    }
    for await (const example of spanExamples(corpus, negatives, heldOut, settings, scratch)) {
      yield emit.trainingExamples(example)
    }
  },
)

/** Of two pages of one title, as a move in the middle of a dump leaves them, the younger counts, whichever comes first. */
function addArticle(articles: ScratchTable<Article>, article: Article): void {
  const key = `${article.language}\t${article.title}`
  const other = articles.get(key)
  if (other === undefined || other.pageId < article.pageId) articles.put(key, article)
}
