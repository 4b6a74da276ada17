/** The scripts of deploy/servers: what they share in starting and stopping a server. */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { freePort } from '../../chaos/free-port.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { skipWithoutKafka, skipWithoutRedis } from './servers.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'naru-server-scripts-'))
const scriptFile = (name: string) => join(packageRoot, 'deploy', 'servers', name)
after(() => rmSync(folder, { recursive: true, force: true }))

for (const [name, skip] of [
  ['kafka.sh', skipWithoutKafka()],
  ['redis.sh', false],
  ['opensearch.sh', false],
] as const) {
  test(`${name} does not stop a program that has got the pid of a server that is gone`, { skip }, async (t) => {
    const other = spawn('sleep', ['60'])
    t.after(() => other.kill())
    writeFileSync(join(folder, 'pid'), `${other.pid}\n`)
    await run(scriptFile(name), ['stop', folder])
    assert.equal(other.exitCode ?? other.signalCode, null)
    assert.equal(existsSync(join(folder, 'pid')), false)
  })
}

test('a server that ends while it starts is told with the last lines of its log', {
  skip: skipWithoutRedis(),
}, async () => {
  const script = run(scriptFile('redis.sh'), ['start', folder, String(await freePort())], {
    env: { ...process.env, REDIS_SERVER: '/bin/ls' },
  })
  await assert.rejects(script, { code: 1, stderr: /unrecognized option.*ended while starting/s })
})
