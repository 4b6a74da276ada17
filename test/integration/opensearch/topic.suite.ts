/** The topic `articles` of a real Kafka into a real index. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { openCluster } from '../../../opensearch/cluster.ts'
import { refresh } from '../../../opensearch/indexing.ts'
import { indexTopic } from '../../../opensearch/topic.ts'
import { Codec } from '../../../runtime/codec.ts'
import { partitionOf } from '../../../runtime/partition.ts'
import { createTopics } from '../../../runtime/runner/run-service.ts'
import { sealsOf } from '../../../runtime/seal.ts'
import type { OutgoingRecord } from '../../../runtime/transport.ts'
import type { Article } from '../../../schemas/types.ts'
import { topics } from '../../../topology.ts'
import { naru } from '../../cli/command-line.ts'
import { toyTitles } from '../../model/toy.ts'
import { articleOf } from '../../services/events.ts'
import { openWriter } from '../members.ts'
import { skipWithoutKafka, startKafka } from '../servers.ts'
import { openTransport } from '../stores.ts'
import { openProxy } from './proxy.ts'
import { type OpenSearchWorld, publish, watch } from './world.ts'

const topic = 'articles'
const codec = new Codec()
const countShape = z.looseObject({ count: z.number() })
const namespace = 'indexed'

const recordOf = (key: string, value: Uint8Array): OutgoingRecord => ({
  ...{ topic, partition: partitionOf(topic, key), key, value, headers: {} },
})
const ofArticle = (article: Article) => recordOf(`${article.wiki}:${article.pageId}`, codec.encode('Article', article))

const firstArticles = toyTitles.english.map((title, at) => articleOf('en', at + 1, title, { lead: `the ${title}` }))
const laterArticles = toyTitles.korean.map((title, at) => articleOf('ko', at + 1, title, { lead: `${title}은 것` }))
const seals = Array.from({ length: topics[topic].partitions }, (_, partition) =>
  sealsOf(topic).map((seal): OutgoingRecord => {
    return { topic, partition, key: `seal/${seal}`, value: Uint8Array.of(1), headers: { 'naru-seal': seal } }
  }),
).flat()

export function topicTests(world: () => OpenSearchWorld, skipOpenSearch: string | false): void {
  const skip = skipOpenSearch || skipWithoutKafka()

  describe('the topic articles', () => {
    let kafka: Awaited<ReturnType<typeof startKafka>> | undefined
    before(async () => {
      if (skip) return
      kafka = await startKafka()
      const transport = await openTransport(store())
      await createTopics(transport)
      await transport.close()
    })
    after(() => kafka?.remove())
    const store = () => ({ kind: 'kafka', brokers: kafka?.brokers ?? [], namespace }) as const

    async function write(records: readonly OutgoingRecord[]): Promise<void> {
      const transport = await openTransport(store())
      const writer = await openWriter(transport, [])
      await writer.write(records)
      await writer.stop()
      await transport.close()
    }

    test('is indexed once, whatever breaks off between: what was not indexed comes again, what is no article is told', {
      skip,
    }, async () => {
      const { url, encoder, cluster, root, first } = world()
      const { index, meta } = await publish(world(), 'streamed')
      await write([...firstArticles.map(ofArticle), recordOf('enwiki:bad', Uint8Array.of(1, 2, 3))])

      // The cluster refuses everything from the second request on: the call fails, and its positions stay where they are.
      const proxy = await openProxy({
        upstream: url,
        fault: (path, number) => (path === '/_bulk' && number > 0 ? 400 : undefined),
      })
      const failing = openCluster(proxy.url, {})
      const transport = await openTransport(store())
      const told: string[] = []
      const noting = { ...watch, refused: ({ id }: { id: string }) => void told.push(id) }
      await assert.rejects(indexTopic(failing, { transport, codec }, { index, meta, encoder }, noting), {
        code: 'OPENSEARCH_REFUSED',
      })
      await transport.close()
      await failing.close()
      await proxy.close()

      await write([...laterArticles.map(ofArticle), ...seals])
      const { code, stdout, stderr } = await naru(
        [
          ...[
            'opensearch',
            'index',
            '--from-topic',
            '--index',
            'streamed',
            '--model',
            first,
            '--out',
            join(root, 'topic'),
          ],
          ...['--transport', 'kafka', '--brokers', kafka!.brokers.join(), '--namespace', namespace, '--json'],
        ],
        { NARU_OPENSEARCH_URL: url },
      )
      assert.equal(code, 0, stderr)
      const figures = JSON.parse(stdout)
      const file = join(root, 'topic', 'state', 'opensearch-dead', `${index}.jsonl`)
      const letters = figures.refused === 0 ? [] : readFileSync(file, 'utf8').trim().split('\n')
      told.push(...letters.map((letter) => JSON.parse(letter).id))
      assert.ok(told.includes('enwiki:bad'))
      await refresh(cluster, index)
      const found = await cluster.ask(countShape, 'GET', `/${index}/_count`)
      assert.equal(found.count, firstArticles.length + laterArticles.length)
    })
  })
}
