import { dropped, emit, stream } from '../../runtime/service.ts'
import type { Article, Synonym } from '../../schemas/types.ts'
import { clustersOf, namesOn, pagesOfClusters } from './clusters.ts'
import { Corpus } from './corpus.ts'
import { examplesOf, unsaidIn } from './examples.ts'
import { settings } from './settings.ts'
import { spanExamples } from './spans.ts'

export default stream('example-assembler', { settings, ports: ['scratch'] }, async function* (events, deps) {
  const { settings, scratch, progress, log } = deps
  const articles = scratch.table<Article>('articles')
  const latest = scratch.table<Synonym>('synonyms')
  for await (const event of events) {
    if (event.topic === 'synonyms') latest.put(event.key, event.value)
    else articles.put(`${event.value.language}\t${event.value.title}`, event.value)
  }
  // Of each pair the last event counts, also where it has come into another cluster, on another side.
  const synonyms = scratch.table<Synonym>('synonyms by cluster')
  for (const { key, value } of latest.entries()) synonyms.put(`${value.cluster}\t${key}`, value)

  const pages = pagesOfClusters(synonyms)
  const corpus = await Corpus.of(articles, pages, namesOn(['test'], synonyms), settings, scratch)
  for (const [reason, count] of corpus.dropped) yield dropped(reason, count)
  log.info({ passages: corpus.sizes, clusters: pages.clusters }, 'passages indexed')

  try {
    let done = 0
    for (const cluster of clustersOf(synonyms)) {
      // What is judged later leaves everything that the model is made from: queries, documents and negatives.
      if (cluster.split === 'test') yield dropped('held_out', cluster.synonyms.length)
      else {
        const examples = [...examplesOf(cluster, corpus, settings)]
        for (const example of examples) yield emit.trainingExamples(example)
        const unsaid = unsaidIn(examples, cluster)
        // A list alone names no pages, and without pages there is neither a query nor a document.
        if (unsaid > 0) yield dropped(examples.length === 0 ? 'no_pages' : 'over_limit', unsaid)
      }
      progress.report({ done: ++done, total: pages.clusters, unit: 'clusters' })
    }
    for (const example of spanExamples(corpus, namesOn(['val', 'test'], synonyms), settings))
      yield emit.trainingExamples(example)
  } finally {
    await corpus.close()
  }
})
