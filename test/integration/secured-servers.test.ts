import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { ConfigError } from '../../runtime/errors.ts'
import { grantRights, grantsOf } from '../../runtime/kafka/grants.ts'
import { kafkaSecurityFrom } from '../../runtime/kafka/security.ts'
import type { KafkaOptions } from '../../runtime/kafka/transport.ts'
import { openKafkaTransport } from '../../runtime/kafka/transport.ts'
import { createLog } from '../../runtime/log.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { openRedisClaims } from '../../runtime/redis/claims.ts'
import { redisSecurityFrom } from '../../runtime/redis/security.ts'
import { createTopics } from '../../runtime/runner/run-service.ts'
import type { Transport } from '../../runtime/transport.ts'
import { topics } from '../../topology.ts'
import { openWriter, record, until, Witness } from './members.ts'
import { type Secured, skipWithoutSecured, startSecured } from './secured.ts'
import { closeAll } from './stores.ts'

const skip = skipWithoutSecured()
const namespace = 'closed'
const passwords = { admin: 'word-of-admin', 'naru-dump-planner': 'word-of-planner', stranger: 'word-of-stranger' }
const redisPassword = 'word-of-redis'
const logFolder = mkdtempSync(join(tmpdir(), 'naru-secured-log-'))
/** Everything that is said in this file, at the level that says most. */
const logFile = join(logFolder, 'all.log')
const log = createLog('test', 'debug', logFile)

let servers: Secured
/** How it ends for who does not know the servers' authority; kafkajs tries for ten seconds. */
let untrusting: Promise<unknown>

before(async () => {
  if (skip) return
  servers = await startSecured(passwords, redisPassword)
  const security = kafkaSecurityFrom({ ...servers.as('admin', passwords.admin), KAFKA_CA: '' })
  untrusting = openKafkaTransport({ ...optionsOf('admin', passwords.admin), security }).catch((error: unknown) => error)
  await withKafka('admin', passwords.admin, createTopics)
  const rights = grantsOf('dump-planner', namespace).map((grant) => ({ principal: 'User:naru-dump-planner', grant }))
  await grantRights(rights, optionsOf('admin', passwords.admin))
})
after(async () => {
  await closeAll()
  await servers?.remove()
  rmSync(logFolder, { recursive: true, force: true })
})

function optionsOf(user: string, password: string): KafkaOptions {
  const security = kafkaSecurityFrom(servers.as(user, password))
  return { brokers: servers.kafka.brokers, namespace, clientId: 'test', log, security, sessionTimeoutMs: 6_000 }
}

async function withKafka<T>(user: string, password: string, work: (transport: Transport) => Promise<T>): Promise<T> {
  const transport = await openKafkaTransport(optionsOf(user, password))
  try {
    return await work(transport)
  } finally {
    await transport.close()
  }
}

const denied = (error: unknown) => error instanceof ConfigError && error.code === 'KAFKA_DENIED'

test('a service with the rights of the topology finds its topics, reads, writes and commits', { skip }, async () => {
  await withKafka('admin', passwords.admin, async (transport) => {
    const writer = await openWriter(transport, [])
    await writer.write([record('dump-files', 0, 'a file')])
    await writer.stop()
  })
  await withKafka('naru-dump-planner', passwords['naru-dump-planner'], async (transport) => {
    await createTopics(transport)
    const witness = new Witness()
    await witness.consume(transport, 'dump-planner', ['dump-files'])
    await until(() => witness.seen.length === 1, 'the file')
    const transaction = await transport.begin('dump-planner', 'dump-files-0')
    await transaction.append([record('dump-chunks', 0, 'a chunk'), record('dump-planner.dead', 0, 'a letter')])
    await transaction.commit([{ topic: 'dump-files', partition: 0, offset: 1, note: 'done' }])
    const [position] = await transport.positions('dump-planner', ['dump-files'])
    assert.equal(position?.note, 'done')
  })
})

test('it may neither write what the topology does not give it, nor read it', { skip }, async () => {
  await withKafka('naru-dump-planner', passwords['naru-dump-planner'], async (transport) => {
    const witness = new Witness()
    await witness.consume(transport, 'dump-planner', ['dump-files'])
    await until(() => witness.held.size === 1, 'the unit')
    const transaction = await transport.begin('dump-planner', 'dump-files-0')
    await assert.rejects(transaction.append([record('synonyms', 0, 'forged')]), denied)
    await transaction.abort()
  })
  await withKafka('naru-dump-planner', passwords['naru-dump-planner'], async (transport) => {
    const witness = new Witness()
    const refused = async () => {
      await witness.consume(transport, 'dump-planner', ['synonyms'])
      await until(() => witness.failures.length > 0, 'the refusal')
      throw witness.failures[0]
    }
    await assert.rejects(refused, denied)
  })
})

test('a user without rights sees no topic and makes none', { skip }, async () => {
  await assert.rejects(withKafka('stranger', passwords.stranger, createTopics), denied)
})

test('whoever has a wrong password, or trusts another authority, is told which it is', { skip }, async () => {
  await assert.rejects(openKafkaTransport(optionsOf('admin', 'wrong-word')), { code: 'KAFKA_DENIED' })
  const refusal = await untrusting
  assert.ok(refusal instanceof ConfigError && refusal.code === 'KAFKA_TLS', String(refusal))
})

test('claims are kept on a Redis of TLS and one user, who may do what claims need and no more', { skip }, async () => {
  const { url } = servers.redis
  const security = redisSecurityFrom(servers.as('', ''), url)
  const claims = await openRedisClaims({ url, namespace, log, security })
  const claim = { key: '서울|seoul', evidenceId: 'e1', owner: 'o1', payload: Uint8Array.of(1, 2) }
  assert.equal((await claims.claim(claim)).owned, true)
  assert.equal((await claims.claim({ ...claim, owner: 'o2' })).owned, false)
  assert.equal((await claims.retract(claim)).length, 0, 'the evidence is still there')
  await claims.close()
  for (const [user, password] of [
    ['naru', 'wrong-word'],
    ['default', redisPassword],
  ] as const) {
    const asAnother = { ...security, username: user, password }
    await assert.rejects(openRedisClaims({ url, namespace, log, security: asAnother }), { code: 'REDIS_DENIED' })
  }
})

test('naru topics makes them with the copies asked for and grants rights, told only by the environment', {
  skip,
}, () => {
  const naru = (...args: string[]) => {
    const script = `import('./cli/main.ts').then(({ main }) => main(process.argv.slice(1)))`
    return execFileSync(process.execPath, ['--import', 'tsx', '-e', script, '--', ...args], {
      cwd: packageRoot,
      encoding: 'utf8',
      env: { ...process.env, ...servers.as('admin', passwords.admin), NARU_NAMESPACE: 'second' },
    })
  }
  const made = JSON.parse(naru('topics', 'create', '--transport', 'kafka', '--replication', '1', '--json'))
  assert.equal(made.namespace, 'second')
  assert.deepEqual(
    made.topics.find(({ topic }: { topic: string }) => topic === 'articles'),
    { topic: 'articles', partitions: topics.articles.partitions, cleanup: topics.articles.cleanup },
  )
  assert.match(
    naru('topics', 'grant', '--transport', 'kafka', '--principal', 'User:naru-{service}'),
    /\d+ rights are granted, in the namespace second/,
  )
})

test('no secret is in any line of the log, nor in what an error says', { skip }, async () => {
  const said: string[] = []
  const failing = [
    () => withKafka('admin', 'wrong-word', () => Promise.resolve()),
    () =>
      openRedisClaims({
        url: servers.redis.url.replace('//', '//naru:wrong-word@'),
        namespace,
        log,
        security: redisSecurityFrom({ REDIS_CA: servers.ca }, servers.redis.url),
      }),
  ]
  for (const attempt of failing) {
    const error = await attempt().then(
      () => assert.fail('it was let in'),
      (error: unknown) => error,
    )
    log.error({ err: error }, 'failed')
    said.push(String(error), JSON.stringify(error))
  }
  const everything = readFileSync(logFile, 'utf8') + said.join('\n')
  assert.ok(everything.length > 1_000, 'nothing was logged')
  for (const secret of [...Object.values(passwords), redisPassword, 'wrong-word']) {
    assert.equal(everything.includes(secret), false, `${secret} was told`)
  }
})
