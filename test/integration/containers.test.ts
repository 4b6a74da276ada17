import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { marksAtMost } from '../../deploy/shapes.ts'
import { openClient } from '../../runtime/kafka/client.ts'
import { kafkaSecurityFrom } from '../../runtime/kafka/security.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { statusOf } from '../../runtime/status.ts'
import type { Transport } from '../../runtime/transport.ts'
import { type ServiceId, serviceIds, specOf } from '../../topology.ts'
import { Composed, type Container } from './composed.ts'
import { skipWithout, skipWithoutKafka, skipWithoutRedis } from './servers.ts'
import { testLog } from './stores.ts'

/** Entering a root file system of one's own is root's alone. */
function skipWithoutRoot(): string | false {
  if (process.env.NARU_REQUIRE_SERVERS === '1' || spawnSync('unshare', ['--mount', 'true']).status === 0) return false
  return 'only root may enter a file system of its own (unshare --mount)'
}
const skip =
  skipWithoutKafka() ||
  skipWithoutRedis() ||
  skipWithout('unshare', 'setpriv', 'tini', 'openssl', 'git') ||
  skipWithoutRoot()

/** A model so small that training takes seconds: that each service does its part is what is tested here. */
const settings = {
  NARU_LOG_LEVEL: 'warn',
  NARU_DUMP_PLANNER__LIMIT: '60',
  NARU_TRAINER__MODEL:
    '{name: tiny, vocab_size: 2500, hidden_size: 16, layers: 1, heads: 2, feed_forward_size: 32, max_length: 32}',
  NARU_TRAINER__TRAINING: '{epochs: 1, batch_size: 64, query_lengths: [16], document_lengths: [32], hard_negatives: 0}',
}
const composed = new Composed()
const containers = new Map<ServiceId, Container>()
let transport: Transport
const asAdmin = () => {
  const security = kafkaSecurityFrom({
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    KAFKA_SASL_USERNAME: 'admin',
    KAFKA_SASL_PASSWORD_FILE: join(composed.secrets, 'kafka-admin-password'),
    KAFKA_CA: join(composed.secrets, 'ca'),
  })
  return { brokers: composed.brokers, clientId: 'test', log: testLog, security }
}

before(async () => {
  if (skip) return
  composed.build()
  composed.makeSecrets()
  execFileSync(join(packageRoot, 'deploy/servers/kafka.sh'), ['install'])
  const home = execFileSync(join(packageRoot, 'deploy/servers/kafka.sh'), ['home'], { encoding: 'utf8' }).trim()
  await composed.startServers(home)
})
after(async () => {
  await transport?.close()
  await composed.remove()
})

async function until(met: () => Promise<boolean> | boolean, what: () => string, ms = 180_000): Promise<void> {
  for (const end = performance.now() + ms; performance.now() < end; await sleep(200)) if (await met()) return
  assert.fail(`waited ${ms} ms for ${what()}`)
}

function sayings(): string {
  return [...containers].map(([id, container]) => `${id}: ${container.said().slice(-500)}`).join('\n')
}

async function answers(id: ServiceId, path: string): Promise<number> {
  const { metricsPort } = containers.get(id)!
  return fetch(`http://127.0.0.1:${metricsPort}${path}`).then(
    async (answer) => {
      await answer.text()
      return answer.status
    },
    () => 0,
  )
}

test('the container topics makes the topics and grants the rights, and ends', { skip }, async () => {
  const topics = await composed.start('topics')
  assert.equal(await topics.ended, 0, topics.said())
  assert.match(topics.said(), /topics are there[\s\S]*rights are granted/)
  transport = await openKafkaTransport({ ...asAdmin(), namespace: 'naru' })
})

test('a container is nobody, and can write to /data and /tmp alone', { skip }, () => {
  const tried =
    'id -u; for file in /naru/x /etc/x /x /run/secrets/x /usr/x; do touch $file 2>/dev/null && echo $file; done; touch /tmp/x /data/x && echo data'
  const [command, ...args] = composed.inside(['sh', '-c', tried])
  assert.equal(execFileSync(command!, args, { encoding: 'utf8' }), '65532\ndata\n')
})

test('every service starts in its container, and says that it is ready once it is in its group', { skip }, async () => {
  for (const id of serviceIds) containers.set(id, await composed.start(id, settings))
  for (const id of serviceIds) {
    await until(
      async () => (await answers(id, '/health/ready')) === 200,
      () => `${id} to be ready\n${sayings()}`,
    )
    assert.equal(await answers(id, '/health/live'), 200)
    assert.equal(await answers(id, '/metrics'), 200)
  }
  const { metricsPort } = containers.get('trainer')!
  const [command, ...args] = composed.inside(composed.image.healthcheck)
  const probe = (port: number) =>
    spawnSync(command!, args, { env: { PATH: process.env.PATH, NARU_METRICS_PORT: String(port) } }).status
  assert.deepEqual([probe(metricsPort), probe(1)], [0, 1])
})

test('together they make of the sample what is to be made of it', { skip }, async () => {
  let unfinished: readonly ServiceId[] = serviceIds
  const finished = async () => {
    const statuses = await Promise.all(serviceIds.map((id) => statusOf(id, transport)))
    unfinished = statuses.filter(({ figures }) => !figures.finished).map(({ id }) => id)
    return unfinished.length === 0
  }
  await until(finished, () => `${unfinished.join(', ')} to finish\n${sayings()}`)
  const data = join(composed.folder, 'data')
  for (const folder of ['wikipedia', 'synonyms', 'training']) {
    assert.ok(readdirSync(join(data, folder)).length > 0, folder)
  }
  assert.ok(existsSync(join(data, 'models/exports/tiny/scores.json')))
})

test("when all is read, no more than transactions' marks looks unread: KEDA may take that for nothing", {
  skip,
}, async () => {
  for (const id of serviceIds) {
    const { reads } = specOf(id)
    const positions = await transport.positions(id, reads)
    const ends = (await Promise.all(reads.map((topic) => transport.ends(topic)))).flat()
    const behind = ends.map(
      ({ topic, partition, offset }) =>
        offset - (positions.find((at) => at.topic === topic && at.partition === partition)?.offset ?? 0),
    )
    const lag = behind.reduce((sum, records) => sum + records, 0)
    assert.ok(lag <= marksAtMost(reads), `${id}: ${lag} of at most ${marksAtMost(reads)}`)
  }
})

test('SIGTERM ends each in order, with exit code 0, and its group is empty at once', { skip }, async () => {
  for (const container of containers.values()) container.stop()
  for (const [id, container] of containers) assert.equal(await container.ended, 0, `${id}: ${container.said()}`)
  const admin = openClient(asAdmin()).admin()
  await admin.connect()
  const { groups } = await admin.describeGroups(serviceIds.map((id) => `naru.${id}`))
  await admin.disconnect()
  assert.deepEqual(
    groups.filter(({ members }) => members.length > 0).map(({ groupId }) => groupId),
    [],
  )
})

test('no container has told a secret', { skip }, () => {
  const said = [...containers.values()].map((container) => container.said()).join('\n')
  for (const name of ['kafka-admin-password', 'kafka-naru-password', 'redis-naru-password']) {
    assert.equal(said.includes(readFileSync(join(composed.secrets, name), 'utf8')), false, name)
  }
})
