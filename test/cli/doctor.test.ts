import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { freePort } from '../../chaos/free-port.ts'
import { type Check, checkDisk, checkMemory, checkNode, checkServers } from '../../cli/doctor-checks.ts'
import { cpuExecution } from '../../model/execution.ts'
import { measureSpeed } from '../../model/measure-speed.ts'
import { naru } from './command-line.ts'

test('doctor says for every provider whether this machine computes with it, and why not', async () => {
  const { code, stdout, stderr } = await naru(['doctor', '--json'])
  assert.equal(code, 0)
  // Vulkan, for one, tells there that it is not installed.
  assert.equal(stderr, '')
  const { engines } = JSON.parse(stdout)
  assert.match(engines.onnxruntime.version, /^\d+\.\d+\.\d+/)
  const states: { provider: string; usable: boolean; reason?: string }[] = engines.onnxruntime.providers
  assert.deepEqual(
    states.map(({ provider }) => provider),
    ['cpu', 'cuda', 'webgpu', 'dml', 'coreml'],
  )
  for (const { provider, usable, reason } of states) {
    assert.equal(usable, reason === undefined, provider)
    if (provider === 'cpu') assert.ok(usable)
  }
})

test('doctor says of a server that does not answer how to start one, exit 1, and of one that does that it is there', async () => {
  const port = await freePort()
  const { code, stdout } = await naru(['doctor', '--json', '--brokers', `127.0.0.1:${port}`])
  assert.equal(code, 1)
  const { checks }: { checks: readonly Check[] } = JSON.parse(stdout)
  const kafka = checks.find(({ what }) => what === 'kafka')
  assert.equal(kafka?.state, 'bad')
  assert.match(kafka?.advice ?? '', /kafka\.sh start/)
  for (const what of ['node', 'memory', 'disk', 'engines', 'port 9092', 'port 7710']) {
    assert.ok(
      checks.some((check) => check.what === what),
      what,
    )
  }
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  assert.deepEqual(await checkServers({ redis: `redis://127.0.0.1:${port}` }), [
    { what: 'redis', state: 'good', found: `127.0.0.1:${port} answers` },
  ])
  server.close()
})

test('doctor calls an old Node, little memory and a folder that is still to be made by what they are', async () => {
  assert.equal(checkNode('v18.20.4', '>=20.19').state, 'bad')
  assert.equal(checkNode('v20.18.1', '>=20.19').state, 'bad')
  assert.equal(checkNode('v22.1.0', '>=20.19').state, 'good')
  assert.equal(checkMemory(16e9, 8e9, 1e9).state, 'short')
  assert.equal(checkMemory(16e9, 8e9, 0).state, 'good')
  assert.match((await checkDisk(join(tmpdir(), 'naru', 'not', 'made', 'yet'))).found, /free in .*yet$/)
})

test('doctor names TensorFlow.js where it is not there, and why', async () => {
  const { code, stdout } = await naru(['doctor', '--json'], { NARU_ENGINES: '/nonexistent' })
  assert.equal(code, 0)
  const { tfjs } = JSON.parse(stdout).engines
  const reason = 'its native binding is not installed'
  assert.deepEqual(tfjs, {
    version: null,
    providers: ['cpu', 'cuda'].map((provider) => ({ provider, usable: false, reason, speeds: [] })),
  })
})

test('doctor --measure says how many samples a second each engine trains that is here, in the time that is given', async () => {
  const started = performance.now()
  const { code, stdout, stderr } = await naru(['doctor', '--measure', '1'], { NARU_ENGINES: '/nonexistent' })
  assert.equal(code, 0)
  assert.match(stderr, /measuring onnxruntime cpu fp32 for [\d.]+ s/)
  const rate = /^onnxruntime +cpu +yes +([\d.e+]+) samples\/s in fp32/m.exec(stdout)?.[1]
  // At least a step of 32 samples in the time that the command took.
  assert.ok(Number(rate) > 32 / ((performance.now() - started) / 1000), stdout)
  assert.match(stdout, /^tfjs +cpu +no +its native binding is not installed/m)
  assert.ok(!stdout.includes('doctor --measure tells'))
})

test('the measured speed is that of real steps', async () => {
  const { samplesPerSecond, steps, parameters } = await measureSpeed(
    { execution: { ...cpuExecution, stepsPerRun: 2 } },
    2,
    0,
  )
  assert.equal(steps, 2)
  assert.ok(samplesPerSecond > 0 && Number.isFinite(samplesPerSecond))
  // 30,000 terms of width 256, and four layers beside them.
  assert.ok(parameters > 30_000 * 256 && parameters < 12e6, `${parameters}`)
})

test('an engine that cannot be added is refused with those that can, exit 2', async () => {
  const { code, stderr } = await naru(['engines', 'add', 'cudnn'])
  assert.equal(code, 2)
  assert.match(stderr, /cuda, tfjs-gpu/)
})

test('a tool that building takes and the machine lacks is named before anything is fetched, exit 2', async () => {
  const engines = join(tmpdir(), `naru-no-engines-${process.pid}`)
  const { code, stderr } = await naru(['engines', 'add', 'tfjs-gpu', '--python', 'no-such-python'], {
    NARU_ENGINES: engines,
  })
  assert.equal(code, 2)
  assert.match(stderr, /ENGINE_TOOL_MISSING: a Python with pip is needed/)
  assert.match(stderr, / {2}hint {2}apt-get install python3-pip, .*tried no-such-python/)
  assert.ok(!existsSync(engines))
})
