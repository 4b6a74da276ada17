import { dropped, emit, stream } from '../../runtime/service.ts'
import type { Article, Synonym } from '../../schemas/types.ts'
import { clustersOf, heldOutNames, pagesOfClusters } from './clusters.ts'
import { Corpus } from './corpus.ts'
import { examplesOf } from './examples.ts'
import { settings } from './settings.ts'
import { spanExamples } from './spans.ts'

export default stream('example-assembler', { settings, ports: ['scratch'] }, async function* (events, deps) {
  const { settings, scratch, progress, log } = deps
  const articles = scratch.table<Article>('articles')
  const synonyms = scratch.table<Synonym>('synonyms')
  for await (const event of events) {
    if (event.topic === 'synonyms') synonyms.put(`${event.value.cluster}\t${event.key}`, event.value)
    else if (event.value.kind !== 'redirect' && event.value.kind !== 'disambiguation' && event.value.lead !== '') {
      articles.put(`${event.value.language}\t${event.value.title}`, event.value)
    }
  }

  const pages = pagesOfClusters(synonyms)
  const corpus = new Corpus(articles, pages, settings)
  log.info({ passages: corpus.sizes, clusters: pages.clusters }, 'passages indexed')

  let done = 0
  for (const cluster of clustersOf(synonyms)) {
    // What is judged later leaves everything that the model is made from: queries, documents and negatives.
    if (cluster.split === 'test') yield dropped('held_out')
    else for (const example of examplesOf(cluster, corpus, settings)) yield emit.trainingExamples(example)
    progress.report({ done: ++done, total: pages.clusters, unit: 'clusters' })
  }
  for (const example of spanExamples(corpus, heldOutNames(synonyms), settings)) yield emit.trainingExamples(example)
})
