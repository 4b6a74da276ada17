/**
 * What the monitor costs the broker each second. A run takes so much of the broker that two of them differ by more than the monitor can cost,
 * so it is measured where nothing else moves: a pipeline at rest, stretches with the monitor and without it in turns.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { createLog } from '../../runtime/log.ts'
import { startKafka } from '../../test/integration/servers.ts'
import { beginWorld } from '../../test/monitor/world.ts'
import { cpuSecondsOf } from '../extraction/measure.ts'
import { median } from '../median.ts'
import { watched } from './watched.ts'

export interface IdleBroker {
  /** CPU seconds of the broker each second, of every pair of stretches. */
  readonly alone: readonly number[]
  readonly watched: readonly number[]
  /** Median of what the second of a pair has more than the first. */
  readonly monitorCpuPerSecond: number
}

/** Joining, the first look and the compiler of the broker are no part of a second like others. */
const settlingMs = 8_000

/** @param out a folder of its own. @param seconds of a stretch: a tick of the kernel's clock is 10 ms of CPU. */
export async function idleBroker(
  out: string,
  { pairs, seconds }: { pairs: number; seconds: number },
): Promise<IdleBroker> {
  const kafka = await startKafka()
  const broker = Number(readFileSync(join(kafka.folder, 'pid'), 'utf8'))
  const options = { brokers: kafka.brokers, namespace: 'idle', log: createLog('bench', 'silent', 2) }
  const world = await beginWorld(await openKafkaTransport({ ...options, clientId: 'bench' }))
  const stretch = async () => {
    await sleep(settlingMs)
    const before = cpuSecondsOf(broker)
    const begunMs = performance.now()
    await sleep(seconds * 1000)
    return (cpuSecondsOf(broker) - before) / ((performance.now() - begunMs) / 1000)
  }
  const flags = ['--transport', 'kafka', '--brokers', kafka.brokers.join(), '--namespace', 'idle', '--out', out]
  try {
    const found: { alone: number; watched: number }[] = []
    for (let pair = 0; pair < pairs; pair++) {
      // The other way round in every second pair, so that what grows or cools over time weighs on both.
      const first = pair % 2 === 0 ? { alone: await stretch() } : { watched: await watched(flags, stretch) }
      const second = 'alone' in first ? { watched: await watched(flags, stretch) } : { alone: await stretch() }
      found.push({ ...first, ...second } as { alone: number; watched: number })
      console.error(`broker at rest: ${JSON.stringify(found.at(-1))} CPU s a second`)
    }
    return {
      alone: found.map(({ alone }) => alone),
      watched: found.map((one) => one.watched),
      monitorCpuPerSecond: median(found.map((one) => one.watched - one.alone)),
    }
  } finally {
    await world.close()
    await kafka.remove()
  }
}
