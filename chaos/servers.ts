/** A real Kafka and a real Redis, each behind a proxy; clients know the proxies only. */
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from './free-port.ts'
import { openProxy, type TcpProxy } from './proxy.ts'
import { type Server, serverOf } from './server.ts'

export interface Guarded {
  readonly server: Server
  readonly proxy: TcpProxy
}

export interface ChaosServers {
  readonly kafka: Guarded
  readonly redis: Guarded
  /** Of naru's commands, by way of the proxies. */
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
  const close = async (): Promise<void> => {
    await Promise.all([kafkaProxy.close(), redisProxy.close()])
    await Promise.all([kafka.remove(), redis.remove()])
  }
  const started = await Promise.allSettled([startSurely(kafka), startSurely(redis)])
  const failed = started.find((one) => one.status === 'rejected')
  if (failed) {
    await close()
    throw failed.reason
  }
  return {
    kafka: { server: kafka, proxy: kafkaProxy },
    redis: { server: redis, proxy: redisProxy },
    flags: [
      ...['--transport', 'kafka', '--brokers', `127.0.0.1:${kafkaProxy.port}`],
      ...['--redis', `redis://127.0.0.1:${redisProxy.port}`],
    ],
    close,
  }
}

const attempts = 5

/** A killed server's port or lock may be its own for another moment. */
export async function startSurely(server: Server): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await server.start()
      return
    } catch (error) {
      if (attempt === attempts) throw error
      await sleep(2_000)
    }
  }
}
