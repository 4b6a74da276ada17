/** A real Kafka and a real Redis, each behind a proxy; clients know the proxies only. */
import { freePort, type Server, serverOf } from '../test/integration/servers.ts'
import { openProxy, type TcpProxy } from './proxy.ts'

export interface Guarded {
  readonly server: Server
  readonly proxy: TcpProxy
}

export interface ChaosServers {
  readonly kafka: Guarded
  readonly redis: Guarded
  /** For looks that are not to be disturbed. */
  readonly flags: readonly string[]
  close(): Promise<void>
}

export async function startServers(): Promise<ChaosServers> {
  const [kafkaPort, controllerPort, redisPort] = [await freePort(), await freePort(), await freePort()]
  const [kafkaProxy, redisProxy] = [
    await openProxy(await freePort(), kafkaPort),
    await openProxy(await freePort(), redisPort),
  ]
  const kafka = await serverOf('kafka.sh', [kafkaPort, controllerPort], {
    KAFKA_PROPERTIES: `advertised.listeners=PLAINTEXT://127.0.0.1:${kafkaProxy.port}`,
  })
  const redis = await serverOf('redis.sh', [redisPort])
  await Promise.all([kafka.start(), redis.start()])
  return {
    kafka: { server: kafka, proxy: kafkaProxy },
    redis: { server: redis, proxy: redisProxy },
    flags: [
      '--transport',
      'kafka',
      '--brokers',
      `127.0.0.1:${kafkaProxy.port}`,
      '--redis',
      `redis://127.0.0.1:${redisProxy.port}`,
    ],
    close: async () => {
      await Promise.all([kafkaProxy.close(), redisProxy.close()])
      await Promise.all([kafka.remove(), redis.remove()])
    },
  }
}
