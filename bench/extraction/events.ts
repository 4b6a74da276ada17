/**
 * A dump through the pipeline's own services as far as `articles`, into the embedded log or into Kafka: what the
 * extraction costs with the producer, its transactions and the Avro frame inside. A program of its own, for measure.ts.
 *
 *   node dist/bench/extraction/events.js DUMP OUT WORKERS [BROKERS NAMESPACE]
 */
import { join } from 'node:path'
import { openEmbeddedClaims } from '../../runtime/embedded/claims.ts'
import { openEmbeddedTransport } from '../../runtime/embedded/transport.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { createLog } from '../../runtime/log.ts'
import { runPipeline, settingsOf, withUpstream } from '../../runtime/pipeline.ts'

const [, , dump, out, workers, brokers, namespace = 'bench'] = process.argv
if (dump === undefined || out === undefined || workers === undefined) throw new Error('DUMP OUT WORKERS are wanted')

const services = withUpstream(['article-extractor'])
const transport =
  brokers === undefined
    ? await openEmbeddedTransport({ folder: join(out, 'log') })
    : await openKafkaTransport({
        brokers: brokers.split(','),
        namespace,
        clientId: namespace,
        log: createLog('transport', 'silent', 2),
      })
const claims = await openEmbeddedClaims({ folder: join(out, 'claims') })
const statuses = await runPipeline({
  services,
  transport,
  claims,
  workers: Number(workers),
  signal: new AbortController().signal,
  around: {
    store: { data: out, models: join(out, 'models') },
    stateFolder: join(out, 'state'),
    logLevel: 'silent',
    logDestination: 2,
    settings: await settingsOf(services, {
      'dump-downloader': [{ inputs: [{ language: 'en', location: dump }] }],
    }),
  },
})
await transport.close()
await claims.close()
const written = statuses.find(({ id }) => id === 'article-extractor')?.figures.written.articles ?? 0
if (written === 0) throw new Error('no article was written')
console.log(JSON.stringify({ articles: written }))
