import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { packageRoot } from '../../runtime/package-root.ts'

const skip = spawnSync('bzip2', ['--help']).error !== undefined && 'bzip2 is not installed'

/** Without what zlib's versions may write otherwise; checksums and sizes are of the packed files. */
function contents(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(?:gz|bz2)$/.test(name))
  const bytesOf = (name: string) => {
    const bytes = readFileSync(join(folder, name))
    return name.endsWith('.gz') ? gunzipSync(bytes) : bytes
  }
  return new Map(files.sort().map((name) => [name, bytesOf(name).toString('base64')]))
}

test('the Japanese-English sample is what its tables say', { skip }, (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'naru-sample-ja-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const build = join(packageRoot, 'dataset', 'sample-ja', 'build.ts')
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', build, folder], { cwd: packageRoot })
  assert.equal(status, 0, stderr.toString())
  const built = contents(join(folder, '20260901'))
  assert.equal(built.size, 10)
  assert.deepEqual(built, contents(join(packageRoot, 'dataset', 'sample-ja', '20260901')))
})
