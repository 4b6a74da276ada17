import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { enginesFolder } from '../../model/engines-folder.ts'
import { loadEngine, resolveExecution } from '../../model/execution.ts'
import { resolveProvider, tryProvider } from '../../model/graph/providers.ts'
import { tfjsPackages } from '../../model/graph/tfjs-loader.ts'
import { executionSettings } from '../../model/settings.ts'
import { ConfigError } from '../../runtime/errors.ts'
import { packageRoot } from '../../runtime/package-root.ts'

const settings = (given: object) => executionSettings.parse(given)

test('every machine computes on its CPU', async () => {
  assert.deepEqual(await tryProvider('cpu'), { provider: 'cpu', usable: true })
})

// The package for this system is built without it: DirectML is Windows', CoreML macOS'.
const foreign = process.platform === 'darwin' ? 'dml' : 'coreml'

test('a provider that this machine lacks is a fault of the settings, with what to do', async () => {
  await assert.rejects(resolveProvider(foreign), (error) => {
    assert.ok(error instanceof ConfigError)
    assert.equal(error.code, 'PROVIDER_MISSING')
    assert.match(error.message, new RegExp(`^${foreign} cannot compute on this machine: `))
    assert.match(error.hint ?? '', /part of the package/)
    return true
  })
})

test('half precision on a CPU is refused, not computed in fp32 unasked', async () => {
  for (const precision of ['bf16', 'fp16']) {
    await assert.rejects(resolveExecution(settings({ provider: 'cpu', precision })), (error) => {
      assert.ok(error instanceof ConfigError && error.code === 'PRECISION_UNSUPPORTED')
      assert.match(error.message, new RegExp(precision))
      return true
    })
  }
})

test('a CPU does one step a run, in place, and packs nothing, whatever it is told', async () => {
  for (const asked of [{}, { stepsPerRun: 8 }]) {
    const { stepsPerRun, packedValues, precision } = await resolveExecution(settings({ provider: 'cpu', ...asked }))
    assert.deepEqual({ stepsPerRun, packedValues, precision }, { stepsPerRun: 1, packedValues: 0, precision: 'fp32' })
  }
})

const nowhere = { engines: '/nonexistent', threads: 1 }

test('TensorFlow.js that is not installed is a fault of the settings, with the command that adds it', async () => {
  for (const provider of ['auto', 'cpu', 'cuda']) {
    await assert.rejects(loadEngine(settings({ engine: 'tfjs', provider }), nowhere), (error) => {
      assert.ok(error instanceof ConfigError && error.code === 'PROVIDER_MISSING')
      assert.match(error.message, /native binding is not installed/)
      assert.match(error.hint ?? '', /naru engines add tfjs-gpu/)
      return true
    })
  }
  await assert.rejects(loadEngine(settings({ engine: 'tfjs', provider: 'webgpu' }), nowhere), /it knows cpu and cuda/)
})

test('a binding that does not load says why', async () => {
  const engines = await mkdtemp(join(tmpdir(), 'naru-engines-'))
  const folder = join(engines, 'tfjs-cpu/node_modules/@tensorflow/tfjs-node')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.js'), "throw new Error('libtensorflow.so.2: cannot open shared object file')")
  await assert.rejects(loadEngine(settings({ engine: 'tfjs', provider: 'cpu' }), { engines, threads: 1 }), (error) => {
    assert.ok(error instanceof ConfigError && error.code === 'PROVIDER_MISSING')
    assert.match(error.message, /does not load: libtensorflow\.so\.2: cannot open/)
    return true
  })
  await rm(engines, { recursive: true })
})

test('engines lie where the user says, else in the folder of user data, never in node_modules', () => {
  assert.equal(enginesFolder({ NARU_ENGINES: '/opt/engines', XDG_DATA_HOME: '/data' }), '/opt/engines')
  assert.equal(enginesFolder({ XDG_DATA_HOME: '/data' }), join('/data', 'naru', 'engines'))
  assert.match(enginesFolder({}), /[\\/]\.local[\\/]share[\\/]naru[\\/]engines$/)
})

test('no installation fetches TensorFlow.js, or is refused for the version of it that is there', async () => {
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = JSON.parse(
    await readFile(join(packageRoot, 'package.json'), 'utf8'),
  )
  const ofTensorflow = (names: object = {}) => Object.keys(names).filter((name) => name.startsWith('@tensorflow/'))
  assert.deepEqual([...ofTensorflow(dependencies), ...ofTensorflow(optionalDependencies)], [])
  assert.deepEqual(ofTensorflow(peerDependencies), Object.values(tfjsPackages))
  for (const name of Object.values(tfjsPackages)) {
    assert.deepEqual([peerDependencies[name], peerDependenciesMeta[name]], ['*', { optional: true }])
  }
  // npm ci goes by the lock file: what is in there of it is for development.
  const { packages } = JSON.parse(await readFile(join(packageRoot, 'package-lock.json'), 'utf8'))
  const locked = Object.entries<{ readonly dev?: boolean }>(packages).filter(([path]) => path.includes('@tensorflow/'))
  assert.ok(locked.length > 0 && locked.every(([, { dev }]) => dev === true), locked.map(([path]) => path).join(', '))
})
