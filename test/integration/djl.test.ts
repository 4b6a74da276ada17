/** Exported encoders on the libraries that OpenSearch brings, by a Java program on DJL: neither Python nor a server. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { djlRuntimes, encodeByDjl } from '../../model/export/djl.ts'
import { parityTexts } from '../../model/export/parity-texts.ts'
import { writeTorchArchive } from '../../model/graph/torch-archive.ts'
import { packageRoot } from '../../runtime/package-root.ts'
import { exportToy, toyCheckpoint } from '../model/export/toy-export.ts'
import { skipWithout } from './servers.ts'

const isLinuxX64 = process.platform === 'linux' && process.arch === 'x64'
const skip = isLinuxX64 ? skipWithout('java', 'mvn') : 'DJL’s natives are fetched for linux x64 alone'
const folder = mkdtempSync(join(tmpdir(), 'naru-djl-'))
after(() => rmSync(folder, { recursive: true, force: true }))

before(() => {
  if (skip) return
  for (const pytorch of new Set(Object.values(djlRuntimes).map(({ pytorch }) => pytorch))) {
    const { status, stderr } = spawnSync(join(packageRoot, 'deploy', 'djl', 'djl.sh'), ['install', pytorch])
    assert.equal(status, 0, stderr.toString())
  }
})

for (const activation of ['log1p', 'log1p-twice'] as const) {
  test(`libtorch 2.5.1 and 1.13.1 and onnxruntime 1.16.3 give what was trained (${activation})`, { skip }, async () => {
    const checkpoint = await toyCheckpoint(join(folder, activation), { activation })
    const texts = (await parityTexts()).slice(0, 100)
    const { parity } = await exportToy(checkpoint, join(folder, `${activation}-out`), { texts, withDjl: true })
    const runtimes = parity.exact.map(({ runtime }) => runtime)
    assert.deepEqual(
      runtimes.slice(1),
      Object.values(djlRuntimes).map(({ runtime }) => runtime),
    )
    for (const { runtime, maxDifference, sameTopTerms } of parity.exact) {
      assert.ok(maxDifference <= 1e-5, `${runtime}: ${maxDifference}`)
      assert.equal(sameTopTerms, texts.length, runtime)
    }
  })
}

test('what libtorch says of an archive that it cannot run is told, with the file', { skip }, async () => {
  const file = join(folder, 'broken.pt')
  const source =
    'class Encoder(Module):\n  training : bool\n  def forward(self: __torch__.Encoder) -> int:\n    return x\n'
  await writeTorchArchive(file, { name: 'Encoder', source, attributes: [] })
  const failed = { name: 'FatalError', code: 'DJL_FAILED', at: { file } }
  await assert.rejects(encodeByDjl('libtorch-2.5', file, [[2, 3]]), failed)
  const text = join(folder, 'text.pt')
  writeFileSync(text, 'no archive')
  await assert.rejects(encodeByDjl('libtorch-2.5', text, [[2, 3]]), { ...failed, at: { file: text } })
})
